"""Organisations, who works for them, and between which of them people may meet."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Field

from welcome.database import Base, UtcDateTime, choice

STANDS = "ended_at IS NULL"


class OrganisationKind(StrEnum):
    """What an organisation is."""

    COUNCIL = "council"
    CHARITY = "charity"
    PLACE_OF_WELCOME = "place-of-welcome"
    PLEDGE = "pledge"
    COLLEGE = "college"
    HEALTH = "health"
    OTHER = "other"


class Organisation(Base, table=True):
    """An organisation under the council; people of the scheme belong to one."""

    __tablename__ = "organisation"

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    name: str = Field(max_length=120, unique=True)
    kind: OrganisationKind = Field(sa_type=choice(OrganisationKind))
    # Whom anybody may call with a worry; stands on every concern form.
    safeguarding_phone: str = Field(default="", max_length=40)
    active: bool = True
    created_at: datetime = Field(sa_type=UtcDateTime)


class Membership(Base, table=True):
    """An account works for an organisation; what it may do there, its roles say."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("account_id", "organisation_id"),)

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    organisation_id: int = Field(
        foreign_key="organisation.id", index=True, ondelete="CASCADE"
    )


class Sharing(Base, table=True):
    """People of two organisations may meet: one proposed it, the other agreed.

    The smaller id stands first, so that there is one row for both directions. It holds
    once the other agreed and the lead of the scheme allowed it, until it is ended.
    """

    __tablename__ = "sharing"
    __table_args__ = (
        sa.CheckConstraint("one_id < other_id", name="in_order"),
        sa.Index(
            "uq_sharing_stands",
            "one_id",
            "other_id",
            unique=True,
            sqlite_where=sa.text(STANDS),
            postgresql_where=sa.text(STANDS),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    one_id: int = Field(foreign_key="organisation.id", ondelete="CASCADE")
    other_id: int = Field(foreign_key="organisation.id", index=True, ondelete="CASCADE")
    # Which of the two proposed it.
    proposed_by_id: int = Field(foreign_key="organisation.id", ondelete="CASCADE")
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    # Who agreed for the other side; nobody has while there is no moment.
    agreed_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Who allowed it for the scheme.
    allowed_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    allowed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def holds(self) -> bool:
        """Tell whether people of the two may meet."""
        is_over = self.ended_at is not None
        return bool(self.agreed_at and self.allowed_at and not is_over)
