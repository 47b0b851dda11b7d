"""Handing in: somebody here has read the text, and it is the one they saw."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from tests.translation.conftest import URDU, steps_of, unit_saying
from welcome.packs.models import Pack, Unit
from welcome.translation import review, targets
from welcome.translation.errors import (
    ChangedMeanwhile,
    NobodyRead,
    OwnWork,
)
from welcome.translation.models import Origin, Target, TargetState
from welcome.translation.targets import Draft


@pytest.fixture
def unit(session: Session, pack: Pack) -> Unit:
    return unit_saying(session, pack, "Find a surgery")


@pytest.fixture
def of_nobody(
    session: Session, unit: Unit, now: datetime
) -> Callable[[Origin], Target]:
    """Make a target that came from a file: no account wrote it."""

    def make(origin: Origin) -> Target:
        draft = Draft(URDU, 0, origin)
        return targets.save(session, unit, "ur", draft, actor=None, now=now)

    return make


def test_a_machine_draft_is_handed_in_by_whoever_read_it(
    session: Session,
    unit: Unit,
    of_nobody: Callable[[Origin], Target],
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    drafted, reader = of_nobody(Origin.MACHINE), cast.reviewer_ur
    with pytest.raises(NobodyRead):
        targets.submit(session, drafted, actor=reader, now=now)
    assert (drafted.state, drafted.author_id) == (TargetState.TRANSLATED, None)
    same = Draft(URDU, drafted.revision)
    targets.save(session, unit, "ur", same, actor=reader, now=now)
    assert (drafted.state, drafted.origin) == (TargetState.TRANSLATED, Origin.MACHINE)
    steps = steps_of(session, drafted)
    assert [each.actor_id for each in steps] == [reader.id, None]
    targets.submit(session, drafted, actor=reader, now=now)
    with pytest.raises(OwnWork):
        review.accept(session, drafted, actor=reader, now=now)


@pytest.mark.parametrize("origin", [Origin.IMPORT, Origin.HUMAN, Origin.MEMORY])
def test_nobody_both_hands_in_and_accepts_what_came_from_a_file(
    origin: Origin,
    session: Session,
    of_nobody: Callable[[Origin], Target],
    cast: SimpleNamespace,
    now: datetime,
) -> None:
    target = of_nobody(origin)
    targets.submit(session, target, actor=cast.reviewer_ur, now=now)
    assert target.author_id == cast.reviewer_ur.id
    with pytest.raises(OwnWork):
        review.accept(session, target, actor=cast.reviewer_ur, now=now)


def test_who_hands_in_what_somebody_wrote_does_not_become_its_author(
    session: Session, unit: Unit, cast: SimpleNamespace, now: datetime
) -> None:
    umar = cast.translator_ur
    target = targets.save(session, unit, "ur", Draft(URDU), actor=umar, now=now)
    targets.submit(session, target, actor=cast.reviewer_ur, now=now)
    assert target.author_id == umar.id


def test_what_was_saved_since_it_was_seen_is_not_handed_in(
    session: Session, unit: Unit, cast: SimpleNamespace, now: datetime
) -> None:
    umar = cast.translator_ur
    target = targets.save(session, unit, "ur", Draft("الف"), actor=umar, now=now)
    targets.save(session, unit, "ur", Draft("ب", 1), actor=cast.reviewer_ur, now=now)
    with pytest.raises(ChangedMeanwhile) as raised:
        targets.submit(session, target, actor=umar, now=now, revision=1)
    assert raised.value.params == {"revision": 2}
    targets.submit(session, target, actor=umar, now=now, revision=2)
    assert target.state is TargetState.SUBMITTED
