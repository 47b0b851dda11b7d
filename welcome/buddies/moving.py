"""Moving a row from state to state, whatever was read before."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.buddies.errors import MoveRefused
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.concerns import Concern
from welcome.buddies.models.pairings import CheckIn, Pairing
from welcome.buddies.models.people import Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.models.rights import SubjectExport

State = TypeVar("State", bound=StrEnum)
Moving = (
    Volunteer | Referee | BuddyRequest | Pairing | CheckIn | Concern | SubjectExport
)
Moves = Mapping[State, frozenset[State]]


def move(
    session: Session,
    row: Moving,
    moves: Moves[State],
    state: State,
    *,
    now: datetime,
    only_from: frozenset[State] | None = None,
    **values: object,
) -> None:
    """Move a row if it stands where that is allowed now; raises MoveRefused.

    Of two who move the same row at once, the second is refused.
    """
    before = [each for each, after in moves.items() if state in after]
    if only_from is not None:
        before = [each for each in before if each in only_from]
    table = type(row)
    changed = session.exec(
        sa.update(table)
        .where(col(table.id) == row.id, col(table.state).in_(before))
        .values(state=state, moved_at=now, **values)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:
        session.refresh(row)
        raise MoveRefused(state=row.state.value, wanted=state.value)
    session.refresh(row)
