"""What tests of translation share: units by their text, targets in any state."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from welcome.packs import access, versions
from welcome.packs.models import Pack, Unit
from welcome.packs.versions import PlacedUnit
from welcome.translation import drafting, review, targets
from welcome.translation.models import Target, TargetEvent
from welcome.translation.targets import Draft

URDU = "یہ ایک آزمائشی ترجمہ ہے۔"
OLD, NEW = "Find a surgery near you.", "Find a good surgery near you."


def placed_of(session: Session, pack: Pack, name: str = "doctor") -> list[PlacedUnit]:
    page = access.get_page(session, pack, name)
    return versions.list_units(session, versions.head(session, page))


def unit_saying(session: Session, pack: Pack, words: str, name: str = "doctor") -> Unit:
    placed = placed_of(session, pack, name)
    return next(each.unit for each in placed if words in each.unit.text)


def offered(session: Session, pack: Pack, words: str) -> list[drafting.Suggestion]:
    """List what is offered in Urdu for the unit with some words."""
    placed = placed_of(session, pack)
    unit = unit_saying(session, pack, words)
    return drafting.suggestions(session, pack, placed, "ur")[unit.id]


def change(
    session: Session,
    pack: Pack,
    old: str,
    new: str,
    now: datetime,
    name: str = "doctor",
) -> None:
    """Have a writer change words on a page."""
    page = access.get_page(session, pack, name)
    draft = versions.draft_of(versions.head(session, page))
    assert old in draft.body
    versions.save(
        session,
        page,
        replace(draft, body=draft.body.replace(old, new)),
        based_on=page.head,
        actor=None,
        now=now,
    )
    session.commit()


def steps_of(session: Session, target: Target) -> list[TargetEvent]:
    """List the steps of a target, the newest first."""
    wanted = select(TargetEvent).where(TargetEvent.target_id == target.id)
    return list(session.exec(wanted.order_by(col(TargetEvent.id).desc())))


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """Collect the queries that run inside."""
    seen: list[str] = []

    def listen(
        _connection: object, _cursor: object, statement: str, *_: object
    ) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", listen)


@pytest.fixture
def submitted(
    session: Session, pack: Pack, cast: SimpleNamespace, now: datetime
) -> Callable[..., Target]:
    """Make targets that wait for review; the translator is the one of the locale."""

    def make(words: str, text: str = URDU, tag: str = "ur", author: str = "") -> Target:
        actor = getattr(cast, author or f"translator_{tag}")
        unit = unit_saying(session, pack, words)
        target = targets.targets_of(session, [unit.id], tag).get(unit.id)
        draft = Draft(text, target.revision if target else 0)
        target = targets.save(session, unit, tag, draft, actor=actor, now=now)
        return targets.submit(session, target, actor=actor, now=now)

    return make


@pytest.fixture
def accepted(
    session: Session,
    submitted: Callable[..., Target],
    cast: SimpleNamespace,
    now: datetime,
) -> Callable[..., Target]:
    """Make accepted targets in Urdu, which the memory knows."""

    def make(words: str, text: str = URDU) -> Target:
        target = submitted(words, text)
        return review.accept(session, target, actor=cast.reviewer_ur, now=now)

    return make
