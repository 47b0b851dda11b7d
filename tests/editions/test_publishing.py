"""Stories of publishing: freezing, being current, going back, crashing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, func, select

from tests.editions.conftest import Translate, change_page, current_of, states
from welcome.config import Settings
from welcome.database import Sessions
from welcome.editions import moves, publish
from welcome.editions.errors import (
    NothingNew,
    Overtaken,
    PublishingFailed,
    SiteAddressMissing,
    UnknownLocale,
)
from welcome.editions.models import (
    Artifact,
    Edition,
    EditionPage,
    EditionState,
    FrozenPage,
)
from welcome.packs.models import Pack

SITE = "https://welcome.example.org"
CURRENT, SUPERSEDED = EditionState.CURRENT, EditionState.SUPERSEDED
Ordered = Callable[..., publish.Published]


def test_guards_refuse(
    session: Session,
    maker: Sessions,
    pack: Pack,
    order: Ordered,
    settings: Settings,
    now: datetime,
) -> None:
    with pytest.raises(UnknownLocale):
        order("pt-BR")
    nowhere = replace(settings, site_url="")
    with pytest.raises(SiteAddressMissing):
        publish.publish(maker, publish.Order("town", ["en"]), settings=nowhere, now=now)
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


def test_a_slower_run_never_replaces_a_newer_edition(
    session: Session, pack: Pack, order: Ordered, now: datetime
) -> None:
    def be_overtaken(done: int, _total: int, _tag: str) -> None:
        if done:
            return
        change_page(session, pack, "doctor", "A new paragraph.", now)
        order("en")

    with pytest.raises(PublishingFailed) as caught:
        order("en", on_step=be_overtaken)

    problem = caught.value.params["problems"]["en"]
    assert Overtaken.code in str(problem)
    assert states(session, "en") == [EditionState.FAILED, CURRENT]


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


def crash_at(step: int) -> publish.OnStep:
    """Crash when so many locales are written."""

    def crash(done: int, _total: int, _tag: str) -> None:
        if done == step:
            raise Crash

    return crash


def test_a_crash_while_writing_leaves_the_old_edition(
    session: Session, pack: Pack, now: datetime, order: Ordered, settings: Settings
) -> None:
    order("en", "ar")
    change_page(session, pack, "doctor", "A new paragraph.", now)

    with pytest.raises(Crash):
        order("en", "ar", on_step=crash_at(1))

    for tag in ("en", "ar"):
        assert states(session, tag) == [CURRENT, EditionState.PREPARING]
        assert not list((settings.editions / "town" / tag).glob(".*"))
    assert order("en", "ar").numbers == {"en": 3, "ar": 3}


def test_the_editions_of_a_dead_run_are_cleaned_up(
    session: Session, order: Ordered, now: datetime
) -> None:
    with pytest.raises(Crash):
        order("en", on_step=crash_at(0))

    assert moves.clean_up(session, now + timedelta(minutes=29)) == 0
    assert moves.clean_up(session, now + timedelta(minutes=31)) == 1
    session.commit()
    assert states(session, "en") == [EditionState.FAILED]


def test_rows_are_shared_between_editions_not_copied(
    session: Session, pack: Pack, now: datetime, order: Ordered
) -> None:
    order("en")
    change_page(session, pack, "doctor", "A new paragraph.", now)
    order("en")

    assert session.exec(select(func.count()).select_from(FrozenPage)).one() == 5
    assert session.exec(select(func.count()).select_from(Artifact)).one() == 2
    assert current_of(session, "en").number == 2
