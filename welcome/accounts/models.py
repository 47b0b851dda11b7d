"""Accounts, what they are granted, their passkeys, and the journal."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask_security import UserMixin, WebAuthnMixin
from sqlalchemy.orm import relationship
from sqlmodel import Field, Relationship

from welcome.database import (
    Base,
    LanguageTag,
    UtcDateTime,
    choice,
    json_dict,
    json_list,
)

EVERYWHERE = "tag IS NULL"


def fresh_key() -> str:
    """Return a random key that names an account to browsers and passkeys."""
    return uuid4().hex


class Role(StrEnum):
    """What somebody does here; each role is a set of permissions."""

    WRITER = "writer"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"
    # Of the buddy scheme; each counts in the organisations one works for.
    COORDINATOR = "coordinator"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    SCHEME_LEAD = "scheme-lead"
    REFERRER = "referrer"


class Account(Base, UserMixin, table=True):
    """Somebody who signs in."""

    __tablename__ = "account"

    id: int = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    organisation: str = Field(default="", max_length=120)
    interface_tag: str = Field(default="en", sa_type=LanguageTag)
    # A person's name stands on a public page only where they chose so.
    shows_name: bool = False
    active: bool = True
    # Empty until the invited person chooses one.
    password: str = Field(default="", max_length=255)
    # A new one ends every session and makes every link sent before worthless.
    fs_uniquifier: str = Field(default_factory=fresh_key, max_length=64, unique=True)
    fs_webauthn_user_handle: str = Field(
        default_factory=fresh_key, max_length=64, unique=True
    )
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tf_primary_method: str | None = Field(default=None, max_length=64)
    tf_totp_secret: str | None = Field(default=None, max_length=255)
    tf_last_counter: int | None = None
    mf_recovery_codes: list[str] = Field(default_factory=list, sa_type=json_list())
    failed_sign_ins: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    signed_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Flask-Security looks the passkeys up by this name.
    webauthn: list[WebAuthnMixin] = Relationship(
        sa_relationship=relationship(
            "Passkey", cascade="all, delete-orphan", passive_deletes=True
        )
    )

    @property
    def public_id(self) -> str:
        """Name the account where nothing about the person may stand; it never changes."""
        return self.fs_webauthn_user_handle


class Grant(Base, table=True):
    """A role given to an account, for one locale or (no tag) for all."""

    __tablename__ = "account_grant"
    # In a UNIQUE constraint two grants without a tag are not alike.
    __table_args__ = (
        sa.UniqueConstraint("account_id", "role", "tag"),
        sa.Index(
            "uq_account_grant_everywhere",
            "account_id",
            "role",
            unique=True,
            sqlite_where=sa.text(EVERYWHERE),
            postgresql_where=sa.text(EVERYWHERE),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    role: Role = Field(sa_type=choice(Role))
    tag: str | None = Field(default=None, sa_type=LanguageTag)


class Passkey(Base, WebAuthnMixin, table=True):
    """A passkey of an account."""

    __tablename__ = "passkey"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    credential_id: bytes = Field(sa_type=sa.LargeBinary(1024), unique=True)
    public_key: bytes = Field(sa_type=sa.LargeBinary(1024))
    sign_count: int = 0
    transports: list[str] = Field(default_factory=list, sa_type=json_list())
    backup_state: bool = False
    device_type: str = Field(max_length=64)
    extensions: str | None = Field(default=None, max_length=255)
    lastuse_datetime: datetime = Field(sa_type=UtcDateTime)
    name: str = Field(max_length=64)
    usage: str = Field(max_length=64)


class AccountState(StrEnum):
    """Where an account stands; worked out from its row, never stored."""

    INVITED = "invited"
    ACTIVE = "active"
    LOCKED = "locked"
    DEACTIVATED = "deactivated"


class JournalEntry(Base, table=True):
    """One thing that was done, by whom, to what; never changed afterwards."""

    __tablename__ = "journal_entry"
    __table_args__ = (sa.Index("ix_journal_entry_subject", "subject", "subject_id"),)

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    actor_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    act: str = Field(max_length=64, index=True)
    subject: str = Field(max_length=40)
    subject_id: int | None = None
    tag: str | None = Field(default=None, sa_type=LanguageTag)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=json_dict())
