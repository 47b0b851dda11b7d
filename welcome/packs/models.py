"""Packs, pages, versions, units and facts."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, col

from welcome.database import (
    Base,
    LanguageTag,
    UtcDateTime,
    choice,
    json_dict,
    json_list,
)

TITLE = -2
SUMMARY = -1
# What can be part of an address: small letters, digits, single hyphens.
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class Policy(StrEnum):
    """What readers get where a section is not reviewed in their language."""

    ENGLISH_WITH_NOTE = "english-with-note"
    UNREVIEWED_WITH_STAMP = "unreviewed-with-stamp"


class Risk(StrEnum):
    """How much harm a wrong word can do; high risk is never shown unreviewed."""

    NORMAL = "normal"
    HIGH = "high"


class Group(StrEnum):
    """When a newcomer needs a page; the start page lists pages by it."""

    START = "start"
    TODAY = "today"
    THIS_WEEK = "this-week"
    THIS_MONTH = "this-month"
    LIVING_HERE = "living-here"
    ABOUT = "about"


class FactKind(StrEnum):
    """What a fact is, and so how it is shown and compared."""

    PHONE = "phone"
    MONEY = "money"
    URL = "url"
    EMAIL = "email"
    HOURS = "hours"
    ADDRESS = "address"
    DATE = "date"
    TEXT = "text"


class Pack(Base, table=True):
    """A welcome pack of one place."""

    __tablename__ = "pack"
    __table_args__ = (
        # The root of the site belongs to one pack, whoever imports at the same moment.
        sa.Index(
            "uq_pack_is_default",
            "is_default",
            unique=True,
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(max_length=60, unique=True)
    source_tag: str = Field(sa_type=LanguageTag)
    locales: list[str] = Field(default_factory=list, sa_type=json_list())
    policy: Policy = Field(sa_type=choice(Policy))
    publish_together: list[list[str]] = Field(default_factory=list, sa_type=json_list())
    is_default: bool = False
    place: dict[str, Any] = Field(default_factory=dict, sa_type=json_dict())
    # Names that stay as they are in every language.
    do_not_translate: list[str] = Field(default_factory=list, sa_type=json_list())


class Page(Base, table=True):
    """A page of a pack; what it says stands in its versions."""

    __tablename__ = "page"
    __table_args__ = (sa.UniqueConstraint("pack_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    pack_id: int = Field(foreign_key="pack.id")
    name: str = Field(max_length=60)
    # The number of the newest version; the optimistic lock of whoever edits.
    head: int = 0
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Version(Base, table=True):
    """What a page said at one time, in the source language; never changes."""

    __tablename__ = "version"
    __table_args__ = (sa.UniqueConstraint("page_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    page_id: int = Field(foreign_key="page.id")
    number: int
    slug: str = Field(max_length=60)
    position: int
    group: Group = Field(sa_type=choice(Group))
    icon: str = Field(default="", max_length=40)
    risk: Risk = Field(default=Risk.NORMAL, sa_type=choice(Risk))
    title: str = Field(max_length=200)
    summary: str = Field(default="", max_length=400)
    body: str = Field(sa_type=sa.Text)
    fingerprint: str = Field(max_length=64, index=True)
    author_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    note: str = Field(default="", max_length=400)
    created_at: datetime = Field(sa_type=UtcDateTime)


# Joins a page with its newest version.
NEWEST = (col(Version.page_id) == Page.id) & (col(Version.number) == Page.head)


class Unit(Base, table=True):
    """One occurrence of a segment on a page; lives on while its text is equal."""

    __tablename__ = "unit"

    id: int = Field(default=None, primary_key=True)
    page_id: int = Field(foreign_key="page.id", index=True)
    kind: str = Field(max_length=16)
    text: str = Field(sa_type=sa.Text)
    key_hash: str = Field(max_length=64, index=True)
    predecessor_id: int | None = Field(default=None, foreign_key="unit.id")


class Placement(Base, table=True):
    """Where a unit stands in a version: title, summary, or the nth segment."""

    __tablename__ = "placement"
    __table_args__ = (sa.Index("ix_placement_unit_id", "unit_id"),)

    version_id: int = Field(foreign_key="version.id", primary_key=True)
    position: int = Field(primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")


class Fact(Base, table=True):
    """A value held once and used by name."""

    __tablename__ = "fact"
    __table_args__ = (sa.UniqueConstraint("pack_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    pack_id: int = Field(foreign_key="pack.id")
    name: str = Field(max_length=60)
    kind: FactKind = Field(sa_type=choice(FactKind))
    value: str = Field(max_length=400)
    values: dict[str, str] = Field(default_factory=dict, sa_type=json_dict())
    # Locales whose value was written beside an older one of the pack's, with that one.
    stale: dict[str, str] = Field(default_factory=dict, sa_type=json_dict())
    label: dict[str, str] = Field(default_factory=dict, sa_type=json_dict())
    owner: str = Field(default="", max_length=120)
    source: str = Field(default="", max_length=400)
    check_by: date | None = None
    urgent: int | None = None
    revision: int = 1
    # Who changed it last; nobody where it came from files.
    author_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
