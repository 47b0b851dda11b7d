"""What somebody may have of their record, and what is left of one that is erased."""

from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Field

from welcome.database import Base, Sealed, UtcDateTime, choice, json_list


class ErasedFor(StrEnum):
    """Why a record was let go of."""

    ASKED = "asked"
    RETENTION = "retention"
    MISTAKE = "mistake"
    # It had been before, and a restored backup knew it again.
    RESTORED = "restored"


# The others are not for a person to choose: these happen by themselves.
ERASED_BY_HAND = (ErasedFor.ASKED, ErasedFor.MISTAKE)


class KeptFor(StrEnum):
    """Why a record may not be let go of, however long it was kept."""

    COURT = "court"
    POLICE = "police"
    CLAIM = "claim"
    COMPLAINT = "complaint"
    INQUIRY = "inquiry"


class Erasure(Base, table=True):
    """The receipt of an erasure: what was let go of, never of whom."""

    __tablename__ = "erasure"
    __table_args__ = (sa.UniqueConstraint("public_id", "erased_at"),)

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(max_length=32)
    kind: str = Field(max_length=40)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    why: ErasedFor = Field(sa_type=choice(ErasedFor))
    erased_at: datetime = Field(sa_type=UtcDateTime)
    erased_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    fields: list[str] = Field(default_factory=list, sa_type=json_list())


class ExportState(StrEnum):
    """Where an export of somebody's record stands."""

    PREPARED = "prepared"
    REVIEWED = "reviewed"
    RELEASED = "released"
    REMOVED = "removed"


_S = ExportState
EXPORT_MOVES: dict[ExportState, frozenset[ExportState]] = {
    _S.PREPARED: frozenset({_S.REVIEWED, _S.REMOVED}),
    _S.REVIEWED: frozenset({_S.RELEASED, _S.REMOVED}),
    _S.RELEASED: frozenset({_S.REMOVED}),
    _S.REMOVED: frozenset(),
}


class SubjectExport(Base, table=True):
    """All that is kept of one person, gathered for them; looked through before it goes.

    What it holds is emptied when it is removed.
    """

    __tablename__ = "subject_export"
    __table_args__ = (sa.Index("ix_subject_export_about", "subject", "subject_id"),)

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    # A table of people, and the row.
    subject: str = Field(max_length=40)
    subject_id: int
    state: ExportState = Field(default=_S.PREPARED, sa_type=choice(ExportState))
    moved_at: datetime = Field(sa_type=UtcDateTime)
    prepared_at: datetime = Field(sa_type=UtcDateTime)
    prepared_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    reviewed_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    # JSON, as `subject_access` describes it.
    content: str | None = Field(default=None, sa_type=Sealed)


class RightKind(StrEnum):
    """What somebody asks for of their own record."""

    ACCESS = "access"
    ERASURE = "erasure"
    CORRECTION = "correction"


class RightsRequest(Base, table=True):
    """Somebody asked for what is theirs by law: answered within a calendar month."""

    __tablename__ = "rights_request"
    __table_args__ = (sa.Index("ix_rights_request_about", "subject", "subject_id"),)

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    # A table of people, and the row.
    subject: str = Field(max_length=40)
    subject_id: int
    kind: RightKind = Field(sa_type=choice(RightKind))
    asked_on: date
    due_on: date
    noted_at: datetime = Field(sa_type=UtcDateTime)
    noted_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
