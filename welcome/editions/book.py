"""An edition read whole: what web and print are set from."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from welcome import locales
from welcome.editions.models import Edition, EditionPage, FrozenPage, Standing
from welcome.locales import Locale
from welcome.locales.formats import format_date
from welcome.locales.tags import fallbacks
from welcome.packs.models import Group
from welcome.phrases import catalogues

# The order in which a newcomer needs things.
NEEDS = (Group.TODAY, Group.THIS_WEEK, Group.THIS_MONTH, Group.LIVING_HERE)


@dataclass(frozen=True)
class BookPage:
    """A frozen page at its place."""

    place: EditionPage
    frozen: FrozenPage
    # The locale the words are in: the source's where nothing else is ready.
    words: Locale

    @property
    def slug(self) -> str:
        """The page's name in addresses."""
        return self.place.slug

    @property
    def is_start(self) -> bool:
        """Tell whether this is the pack's door."""
        return self.place.group is Group.START


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
    def interface(self) -> Locale:
        """The locale our own phrases are in: the reader's, if we have them."""
        known = catalogues.list_tags()
        has_phrases = any(tag in known for tag in fallbacks(self.edition.tag))
        return self.locale if has_phrases else locales.get(catalogues.SOURCE_TAG)

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
        return tuple(page for page in self.pages if page.place.group is group)

    @cached_property
    def published_on(self) -> str:
        """The day of publication in the place's zone and the locale's words."""
        zone = ZoneInfo(self.place.get("time_zone", "Europe/London"))
        day = self.edition.published_at.astimezone(zone).date()
        return format_date(self.interface, day)


def read(session: Session, edition: Edition) -> Book:
    """Read an edition with its pages, in one query."""
    wanted = (
        select(EditionPage, FrozenPage)
        .join(FrozenPage, col(FrozenPage.id) == EditionPage.frozen_page_id)
        .where(EditionPage.edition_id == edition.id)
        .order_by(col(EditionPage.position))
    )
    source_tag = edition.furniture["source_tag"]
    pages = [
        BookPage(place, frozen, _words(frozen, source_tag))
        for place, frozen in session.exec(wanted)
    ]
    return Book(edition, tuple(pages))


def _words(frozen: FrozenPage, source_tag: str) -> Locale:
    not_yet = frozen.standing is Standing.NOT_YET
    return locales.get(source_tag if not_yet else frozen.tag)
