"""What a newcomer asks for, and who may not meet."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Field

from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.database import Base, Sealed, UtcDateTime, choice

# Nobody is forgotten on hold: the usual day on which somebody looks again.
LOOK_AGAIN = timedelta(days=90)
IS_LIVE = "state IN ('open', 'on-hold', 'paired')"


class RequestState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ON_HOLD = "on-hold"
    PAIRED = "paired"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REFERRED_ON = "referred-on"


REQUEST_MOVES: dict[RequestState, frozenset[RequestState]] = {
    RequestState.OPEN: frozenset(
        {
            RequestState.ON_HOLD,
            RequestState.PAIRED,
            RequestState.WITHDRAWN,
            RequestState.EXPIRED,
            RequestState.REFERRED_ON,
        }
    ),
    RequestState.ON_HOLD: frozenset(
        {
            RequestState.OPEN,
            RequestState.WITHDRAWN,
            RequestState.EXPIRED,
            RequestState.REFERRED_ON,
        }
    ),
    RequestState.PAIRED: frozenset(
        {RequestState.OPEN, RequestState.CLOSED, RequestState.WITHDRAWN}
    ),
    # Asked for again, with the waiting time there was.
    RequestState.CLOSED: frozenset({RequestState.OPEN}),
    RequestState.WITHDRAWN: frozenset(),
    RequestState.EXPIRED: frozenset({RequestState.OPEN}),
    RequestState.REFERRED_ON: frozenset(),
}


class RequestSource(StrEnum):
    """Who brought a request."""

    SELF = "self"
    PARTNER = "partner"
    STAFF = "staff"


class HoldReason(StrEnum):
    """Why a request waits."""

    ASKED = "asked"
    OTHER_NEED = "other-need"
    NO_CONTACT = "no-contact"


@dataclass(frozen=True)
class Hold:
    """Why nobody is looked for, and on which day somebody looks again."""

    reason: HoldReason
    again_on: date | None = None

    def day(self, today: date) -> date:
        """Give the day that was said, or the usual one."""
        return self.again_on or today + LOOK_AGAIN


class BuddyRequest(Base, table=True):
    """A newcomer, couple or family asks for a buddy; a family may ask for two."""

    __tablename__ = "buddy_request"
    __table_args__ = (
        sa.CheckConstraint("buddies IN (1, 2)", name="one_or_two_buddies"),
        sa.CheckConstraint("urgency IN (0, 1, 2)", name="urgency_is_a_class"),
        sa.Index(
            "uq_buddy_request_live",
            "newcomer_id",
            unique=True,
            sqlite_where=sa.text(IS_LIVE),
            postgresql_where=sa.text(IS_LIVE),
        ),
        sa.Index("ix_buddy_request_waiting", "state", "waiting_since"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    newcomer_id: int = Field(foreign_key="newcomer.id", ondelete="CASCADE")
    state: RequestState = Field(default=RequestState.OPEN, sa_type=choice(RequestState))
    moved_at: datetime = Field(sa_type=UtcDateTime)
    source: RequestSource = Field(sa_type=choice(RequestSource))
    role: BuddyRole = Field(default=BuddyRole.ADULT, sa_type=choice(BuddyRole))
    adults: int = 1
    buddies: int = 1
    urgency: int = 0
    urgency_reason: str | None = Field(default=None, sa_type=Sealed)
    waiting_since: datetime = Field(sa_type=UtcDateTime)
    hold_reason: HoldReason | None = Field(default=None, sa_type=choice(HoldReason))
    # On hold: the day on which somebody asks whether it goes on.
    look_again_on: date | None = None
    # How often nobody answered in a row.
    unanswered: int = 0
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BlockReason(StrEnum):
    """Why two people are never brought together."""

    COORDINATOR = "coordinator"
    NEVER_TOLD = "never-told"
    SAID_NO = "said-no"
    ENDED = "ended"


class Block(Base, table=True):
    """A newcomer and a volunteer who are never paired; neither is told why."""

    __tablename__ = "pair_block"
    __table_args__ = (sa.UniqueConstraint("newcomer_id", "volunteer_id"),)

    id: int = Field(default=None, primary_key=True)
    newcomer_id: int = Field(foreign_key="newcomer.id", ondelete="CASCADE")
    volunteer_id: int = Field(
        foreign_key="volunteer.id", index=True, ondelete="CASCADE"
    )
    reason: BlockReason = Field(sa_type=choice(BlockReason))
    note: str | None = Field(default=None, sa_type=Sealed)
    set_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    set_at: datetime = Field(sa_type=UtcDateTime)
