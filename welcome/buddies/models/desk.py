"""What runs of the matcher gave, what somebody has to do, one-time links, policies."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Field

from welcome.database import Base, Sealed, UtcDateTime, choice, json_dict

IS_OPEN = "done_at IS NULL"


class Run(Base, table=True):
    """One run of the matcher: what it was given, what it found, and the proof."""

    __tablename__ = "matching_run"

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    policy_version: int
    # The rules and weights themselves: the usual ones, version 0, may be others one day.
    policy: dict[str, Any] = Field(default_factory=dict, sa_type=json_dict())
    # Of what it was given, which lies beside it, packed: ids and numbers alone.
    fingerprint: str = Field(max_length=64)
    given: bytes = Field(sa_type=sa.LargeBinary)
    result: dict[str, Any] = Field(default_factory=dict, sa_type=json_dict())
    certificate: dict[str, Any] = Field(default_factory=dict, sa_type=json_dict())


class RunScope(Base, table=True):
    """An organisation whose newcomers a run of the matcher served."""

    __tablename__ = "matching_run_scope"

    run_id: int = Field(
        primary_key=True, foreign_key="matching_run.id", ondelete="CASCADE"
    )
    organisation_id: int = Field(
        primary_key=True, foreign_key="organisation.id", index=True
    )


class TaskKind(StrEnum):
    """Why somebody has to do something."""

    CLEARANCE_LAPSED = "clearance-lapsed"
    SILENT_TWICE = "silent-twice"
    DISAGREEMENT = "disagreement"
    WANTS_TO_TALK = "wants-to-talk"
    NOBODY_ANSWERED = "nobody-answered"
    REFERENCE_CAME = "reference-came"
    REACH_BY_HAND = "reach-by-hand"
    REVIEW_EXPORT = "review-export"
    NAME_TO_KEEP_AWAY = "name-to-keep-away"
    PERHAPS_TWICE = "perhaps-twice"
    WROTE_AGAIN = "wrote-again"
    CONTACT_BY_LINK = "contact-by-link"
    LAST_DAY_PASSED = "last-day-passed"
    WOULD_STOP = "would-stop"
    CANNOT_BE_REACHED = "cannot-be-reached"
    WANTS_ANOTHER = "wants-another"
    NO_LONGER_FITS = "no-longer-fits"


class Task(Base, table=True):
    """Something that a coordinator has to look at; one of a kind about one subject."""

    __tablename__ = "task"
    __table_args__ = (
        sa.Index(
            "uq_task_open",
            "kind",
            "subject",
            "subject_id",
            unique=True,
            sqlite_where=sa.text(IS_OPEN),
            postgresql_where=sa.text(IS_OPEN),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=32, unique=True
    )
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: TaskKind = Field(sa_type=choice(TaskKind))
    # A table of this room, and the row it is about.
    subject: str = Field(max_length=40)
    subject_id: int
    raised_at: datetime = Field(sa_type=UtcDateTime)
    # The colleague who sees to it; none is whoever comes first.
    assigned_to_id: int | None = Field(
        default=None, foreign_key="account.id", index=True, ondelete="SET NULL"
    )
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    # The forms that it is about, as they were sent; gone once it is done.
    told: str | None = Field(default=None, sa_type=Sealed)
    # What was done about it.
    note: str | None = Field(default=None, sa_type=Sealed)


class LinkPurpose(StrEnum):
    """The one thing that a link is good for."""

    SIGN_IN = "sign-in"
    REFERENCE = "reference"
    ANSWER = "answer"
    CHECK_IN = "check-in"
    MY_REQUEST = "my-request"
    STILL_FREE = "still-free"


class Link(Base, table=True):
    """A link, or the short code of a slip: only what they were made from is unknown.

    Nothing happens when it is opened; it is used up by the button behind it.
    """

    __tablename__ = "link"
    __table_args__ = (sa.Index("ix_link_about", "subject", "subject_id"),)

    id: int = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    code_hash: str | None = Field(default=None, max_length=64, unique=True)
    purpose: LinkPurpose = Field(sa_type=choice(LinkPurpose))
    subject: str = Field(max_length=40)
    subject_id: int
    # The side of a pairing that it speaks for, where it is about one.
    side: str = Field(default="", max_length=16)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PolicyKind(StrEnum):
    """What an administrator may set for the whole scheme."""

    SCORING = "scoring"
    CLEARANCES = "clearances"
    RETENTION = "retention"
    NOTICES = "notices"
    DAYS = "days"


class PolicyVersion(Base, table=True):
    """Settings of one kind as they were from a moment on; the newest count."""

    __tablename__ = "policy_version"
    __table_args__ = (sa.UniqueConstraint("kind", "version"),)

    id: int = Field(default=None, primary_key=True)
    kind: PolicyKind = Field(sa_type=choice(PolicyKind))
    version: int
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=json_dict())
