"""From a draft to an ending; what was asked on the way; what somebody has to do."""

from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Field

from welcome.database import Base, Sealed, UtcDateTime, choice, json_dict


class PairingState(StrEnum):
    """Where a pairing stands."""

    DRAFT = "draft"
    VOLUNTEER_ASKED = "volunteer-asked"
    NEWCOMER_ASKED = "newcomer-asked"
    AGREED = "agreed"
    INTRODUCED = "introduced"
    MEETING = "meeting"
    HELD = "held"
    ENDING = "ending"
    ENDED = "ended"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


_S = PairingState
_OFF = {_S.ENDED, _S.WITHDRAWN}
PAIRING_MOVES: dict[PairingState, frozenset[PairingState]] = {
    _S.DRAFT: frozenset({_S.VOLUNTEER_ASKED, _S.WITHDRAWN}),
    _S.VOLUNTEER_ASKED: frozenset(
        {_S.NEWCOMER_ASKED, _S.DECLINED, _S.EXPIRED, _S.WITHDRAWN, _S.HELD}
    ),
    _S.NEWCOMER_ASKED: frozenset(
        {_S.AGREED, _S.DECLINED, _S.EXPIRED, _S.WITHDRAWN, _S.HELD}
    ),
    _S.AGREED: frozenset({_S.INTRODUCED, _S.HELD, *_OFF}),
    _S.INTRODUCED: frozenset({_S.MEETING, _S.HELD, _S.ENDING, *_OFF}),
    _S.MEETING: frozenset({_S.HELD, _S.ENDING, _S.ENDED}),
    _S.ENDING: frozenset({_S.HELD, _S.MEETING, _S.ENDED}),
    # Back to where it stood, once the safeguarding lead lets it go on.
    _S.HELD: frozenset(
        {
            _S.VOLUNTEER_ASKED,
            _S.NEWCOMER_ASKED,
            _S.AGREED,
            _S.INTRODUCED,
            _S.MEETING,
            _S.ENDING,
            *_OFF,
        }
    ),
    _S.ENDED: frozenset(),
    _S.DECLINED: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
OVER = frozenset({_S.ENDED, _S.DECLINED, _S.EXPIRED, _S.WITHDRAWN})
# In these a pairing holds one of the volunteer's places.
HOLDS_PLACE = frozenset(PairingState) - OVER - {_S.DRAFT}
IS_LIVE = "state NOT IN ('ended', 'declined', 'expired', 'withdrawn')"


class Outcome(StrEnum):
    """How a pairing ended, or why it never began."""

    COMPLETED = "completed"
    FRIENDS = "friends"
    NEWCOMER_MOVED = "newcomer-moved"
    VOLUNTEER_MOVED = "volunteer-moved"
    NEWCOMER_TIME = "newcomer-time"
    VOLUNTEER_TIME = "volunteer-time"
    NO_CONTACT_BY_NEWCOMER = "no-contact-by-newcomer"
    NO_CONTACT_BY_VOLUNTEER = "no-contact-by-volunteer"
    LANGUAGE = "language"
    NOT_A_FIT = "not-a-fit"
    OTHER_SERVICE = "other-service"
    BY_SCHEME = "by-scheme"
    SAFEGUARDING = "safeguarding"
    ERASED = "erased"
    NEVER_MET = "never-met"


class DeclineReason(StrEnum):
    """Why somebody said no, if they want to say; never shown to the other."""

    NO_TIME = "no-time"
    TOO_FAR = "too-far"
    LANGUAGE = "language"
    SOMEBODY_ELSE = "somebody-else"
    KNOWS_THEM = "knows-them"
    NOT_NOW = "not-now"
    UNSAID = "unsaid"


class Side(StrEnum):
    """One of the two whom a pairing brings together."""

    NEWCOMER = "newcomer"
    VOLUNTEER = "volunteer"


class Pairing(Base, table=True):
    """A newcomer and a volunteer who are, were or may be brought together.

    `seat` is 1, or 2 for the second buddy of a family that asked for two.
    """

    __tablename__ = "pairing"
    __table_args__ = (
        sa.CheckConstraint("seat IN (1, 2)", name="seat_is_one_of_two"),
        sa.Index(
            "uq_pairing_seat",
            "request_id",
            "seat",
            unique=True,
            sqlite_where=sa.text(IS_LIVE),
            postgresql_where=sa.text(IS_LIVE),
        ),
        sa.Index(
            "uq_pairing_two",
            "request_id",
            "volunteer_id",
            unique=True,
            sqlite_where=sa.text(IS_LIVE),
            postgresql_where=sa.text(IS_LIVE),
        ),
        sa.Index("ix_pairing_due", "state", "expires_at"),
        sa.Index("ix_pairing_asks", "asks_on"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    request_id: int = Field(foreign_key="buddy_request.id", ondelete="CASCADE")
    newcomer_id: int = Field(foreign_key="newcomer.id", index=True, ondelete="CASCADE")
    volunteer_id: int = Field(
        foreign_key="volunteer.id", index=True, ondelete="CASCADE"
    )
    seat: int = 1
    state: PairingState = Field(
        default=PairingState.DRAFT, sa_type=choice(PairingState)
    )
    moved_at: datetime = Field(sa_type=UtcDateTime)
    # Where it stood before it was held.
    held_from: str | None = Field(default=None, max_length=32)
    # Whose coordinator is responsible, also where two organisations meet.
    lead_id: int = Field(foreign_key="organisation.id", index=True)
    run_id: int | None = Field(
        default=None, foreign_key="matching_run.id", ondelete="SET NULL"
    )
    is_pinned: bool = False
    score: int = 0
    parts: dict[str, int] = Field(default_factory=dict, sa_type=json_dict())
    # When who was asked last has to have answered.
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminders: int = 0
    said_no: Side | None = Field(default=None, sa_type=choice(Side))
    said_why: DeclineReason | None = Field(default=None, sa_type=choice(DeclineReason))
    introduced_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_met_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # The next day on which both sides are asked how it goes.
    asks_on: date | None = None
    ends_on: date | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: Outcome | None = Field(default=None, sa_type=choice(Outcome))

    @property
    def told_outcome(self) -> Outcome | None:
        """Say how it ended, as everybody may know who does not work on safeguarding."""
        is_apart = self.outcome is Outcome.SAFEGUARDING
        return Outcome.BY_SCHEME if is_apart else self.outcome


class CheckInState(StrEnum):
    """Where a check-in stands."""

    DUE = "due"
    ASKED = "asked"
    ANSWERED = "answered"
    MISSED = "missed"


CHECK_IN_MOVES: dict[CheckInState, frozenset[CheckInState]] = {
    CheckInState.DUE: frozenset(
        {CheckInState.ASKED, CheckInState.ANSWERED, CheckInState.MISSED}
    ),
    CheckInState.ASKED: frozenset({CheckInState.ANSWERED, CheckInState.MISSED}),
    CheckInState.ANSWERED: frozenset(),
    CheckInState.MISSED: frozenset({CheckInState.ANSWERED}),
}


class CheckInKind(StrEnum):
    """Which question is asked."""

    DID_YOU_MEET = "did-you-meet"
    WEEK_2 = "week-2"
    MONTHLY = "monthly"
    REVIEW = "review"


class Face(StrEnum):
    """How it goes, in one tap."""

    WELL = "well"
    SO_SO = "so-so"
    BADLY = "badly"


class CheckIn(Base, table=True):
    """One question to one side of a pairing."""

    __tablename__ = "check_in"
    __table_args__ = (
        sa.UniqueConstraint("pairing_id", "side", "kind", "due_on"),
        sa.Index("ix_check_in_due", "state", "due_on"),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    pairing_id: int = Field(foreign_key="pairing.id", ondelete="CASCADE")
    side: Side = Field(sa_type=choice(Side))
    kind: CheckInKind = Field(sa_type=choice(CheckInKind))
    due_on: date
    state: CheckInState = Field(default=CheckInState.DUE, sa_type=choice(CheckInState))
    moved_at: datetime = Field(sa_type=UtcDateTime)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    has_met: bool | None = None
    face: Face | None = Field(default=None, sa_type=choice(Face))
    # Asked in the review alone.
    wants_to_go_on: bool | None = None
    wants_to_talk: bool = False
    note: str | None = Field(default=None, sa_type=Sealed)
    # The coordinator who wrote down what they were told, if one did.
    recorded_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
