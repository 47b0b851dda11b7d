"""Concerns: only the safeguarding lead and deputy know of them; nothing is changed."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlmodel import Field

from welcome.database import Base, Sealed, UtcDateTime, choice, json_list


class ConcernState(StrEnum):
    """Where a concern stands."""

    RAISED = "raised"
    BEING_HANDLED = "being-handled"
    CLOSED = "closed"


CONCERN_MOVES: dict[ConcernState, frozenset[ConcernState]] = {
    ConcernState.RAISED: frozenset({ConcernState.BEING_HANDLED}),
    ConcernState.BEING_HANDLED: frozenset({ConcernState.CLOSED}),
    ConcernState.CLOSED: frozenset({ConcernState.BEING_HANDLED}),
}


class RaisedBy(StrEnum):
    """Who raised a concern."""

    NEWCOMER = "newcomer"
    VOLUNTEER = "volunteer"
    REFERRER = "referrer"
    STAFF = "staff"
    SOMEBODY = "somebody"


class ReferredTo(StrEnum):
    """To whom a concern was passed on."""

    ADULT_SOCIAL_CARE = "adult-social-care"
    CHILDRENS_SERVICES = "childrens-services"
    POLICE = "police"
    NOBODY = "nobody"


class ConcernAct(StrEnum):
    """What a note about a concern tells of."""

    NOTED = "noted"
    TAKEN_UP = "taken-up"
    DECIDED = "decided"
    HELD = "held"
    NOT_HELD = "not-held"
    LET_GO_ON = "let-go-on"
    ENDED = "ended"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    KEPT = "kept"
    KEPT_NO_MORE = "kept-no-more"
    CLOSED = "closed"
    OPENED_AGAIN = "opened-again"


class Concern(Base, table=True):
    """Somebody is worried about somebody."""

    __tablename__ = "concern"

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    # Whose lead handles it.
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    # With whom it was raised; another organisation handles what is about its own lead.
    raised_with_id: int = Field(foreign_key="organisation.id", index=True)
    is_about_lead: bool = False
    # The accounts that led there then, where it is not known which of them it is about.
    barred: list[int] = Field(default_factory=list, sa_type=json_list())
    # The account it is about, where that is known: it never reads it.
    about_account_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    pairing_id: int | None = Field(
        default=None, foreign_key="pairing.id", index=True, ondelete="SET NULL"
    )
    newcomer_id: int | None = Field(
        default=None, foreign_key="newcomer.id", index=True, ondelete="SET NULL"
    )
    volunteer_id: int | None = Field(
        default=None, foreign_key="volunteer.id", index=True, ondelete="SET NULL"
    )
    # Who they were when it was raised, also once their own record is erased.
    newcomer_name: str | None = Field(default=None, sa_type=Sealed)
    volunteer_name: str | None = Field(default=None, sa_type=Sealed)
    raised_by: RaisedBy = Field(sa_type=choice(RaisedBy))
    raised_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    state: ConcernState = Field(
        default=ConcernState.RAISED, sa_type=choice(ConcernState)
    )
    raised_at: datetime = Field(sa_type=UtcDateTime)
    moved_at: datetime = Field(sa_type=UtcDateTime)
    in_danger: bool = False
    what: str | None = Field(default=None, sa_type=Sealed)
    # What the adult it is about wants to happen.
    wishes: str | None = Field(default=None, sa_type=Sealed)
    decision: str | None = Field(default=None, sa_type=Sealed)
    referred_to: list[str] = Field(default_factory=list, sa_type=json_list())
    holds_pairing: bool = False
    is_kept_for_law: bool = False


class ConcernNote(Base, table=True):
    """What was done about a concern; only added to."""

    __tablename__ = "concern_note"

    id: int = Field(default=None, primary_key=True)
    concern_id: int = Field(foreign_key="concern.id", index=True, ondelete="CASCADE")
    written_at: datetime = Field(sa_type=UtcDateTime)
    written_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    act: ConcernAct = Field(default=ConcernAct.NOTED, sa_type=choice(ConcernAct))
    # To whom a decision passed it on.
    referred_to: list[str] = Field(default_factory=list, sa_type=json_list())
    text: str | None = Field(default=None, sa_type=Sealed)


class ConcernReading(Base, table=True):
    """Somebody read a concern; kept apart from the journal, which others may read."""

    __tablename__ = "concern_reading"

    id: int = Field(default=None, primary_key=True)
    concern_id: int = Field(foreign_key="concern.id", index=True, ondelete="CASCADE")
    read_at: datetime = Field(sa_type=UtcDateTime)
    read_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
