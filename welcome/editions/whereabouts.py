"""Where the pages that readers have now stand, in each locale."""

from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from welcome import locales
from welcome.editions.addresses import Addresses
from welcome.editions.models import (
    Edition,
    EditionPage,
    EditionState,
    FrozenPage,
    Standing,
)
from welcome.packs.models import Group, Pack, Page


class Link(NamedTuple):
    """A page as a foot names it; `tag` is the locale of its title."""

    href: str
    title: str
    tag: str

    @property
    def dir(self) -> str:
        """The direction of its title."""
        return locales.get(self.tag).direction


def addresses_of_pages(
    session: Session, pack: Pack, slug: str | None = None
) -> dict[str, dict[str, str]]:
    """Give, for each slug in use or for one, its page's address by locale.

    A page is the same page under another slug; a locale without it is left out.
    """
    wanted = _current_pages(col(FrozenPage.page_id), col(EditionPage.group))
    wanted = wanted.where(col(Pack.id) == pack.id)
    if slug is not None:
        called = _current_pages(col(FrozenPage.page_id))
        called = called.where(col(Pack.id) == pack.id, col(EditionPage.slug) == slug)
        ids = called.with_only_columns(col(FrozenPage.page_id))
        wanted = wanted.where(col(FrozenPage.page_id).in_(ids))
    addresses = Addresses("", pack.slug, pack.is_default)
    pages: dict[int, dict[str, str]] = {}
    called_so: dict[str, int] = {}
    for tag, own, page_id, group in session.connection().execute(wanted):
        place = addresses.at(tag, "" if group is Group.START else own)
        pages.setdefault(page_id, {})[tag] = place
        called_so.setdefault(own, page_id)
    return {own: pages[page_id] for own, page_id in called_so.items()}


def find_slug(session: Session, page: Page, tag: str) -> str | None:
    """Find what readers of a locale find a page under; None where they have it not.

    A start page stands under no slug at all.
    """
    wanted = _current_pages(col(EditionPage.group)).where(
        col(FrozenPage.page_id) == page.id, col(Edition.tag) == tag
    )
    found = session.connection().execute(wanted).first()
    if found is None:
        return None
    return "" if found.group is Group.START else found.slug


def foot_links(session: Session) -> dict[str, list[Link]]:
    """Give the default pack's own pages about itself, by locale and in order.

    Those of its source stand under an empty tag too, for locales that have none.
    """
    wanted = _current_pages(
        col(FrozenPage.title), col(FrozenPage.standing), col(Pack.source_tag)
    ).where(col(Pack.is_default), col(EditionPage.group) == Group.ABOUT)
    default = Addresses("", "", is_default=True)
    links: dict[str, list[Link]] = {}
    for tag, slug, title, standing, source_tag in session.connection().execute(wanted):
        spoken = source_tag if standing is Standing.NOT_YET else tag
        link = Link(default.at(tag, slug), title, spoken)
        for under in {tag, "" if tag == source_tag else tag}:
            links.setdefault(under, []).append(link)
    return links


def _current_pages(*columns: Mapped[Any]) -> sa.Select[Any]:
    """Select tag, slug and more of every page that readers have."""
    return (
        sa.select(col(Edition.tag), col(EditionPage.slug), *columns)
        .select_from(EditionPage)
        .join(Edition, col(Edition.id) == EditionPage.edition_id)
        .join(FrozenPage, col(FrozenPage.id) == EditionPage.frozen_page_id)
        .join(Pack, col(Pack.id) == Edition.pack_id)
        .where(col(Edition.state) == EditionState.CURRENT)
        .order_by(col(Edition.tag), col(EditionPage.position))
    )
