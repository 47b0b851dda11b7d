"""What readers would get, page by page, before anything is frozen."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

from sqlalchemy import event
from sqlmodel import Session

from tests.editions.conftest import Translate, change_page
from welcome.editions import planning, publish
from welcome.editions.models import (
    Standing,
)
from welcome.packs import access, facts, versions
from welcome.packs.models import Fact, FactKind, Pack, Unit
from welcome.translation import targets
from welcome.translation.models import Origin, RevisionStatement, TargetState

Ordered = Callable[..., publish.Published]


def standings(session: Session, pack: Pack, tag: str) -> dict[str, Standing]:
    (planned,) = planning.plan(session, pack, [tag])
    return {page.page.name: page.standing for page in planned.pages}


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

    (planned,) = planning.plan(session, pack, ["ur"])
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
        (planned,) = planning.plan(session, pack, ["ur"])
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

    (planned,) = planning.plan(session, pack, ["pl"])
    doctor = next(page for page in planned.pages if page.page.name == "doctor")

    assert doctor.standing is Standing.AGENCY
    assert (doctor.frozen.checked_by, doctor.frozen.checked_on) == ("", now.date())


def test_a_machine_s_text_says_so_until_somebody_accepts_it(
    session: Session, pack: Pack, translate: Translate
) -> None:
    translate("pl", "doctor", state=TargetState.TRANSLATED, origin=Origin.MACHINE)
    translate("ar", "doctor", origin=Origin.MACHINE)

    for tag, is_machine in (("pl", True), ("ar", False)):
        (planned,) = planning.plan(session, pack, [tag])
        doctor = next(page for page in planned.pages if page.page.name == "doctor")
        assert doctor.frozen.is_machine is is_machine


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
        planning.plan(session, pack, tags)
        counted.append(len(statements))

    assert counted[0] == counted[1] <= 12


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
    (planned,) = planning.plan(session, pack, [tag])
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
