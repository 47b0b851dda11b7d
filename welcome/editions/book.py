"""An edition read whole: what web and print are set from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome import locales
from welcome.editions.models import Edition, EditionPage, FrozenPage, Standing
from welcome.locales import Locale
from welcome.locales.formats import format_date
from welcome.packs.models import Group
from welcome.packs.place import today_in

# The order in which a newcomer needs things.
NEEDS = (Group.TODAY, Group.THIS_WEEK, Group.THIS_MONTH, Group.LIVING_HERE)


class Body(NamedTuple):
    """What only a rendering needs of a page."""

    markdown: str
    targets: list[tuple[int, str]]
    facts: dict[str, list[str]]


class BookPage(NamedTuple):
    """A frozen page at its place."""

    position: int
    slug: str
    group: Group
    icon: str
    frozen_id: int
    fingerprint: str
    tag: str
    standing: Standing
    is_machine: bool
    title: str
    summary: str
    checked_by: str
    checked_on: date | None
    # The locale the words are in: the source's where nothing else is ready.
    words: Locale

    @property
    def is_start(self) -> bool:
        """Tell whether this is the pack's door."""
        return self.group is Group.START


@dataclass(frozen=True)
class Book:
    """An edition with its pages, free of the database."""

    edition: Edition
    pages: tuple[BookPage, ...]

    @property
    def locale(self) -> Locale:
        """The locale the edition is for."""
        return locales.get(self.edition.tag)

    @property
    def source(self) -> Locale:
        """The locale the pack is written in."""
        return locales.get(self.furniture["source_tag"])

    @property
    def furniture(self) -> dict[str, Any]:
        """Everything beside the pages."""
        return self.edition.furniture

    @property
    def place(self) -> dict[str, Any]:
        """The place the pack is about."""
        place: dict[str, Any] = self.furniture["place"]
        return place

    @cached_property
    def start(self) -> BookPage:
        """The pack's door."""
        return next(page for page in self.pages if page.is_start)

    @cached_property
    def sections(self) -> tuple[BookPage, ...]:
        """What a newcomer reads, by need."""
        return tuple(page for need in NEEDS for page in self.in_group(need))

    @cached_property
    def about(self) -> tuple[BookPage, ...]:
        """The pages that every foot links."""
        return self.in_group(Group.ABOUT)

    def in_group(self, group: Group) -> tuple[BookPage, ...]:
        """List the pages of one group, in order."""
        return tuple(page for page in self.pages if page.group is group)

    @cached_property
    def published_on(self) -> str:
        """The day of publication in the place's zone and the locale's words."""
        day = today_in(self.place, self.edition.published_at)
        return format_date(self.locale, day)


def read(session: Session, edition: Edition) -> Book:
    """Read an edition with its pages, apart from their bodies, in one query."""
    source_tag = edition.furniture["source_tag"]
    found = session.connection().execute(_PAGES, {"edition_id": edition.id})
    pages = []
    for row in found:
        is_not_yet = row.standing is Standing.NOT_YET
        words = locales.get(source_tag if is_not_yet else row.tag)
        pages.append(BookPage._make((*row, words)))
    return Book(edition, tuple(pages))


def read_bodies(session: Session, pages: Iterable[BookPage]) -> dict[int, Body]:
    """Read the bodies of pages by the ids of what was frozen, in one query."""
    ids = [page.frozen_id for page in pages]
    found = session.connection().execute(_BODIES, {"ids": ids})
    return {frozen_id: Body(*rest) for frozen_id, *rest in found}


# Put together once: an edition is read for every locale of a publication.
_PAGES = (
    sa.select(
        *(col(getattr(EditionPage, name)) for name in BookPage._fields[:4]),
        col(FrozenPage.id),
        *(col(getattr(FrozenPage, name)) for name in BookPage._fields[5:-1]),
    )
    .join(FrozenPage, col(FrozenPage.id) == EditionPage.frozen_page_id)
    .where(col(EditionPage.edition_id) == sa.bindparam("edition_id"))
    .order_by(col(EditionPage.position))
)
_BODIES = sa.select(
    col(FrozenPage.id),
    col(FrozenPage.body),
    col(FrozenPage.targets),
    col(FrozenPage.facts),
).where(col(FrozenPage.id).in_(sa.bindparam("ids", expanding=True)))
