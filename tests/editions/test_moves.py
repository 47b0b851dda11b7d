"""Moves of editions between states: going back, withdrawing, belonging together."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlmodel import Session, select

from tests.editions.conftest import change_page, states
from welcome.accounts.models import JournalEntry
from welcome.editions import moves, publish
from welcome.editions.errors import (
    MoveNotAllowed,
    NothingToRollBackTo,
    NotPublished,
)
from welcome.editions.models import (
    MOVES,
    Edition,
    EditionState,
)
from welcome.packs.models import Pack

CURRENT, SUPERSEDED = EditionState.CURRENT, EditionState.SUPERSEDED
Ordered = Callable[..., publish.Published]


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


def test_rolling_back_and_publishing_again(
    session: Session, pack: Pack, now: datetime, order: Ordered, cast: SimpleNamespace
) -> None:
    order("en")
    change_page(session, pack, "doctor", "A new paragraph.", now)
    order("en")

    moves.roll_back(session, pack, "en", actor=cast.publisher, now=now)
    session.commit()

    assert states(session, "en") == [CURRENT, SUPERSEDED]
    with pytest.raises(NothingToRollBackTo):
        moves.roll_back(session, pack, "en", actor=None, now=now)
    assert order("en").numbers == {"en": 3}
    assert states(session, "en") == [SUPERSEDED, SUPERSEDED, CURRENT]


def test_what_was_done_is_in_the_journal(
    session: Session, pack: Pack, now: datetime, order: Ordered, cast: SimpleNamespace
) -> None:
    order("en")
    moves.withdraw(session, pack, "en", actor=cast.publisher, now=now)

    wanted = select(JournalEntry).where(JournalEntry.subject == "edition")
    entries = [(entry.act, entry.tag) for entry in session.exec(wanted)]
    assert entries == [("edition.published", "en"), ("edition.withdrawn", "en")]
    with pytest.raises(NotPublished):
        moves.withdraw(session, pack, "en", actor=cast.publisher, now=now)


def test_locales_that_belong_together_appear_together(
    session: Session, pack: Pack, now: datetime, order: Ordered
) -> None:
    pack.publish_together = [["en", "pl"]]
    session.commit()

    assert set(order("en").numbers) == {"en", "pl"}
    change_page(session, pack, "doctor", "A new paragraph.", now)
    order("pl")
    moves.roll_back(session, pack, "pl", actor=None, now=now)
    session.commit()

    assert states(session, "en") == states(session, "pl") == [CURRENT, SUPERSEDED]
    moves.withdraw(session, pack, "en", actor=None, now=now)
    session.commit()
    assert states(session, "pl")[0] is EditionState.WITHDRAWN
