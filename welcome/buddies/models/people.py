"""Newcomers and volunteers: how they are reached, what they speak, when and where.

Names, contacts and free text lie sealed. Never kept: nationality, immigration status,
religion, ethnicity, health, date of birth, scans.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from welcome.buddies.rules.vocabulary import ANY_GENDER, Gender, Level
from welcome.database import (
    Base,
    LanguageTag,
    Sealed,
    UtcDateTime,
    choice,
    json_list,
)


class Prefers(StrEnum):
    """How somebody takes in what they are told."""

    READ = "read"
    LISTEN = "listen"
    CALLED = "called"


class Channel(StrEnum):
    """The one way in which it is safe to reach somebody."""

    EMAIL = "email"
    TEXT = "text"
    CALL = "call"
    # Printed, and handed over by their coordinator.
    PAPER = "paper"
    REFERRER = "referrer"


class SpokenThrough(StrEnum):
    """How a coordinator was told what they write down."""

    PHONE = "phone"
    IN_PERSON = "in-person"
    INTERPRETER = "interpreter"
    REFERRER = "referrer"
    SLIP = "slip"


class Person(SQLModel):
    """What is kept about newcomers and volunteers alike."""

    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    # Which of its coordinators sees to them; none is whoever comes first.
    coordinator_id: int | None = Field(
        default=None, foreign_key="account.id", index=True, ondelete="SET NULL"
    )
    # What they want to be called. Null once they are erased.
    name: str | None = Field(default=None, sa_type=Sealed)
    email: str | None = Field(default=None, sa_type=Sealed)
    email_index: str | None = Field(default=None, max_length=64, index=True)
    phone: str | None = Field(default=None, sa_type=Sealed)
    phone_index: str | None = Field(default=None, max_length=64, index=True)
    # The locale they read, which may be none of the languages they speak.
    tag: str = Field(default="en", sa_type=LanguageTag)
    prefers: Prefers = Field(default=Prefers.READ, sa_type=choice(Prefers))
    channel: Channel = Field(default=Channel.EMAIL, sa_type=choice(Channel))
    # Hours of the day in the place's zone between which a message may arrive.
    safe_from: int = 0
    safe_until: int = 24
    safe_note: str | None = Field(default=None, sa_type=Sealed)
    # Somebody else may answer, or see what arrives.
    shares_phone: bool = False
    gender: Gender | None = Field(default=None, sa_type=choice(Gender))
    # Genders they would meet, as a mask; everything is no wish.
    wish: int = ANY_GENDER
    # 21 bits: weekday * 3 + part of the day.
    times: int = 0
    area_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    interests: list[str] = Field(default_factory=list, sa_type=json_list())
    is_adult: bool = False
    notice_version: int = 0
    noticed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Of those whom a coordinator wrote down: who agreed, and when; how, and in which
    # spoken language, they were told what is kept; who interpreted.
    agreed_on: date | None = None
    agreed_by: str | None = Field(default=None, sa_type=Sealed)
    agreed_in: str | None = Field(default=None, max_length=60)
    agreed_through: SpokenThrough | None = Field(
        default=None, sa_type=choice(SpokenThrough)
    )
    agreed_interpreter: str | None = Field(default=None, sa_type=Sealed)
    # Something my buddy should know: off unless they want to tell.
    about: str | None = Field(default=None, sa_type=Sealed)
    created_at: datetime = Field(sa_type=UtcDateTime)
    heard_at: datetime = Field(sa_type=UtcDateTime)
    is_kept_for_law: bool = False
    # Whoever works on safeguarding said so: nobody else reads why, or lifts it.
    kept_by_safeguarding: bool = False
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Newcomer(Base, Person, table=True):
    """Somebody new to the town, or a couple or family; there is no account."""

    __tablename__ = "newcomer"

    id: int = Field(default=None, primary_key=True)
    referrer_id: int | None = Field(
        default=None, foreign_key="organisation.id", index=True
    )
    referred_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    # A named interpreter who speaks for them.
    interpreter: str | None = Field(default=None, sa_type=Sealed)
    avoids_own_community: bool = False
    # People who are never to be told that this person takes part.
    never_told: str | None = Field(default=None, sa_type=Sealed)


class NewcomerLanguage(Base, table=True):
    """A language that a newcomer speaks, and how well."""

    __tablename__ = "newcomer_language"

    newcomer_id: int = Field(
        primary_key=True, foreign_key="newcomer.id", ondelete="CASCADE"
    )
    language: str = Field(primary_key=True, max_length=60)
    level: Level = Field(sa_type=choice(Level))


class VolunteerState(StrEnum):
    """Where a volunteer stands."""

    APPLIED = "applied"
    CLEARING = "clearing"
    CLEARED = "cleared"
    PAUSED = "paused"
    LEFT = "left"
    DECLINED = "declined"
    SUSPENDED = "suspended"


VOLUNTEER_MOVES: dict[VolunteerState, frozenset[VolunteerState]] = {
    VolunteerState.APPLIED: frozenset(
        {VolunteerState.CLEARING, VolunteerState.DECLINED, VolunteerState.LEFT}
    ),
    VolunteerState.CLEARING: frozenset(
        {
            VolunteerState.CLEARED,
            VolunteerState.DECLINED,
            VolunteerState.LEFT,
            VolunteerState.SUSPENDED,
        }
    ),
    VolunteerState.CLEARED: frozenset(
        {VolunteerState.PAUSED, VolunteerState.LEFT, VolunteerState.SUSPENDED}
    ),
    VolunteerState.PAUSED: frozenset(
        {VolunteerState.CLEARED, VolunteerState.LEFT, VolunteerState.SUSPENDED}
    ),
    VolunteerState.SUSPENDED: frozenset(
        {VolunteerState.CLEARING, VolunteerState.PAUSED, VolunteerState.LEFT}
    ),
    VolunteerState.LEFT: frozenset(),
    VolunteerState.DECLINED: frozenset(),
}


class PausedBy(StrEnum):
    """Why a volunteer is paused."""

    THEMSELVES = "themselves"
    COORDINATOR = "coordinator"
    CLEARANCE = "clearance"
    SILENCE = "silence"


class Volunteer(Base, Person, table=True):
    """Somebody who offers to be a buddy."""

    __tablename__ = "volunteer"
    __table_args__ = (
        sa.CheckConstraint("held >= 0", name="held_is_a_count"),
        sa.CheckConstraint("capacity >= 0", name="capacity_is_a_count"),
    )

    id: int = Field(default=None, primary_key=True)
    state: VolunteerState = Field(
        default=VolunteerState.APPLIED, sa_type=choice(VolunteerState)
    )
    moved_at: datetime = Field(sa_type=UtcDateTime)
    paused_by: PausedBy | None = Field(default=None, sa_type=choice(PausedBy))
    back_on: date | None = None
    # The roles they offer themselves for.
    offers: list[str] = Field(default_factory=list, sa_type=json_list())
    capacity: int = 1
    # Places that pairings hold; only the two functions of `places` change it.
    held: int = 0
    # How far they go to meet somebody; none is the scheme's usual way.
    reach_m: int | None = Field(default=None, index=True)
    # How many proposals in a row they did not answer.
    unanswered: int = 0
    asked_if_free_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # How many letters in a row that asked so; of no weight once something was heard.
    times_asked_if_free: int = 0
    # What they are cleared for now stands elsewhere, and is gone once it runs out.
    first_cleared_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def told_state(self) -> VolunteerState:
        """Say where they stand, as they themselves are told."""
        is_apart = self.state is VolunteerState.SUSPENDED
        return VolunteerState.PAUSED if is_apart else self.state

    @property
    def told_paused_by(self) -> PausedBy | None:
        """Say why they are paused, as they themselves are told."""
        is_apart = self.state is VolunteerState.SUSPENDED
        return PausedBy.COORDINATOR if is_apart else self.paused_by


class VolunteerLanguage(Base, table=True):
    """A language that a volunteer speaks, and how well; with where, to be found by."""

    __tablename__ = "volunteer_language"
    __table_args__ = (
        sa.Index("ix_volunteer_language_near", "language", "cell_x", "cell_y"),
    )

    volunteer_id: int = Field(
        primary_key=True, foreign_key="volunteer.id", ondelete="CASCADE"
    )
    language: str = Field(primary_key=True, max_length=60)
    level: Level = Field(sa_type=choice(Level))
    cell_x: int | None = None
    cell_y: int | None = None


class AreaKind(StrEnum):
    """How an area is known."""

    SECTOR = "sector"
    NEIGHBOURHOOD = "neighbourhood"


class Area(Base, table=True):
    """A postcode sector or a neighbourhood, with a point on the national grid (m)."""

    __tablename__ = "area"

    id: int = Field(default=None, primary_key=True)
    code: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=120)
    kind: AreaKind = Field(sa_type=choice(AreaKind))
    easting: int
    northing: int
