"""Editions, the pages frozen in them, and the files made from them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from welcome.database import (
    Base,
    LanguageTag,
    UtcDateTime,
    choice,
    json_dict,
    json_list,
)
from welcome.packs.models import Group


class EditionState(StrEnum):
    """Where an edition stands."""

    PREPARING = "preparing"
    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


MOVES: dict[EditionState, frozenset[EditionState]] = {
    EditionState.PREPARING: frozenset({EditionState.CURRENT, EditionState.FAILED}),
    EditionState.CURRENT: frozenset({EditionState.SUPERSEDED, EditionState.WITHDRAWN}),
    EditionState.SUPERSEDED: frozenset({EditionState.CURRENT, EditionState.WITHDRAWN}),
    EditionState.WITHDRAWN: frozenset(),
    EditionState.FAILED: frozenset(),
}


class Standing(StrEnum):
    """What a reader is told about a page's words."""

    SOURCE = "source"
    REVIEWED = "reviewed"
    AGENCY = "agency"
    UNREVIEWED = "unreviewed"
    NOT_YET = "not-yet"


class ArtifactKind(StrEnum):
    """What is made from an edition."""

    WEB = "web"
    PRINT = "print"


class FrozenPage(Base, table=True):
    """All that a page's rendering depends on; equal content is held once."""

    __tablename__ = "frozen_page"

    id: int = Field(default=None, primary_key=True)
    fingerprint: str = Field(max_length=64, unique=True)
    page_id: int = Field(foreign_key="page.id", index=True)
    version_id: int = Field(foreign_key="version.id")
    tag: str = Field(sa_type=LanguageTag)
    standing: Standing = Field(sa_type=choice(Standing))
    # Part of the text came from a machine and nobody accepted it.
    is_machine: bool = False
    title: str = Field(max_length=400)
    summary: str = Field(default="", max_length=800)
    body: str = Field(sa_type=sa.Text)
    # Target text by segment, as [position, text]; empty where the source is shown.
    targets: list[tuple[int, str]] = Field(default_factory=list, sa_type=json_list())
    # The facts that the text names, as name: [kind, value in this locale].
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=json_dict())
    checked_by: str = Field(default="", max_length=200)
    checked_on: date | None = None


class Edition(Base, table=True):
    """A pack in one locale as it was published; its content never changes."""

    __tablename__ = "edition"
    __table_args__ = (
        sa.UniqueConstraint("pack_id", "tag", "number"),
        sa.Index(
            "uq_edition_current",
            "pack_id",
            "tag",
            unique=True,
            sqlite_where=sa.text("state = 'current'"),
            postgresql_where=sa.text("state = 'current'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    pack_id: int = Field(foreign_key="pack.id")
    tag: str = Field(sa_type=LanguageTag)
    number: int
    state: EditionState = Field(
        default=EditionState.PREPARING, sa_type=choice(EditionState)
    )
    # Everything beside the pages that the look depends on: place, urgent row,
    # the locales it links to, the site's address.
    furniture: dict[str, Any] = Field(default_factory=dict, sa_type=json_dict())
    fingerprint: str = Field(max_length=64)
    publisher_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    published_at: datetime = Field(sa_type=UtcDateTime)
    problem: str = Field(default="", max_length=1000)


class EditionPage(Base, table=True):
    """A frozen page at its place in an edition."""

    __tablename__ = "edition_page"

    edition_id: int = Field(foreign_key="edition.id", primary_key=True)
    position: int = Field(primary_key=True)
    frozen_page_id: int = Field(foreign_key="frozen_page.id", index=True)
    # Fingerprint of what it was frozen from: where that is the same, so is the page.
    made_from: str = Field(max_length=64)
    slug: str = Field(max_length=60)
    group: Group = Field(sa_type=choice(Group))
    icon: str = Field(default="", max_length=40)


class Artifact(Base, table=True):
    """A file made from an edition, with the fingerprint of what it was made from."""

    __tablename__ = "artifact"
    __table_args__ = (sa.UniqueConstraint("edition_id", "kind"),)

    id: int = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    kind: ArtifactKind = Field(sa_type=choice(ArtifactKind))
    fingerprint: str = Field(max_length=64)
    path: str = Field(max_length=400)
    sha256: str = Field(max_length=64)
    size: int
    made_at: datetime = Field(sa_type=UtcDateTime)
