"""What a volunteer must hold, who saw it, and referees."""

from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Field

from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.database import Base, Sealed, UtcDateTime, choice


class Clearance(Base, table=True):
    """One requirement that a named person saw to be met, on a day; never changed.

    A newer row of the same kind (and role) counts instead of an older one, except of
    references, which are counted. A certificate itself never expires: `expires_on` is
    the day on which the organisation wants to look again.
    """

    __tablename__ = "clearance"
    __table_args__ = (sa.Index("ix_clearance_volunteer", "volunteer_id", "kind"),)

    id: int = Field(default=None, primary_key=True)
    volunteer_id: int = Field(foreign_key="volunteer.id", ondelete="CASCADE")
    kind: ClearanceKind = Field(sa_type=choice(ClearanceKind))
    # Only a DBS decision is made for one role.
    role: BuddyRole | None = Field(default=None, sa_type=choice(BuddyRole))
    is_met: bool = True
    seen_on: date
    seen_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    expires_on: date | None = None
    level: DbsLevel | None = Field(default=None, sa_type=choice(DbsLevel))
    # Why this level, or why not.
    reason: str | None = Field(default=None, sa_type=Sealed)
    on_update_service: bool = False
    time_abroad: bool = False
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class ClearedFor(Base, table=True):
    """What the clearances amount to, worked out anew whenever one of them changes.

    A row says that everything the role asks for is met until the end of a day.
    """

    __tablename__ = "cleared_for"

    volunteer_id: int = Field(
        primary_key=True, foreign_key="volunteer.id", ondelete="CASCADE"
    )
    role: BuddyRole = Field(primary_key=True, sa_type=choice(BuddyRole))
    until: date


class RefereeState(StrEnum):
    """Where a reference stands."""

    NAMED = "named"
    ASKED = "asked"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


REFEREE_MOVES: dict[RefereeState, frozenset[RefereeState]] = {
    RefereeState.NAMED: frozenset({RefereeState.ASKED, RefereeState.ANSWERED}),
    RefereeState.ASKED: frozenset({RefereeState.ANSWERED}),
    RefereeState.ANSWERED: frozenset({RefereeState.ACCEPTED, RefereeState.REFUSED}),
    RefereeState.ACCEPTED: frozenset(),
    RefereeState.REFUSED: frozenset(),
}


class Relation(StrEnum):
    """How a referee knows a volunteer; never family."""

    COLLEAGUE = "colleague"
    TEACHER = "teacher"
    NEIGHBOUR = "neighbour"
    FRIEND = "friend"
    COMMUNITY = "community"


class Referee(Base, table=True):
    """Somebody who is asked, by letter, what they know of a volunteer."""

    __tablename__ = "referee"

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    volunteer_id: int = Field(
        foreign_key="volunteer.id", index=True, ondelete="CASCADE"
    )
    name: str | None = Field(default=None, sa_type=Sealed)
    email: str | None = Field(default=None, sa_type=Sealed)
    phone: str | None = Field(default=None, sa_type=Sealed)
    relation: Relation = Field(sa_type=choice(Relation))
    state: RefereeState = Field(
        default=RefereeState.NAMED, sa_type=choice(RefereeState)
    )
    moved_at: datetime = Field(sa_type=UtcDateTime)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminders: int = 0
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # What they wrote; forgotten some months after it was decided on.
    answer: str | None = Field(default=None, sa_type=Sealed)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
