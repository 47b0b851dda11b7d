"""Stories of publishing: freezing, being current, going back, crashing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event
from sqlmodel import Session, func, select

from tests.editions.conftest import Translate, change_page, current_of, states
from welcome.accounts.models import JournalEntry
from welcome.config import Settings
from welcome.editions import moves, planning, publish, web_edition
from welcome.editions.errors import (
    MoveNotAllowed,
    NothingNew,
    NothingToRollBackTo,
    NotMade,
    NotPublished,
    Overtaken,
    PublishingFailed,
    SiteAddressMissing,
    UnknownLocale,
)
from welcome.editions.models import (
    MOVES,
    Artifact,
    Edition,
    EditionPage,
    EditionState,
    FrozenPage,
    Standing,
)
from welcome.packs import access, facts, versions
from welcome.packs.models import Fact, FactKind, Pack, Unit
from welcome.translation import targets
from welcome.translation.models import Origin, RevisionStatement, TargetState

SITE = "https://welcome.example.org"
CURRENT, SUPERSEDED = EditionState.CURRENT, EditionState.SUPERSEDED
Ordered = Callable[..., publish.Published]


def standings(session: Session, pack: Pack, tag: str) -> dict[str, Standing]:
    (planned,) = publish.plan(session, pack, [tag])
    return {page.page.name: page.standing for page in planned.pages}


@pytest.mark.parametrize("old", EditionState)
@pytest.mark.parametrize("new", EditionState)
def test_every_move_is_allowed_or_refused(old: EditionState, new: EditionState) -> None:
    edition = Edition(number=1, state=old)
    if new in MOVES[old]:
        moves.move(edition, new)
        assert edition.state is new
    else:
        with pytest.raises(MoveNotAllowed):
            moves.move(edition, new)
        assert edition.state is old


def test_a_plan_says_how_each_page_stands(
    session: Session, pack: Pack, translate: Translate
) -> None:
    translate("ar", "doctor")
    translate("ar", "start", "safety", state=TargetState.TRANSLATED)

    assert standings(session, pack, "ar") == {
        "start": Standing.UNREVIEWED,
        "doctor": Standing.REVIEWED,
        "safety": Standing.NOT_YET,
        "privacy": Standing.NOT_YET,
    }
    assert set(standings(session, pack, "en").values()) == {Standing.SOURCE}


def test_a_page_that_is_not_ready_is_wholly_in_the_source(
    session: Session, pack: Pack, translate: Translate
) -> None:
    for target in translate("ur", "safety")[1:]:
        session.delete(target)
    session.commit()

    (planned,) = publish.plan(session, pack, ["ur"])
    safety = next(page for page in planned.pages if page.page.name == "safety")

    assert safety.standing is Standing.NOT_YET
    assert safety.frozen.title == "If you are not safe"
    assert safety.frozen.targets == []


def test_what_is_certainly_wrong_is_never_shown_unreviewed(
    session: Session, pack: Pack, translate: Translate, now: datetime
) -> None:
    first = translate("pl", "doctor", state=TargetState.TRANSLATED)[0]
    unit = session.get_one(Unit, first.unit_id)
    for text, standing in (
        ("Zadzwoń: {{nobody}}", Standing.NOT_YET),
        ("Zadzwoń do lekarza", Standing.UNREVIEWED),
    ):
        draft = targets.Draft(text, first.revision)
        first = targets.save(session, unit, "pl", draft, actor=None, now=now)
        session.commit()
        assert standings(session, pack, "pl")["doctor"] is standing


def test_a_stamp_names_the_organisation_and_a_person_by_choice_only(
    session: Session, pack: Pack, cast: SimpleNamespace, translate: Translate
) -> None:
    translate("ur", "doctor")
    named = cast.reviewer_ur.name

    def stamp() -> str:
        (planned,) = publish.plan(session, pack, ["ur"])
        return next(
            each.frozen.checked_by
            for each in planned.pages
            if each.page.name == "doctor"
        )

    assert stamp() == cast.reviewer_ur.organisation
    cast.reviewer_ur.shows_name = True
    session.commit()
    assert stamp() == f"{named}, {cast.reviewer_ur.organisation}"


def test_an_agency_s_word_is_stamped_without_a_name(
    session: Session, pack: Pack, now: datetime, translate: Translate
) -> None:
    statement = RevisionStatement(
        tag="pl",
        agency="Agency of Town",
        reference="T-1",
        revised_on=now.date(),
        accepted_at=now,
    )
    session.add(statement)
    session.flush()
    translate("pl", "doctor", statement=statement)

    (planned,) = publish.plan(session, pack, ["pl"])
    doctor = next(page for page in planned.pages if page.page.name == "doctor")

    assert doctor.standing is Standing.AGENCY
    assert (doctor.frozen.checked_by, doctor.frozen.checked_on) == ("", now.date())


def test_a_machine_s_text_says_so_until_somebody_accepts_it(
    session: Session, pack: Pack, translate: Translate
) -> None:
    translate("pl", "doctor", state=TargetState.TRANSLATED, origin=Origin.MACHINE)
    translate("ar", "doctor", origin=Origin.MACHINE)

    for tag, is_machine in (("pl", True), ("ar", False)):
        (planned,) = publish.plan(session, pack, [tag])
        doctor = next(page for page in planned.pages if page.page.name == "doctor")
        assert doctor.frozen.is_machine is is_machine


def test_guards_refuse(session: Session, pack: Pack, now: datetime) -> None:
    def freeze(tag: str, site_url: str) -> None:
        publish.freeze(session, pack, tag, site_url=site_url, actor=None, now=now)

    with pytest.raises(SiteAddressMissing):
        freeze("en", "")
    with pytest.raises(UnknownLocale):
        freeze("pt-BR", SITE)
    assert session.exec(select(func.count()).select_from(Edition)).one() == 0


def test_nothing_new_is_not_published_again(session: Session, order: Ordered) -> None:
    assert order("en").numbers == {"en": 1}
    with pytest.raises(NothingNew):
        order("en")
    assert states(session, "en") == [CURRENT]


def test_a_change_supersedes_and_shares_what_stayed(
    session: Session, pack: Pack, now: datetime, order: Ordered
) -> None:
    order("en")
    before = _rows(session, 1)
    change_page(session, pack, "doctor", "A new paragraph.", now)

    assert order("en").numbers == {"en": 2}

    assert states(session, "en") == [SUPERSEDED, CURRENT]
    after = _rows(session, 2)
    assert [before[at] == after[at] for at in range(4)] == [True, False, True, True]


def _rows(session: Session, number: int) -> list[int]:
    wanted = (
        select(EditionPage.frozen_page_id)
        .join(Edition)
        .where(Edition.number == number)
        .order_by(EditionPage.position)
    )
    return list(session.exec(wanted))


def test_locales_without_news_are_named(
    session: Session, pack: Pack, order: Ordered, translate: Translate
) -> None:
    order("en", "ar")
    translate("ar", "doctor")

    published = order("en", "ar")

    assert published == publish.Published({"ar": 2}, ("en",))


def test_readers_get_nothing_that_was_not_written(
    session: Session, pack: Pack, now: datetime
) -> None:
    edition = publish.freeze(session, pack, "en", site_url=SITE, actor=None, now=now)

    with pytest.raises(NotMade):
        publish.make_current(session, edition, actor=None, now=now)


def test_a_slower_run_never_replaces_a_newer_edition(
    session: Session, pack: Pack, settings: Settings, now: datetime
) -> None:
    def frozen() -> Edition:
        made = publish.freeze(session, pack, "en", site_url=SITE, actor=None, now=now)
        web_edition.write(session, made, settings.editions, now=now)
        return made

    older, newer = frozen(), frozen()
    publish.make_current(session, newer, actor=None, now=now)

    with pytest.raises(Overtaken):
        publish.make_current(session, older, actor=None, now=now)


def test_rolling_back_and_publishing_again(
    session: Session, pack: Pack, now: datetime, order: Ordered, cast: SimpleNamespace
) -> None:
    order("en")
    change_page(session, pack, "doctor", "A new paragraph.", now)
    order("en")

    publish.roll_back(session, pack, "en", actor=cast.publisher, now=now)
    session.commit()

    assert states(session, "en") == [CURRENT, SUPERSEDED]
    with pytest.raises(NothingToRollBackTo):
        publish.roll_back(session, pack, "en", actor=None, now=now)
    assert order("en").numbers == {"en": 3}
    assert states(session, "en") == [SUPERSEDED, SUPERSEDED, CURRENT]


def test_what_was_done_is_in_the_journal(
    session: Session, pack: Pack, now: datetime, order: Ordered, cast: SimpleNamespace
) -> None:
    order("en")
    publish.withdraw(session, pack, "en", actor=cast.publisher, now=now)

    wanted = select(JournalEntry).where(JournalEntry.subject == "edition")
    entries = [(entry.act, entry.tag) for entry in session.exec(wanted)]
    assert entries == [("edition.published", "en"), ("edition.withdrawn", "en")]
    with pytest.raises(NotPublished):
        publish.withdraw(session, pack, "en", actor=cast.publisher, now=now)


def test_locales_that_belong_together_appear_together(
    session: Session, pack: Pack, now: datetime, order: Ordered
) -> None:
    pack.publish_together = [["en", "pl"]]
    session.commit()

    assert set(order("en").numbers) == {"en", "pl"}
    change_page(session, pack, "doctor", "A new paragraph.", now)
    order("pl")
    publish.roll_back(session, pack, "pl", actor=None, now=now)
    session.commit()

    assert states(session, "en") == states(session, "pl") == [CURRENT, SUPERSEDED]
    publish.withdraw(session, pack, "en", actor=None, now=now)
    session.commit()
    assert states(session, "pl")[0] is EditionState.WITHDRAWN


def test_none_of_them_appears_where_one_fails(
    session: Session, pack: Pack, order: Ordered, settings: Settings
) -> None:
    pack.publish_together = [["en", "pl"]]
    session.commit()
    _obstruct(settings, "pl")

    with pytest.raises(PublishingFailed) as caught:
        order("en", "ar")

    assert set(caught.value.params["problems"]) == {"en", "pl"}
    assert caught.value.params["published"] == {"ar": 1}
    assert states(session, "en") == states(session, "pl") == [EditionState.FAILED]
    assert states(session, "ar") == [CURRENT]


def test_after_a_failure_readers_keep_what_they_had(
    session: Session,
    pack: Pack,
    now: datetime,
    order: Ordered,
    settings: Settings,
) -> None:
    order("en")
    change_page(session, pack, "doctor", "A new paragraph.", now)
    _obstruct(settings, "en", number=2)

    with pytest.raises(PublishingFailed):
        order("en")

    assert states(session, "en") == [CURRENT, EditionState.FAILED]
    assert order("en").numbers == {"en": 3}


def _obstruct(settings: Settings, tag: str, number: int = 1) -> None:
    """Something else lies where the edition would."""
    folder = settings.editions / "town" / tag / str(number)
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")


class Crash(BaseException):
    """The power goes."""


def test_a_crash_while_writing_leaves_the_old_edition(
    session: Session, pack: Pack, now: datetime, order: Ordered, settings: Settings
) -> None:
    order("en", "ar")
    change_page(session, pack, "doctor", "A new paragraph.", now)

    def crash(done: int, _total: int, _tag: str) -> None:
        if done == 1:
            raise Crash

    with pytest.raises(Crash):
        order("en", "ar", on_step=crash)

    for tag in ("en", "ar"):
        assert states(session, tag) == [CURRENT, EditionState.PREPARING]
        assert not list((settings.editions / "town" / tag).glob(".*"))
    assert order("en", "ar").numbers == {"en": 3, "ar": 3}


def test_the_editions_of_a_dead_run_are_cleaned_up(
    session: Session, pack: Pack, now: datetime
) -> None:
    publish.freeze(session, pack, "en", site_url=SITE, actor=None, now=now)

    assert publish.clean_up(session, now + timedelta(minutes=29)) == 0
    assert publish.clean_up(session, now + timedelta(minutes=31)) == 1
    session.commit()
    assert states(session, "en") == [EditionState.FAILED]


def test_the_number_of_queries_does_not_grow_with_pages_or_locales(
    session: Session, pack: Pack, translate: Translate
) -> None:
    statements: list[str] = []
    event.listen(
        session.get_bind(),
        "before_cursor_execute",
        lambda *given: statements.append(given[2]),
    )
    counted = []
    for tags in (["pl"], ["ar", "ur", "pl"]):
        translate(tags[0])
        del statements[:]
        publish.plan(session, pack, tags)
        counted.append(len(statements))

    assert counted[0] == counted[1] <= 12


def test_rows_are_shared_between_editions_not_copied(
    session: Session, pack: Pack, now: datetime, order: Ordered
) -> None:
    order("en")
    change_page(session, pack, "doctor", "A new paragraph.", now)
    order("en")

    assert session.exec(select(func.count()).select_from(FrozenPage)).one() == 5
    assert session.exec(select(func.count()).select_from(Artifact)).one() == 2
    assert current_of(session, "en").number == 2


def add_fact(session: Session, pack: Pack, name: str, now: datetime) -> Fact:
    made = Fact(
        name=name, kind=FactKind.PHONE, value="0300 123 4567", label={}, owner="Town"
    )
    fact = facts.add_fact(session, pack, made, actor=None, now=now)
    session.commit()
    return fact


def changed_pages(session: Session, pack: Pack, tag: str) -> set[str]:
    """What a survey and a plan both say."""
    (surveyed,) = planning.survey(session, pack, [tag])
    (planned,) = publish.plan(session, pack, [tag])
    seen = {each.page.name for each in surveyed.pages if each.is_changed}
    assert {each.page.name for each in planned.pages if each.is_changed} == seen
    return seen


def test_a_fact_changes_only_the_pages_that_name_it(
    session: Session, pack: Pack, now: datetime, order: Ordered, translate: Translate
) -> None:
    fact = add_fact(session, pack, "office-line", now)
    change_page(session, pack, "doctor", "Call {{office-line}}.", now)
    # An accepted target may name a fact that its source does not.
    told = translate("pl")
    placed = versions.units_of_heads(session, pack)
    safety = access.get_page(session, pack, "safety")
    unit = placed[versions.head(session, safety).id][-1].unit
    (odd,) = (each for each in told if each.unit_id == unit.id)
    odd.text = "Zadzwoń: {{office-line}}"
    session.commit()
    order("en", "pl")
    assert changed_pages(session, pack, "en") == set()

    add_fact(session, pack, "used-nowhere", now)
    assert changed_pages(session, pack, "en") == set()

    change = {"value": "0300 123 9999"}
    facts.change_fact(session, fact, change, revision=1, actor=None, now=now)
    session.commit()
    assert changed_pages(session, pack, "en") == {"doctor"}
    assert changed_pages(session, pack, "pl") == {"doctor", "safety"}


def test_a_reviewer_changes_only_the_pages_they_judged(
    session: Session,
    pack: Pack,
    cast: SimpleNamespace,
    order: Ordered,
    translate: Translate,
) -> None:
    translate("pl", "doctor")
    safety = translate("pl", "safety")
    order("pl")
    assert changed_pages(session, pack, "pl") == set()

    cast.reviewer_ar.organisation = "Another organisation"
    session.add(cast.reviewer_ar)
    safety[0].reviewer_id = cast.reviewer_ar.id
    session.commit()
    assert changed_pages(session, pack, "pl") == {"safety"}

    cast.reviewer_ur.organisation = "Yet another organisation"
    session.add(cast.reviewer_ur)
    session.commit()
    assert changed_pages(session, pack, "pl") == {"doctor", "safety"}
