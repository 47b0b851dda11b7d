"""How packs and pages are reached."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.packs.errors import NoSuchPack, NoSuchPage
from welcome.packs.models import NEWEST, Pack, Page, Version


def find_pack(session: Session, slug: str) -> Pack | None:
    """Find a pack by its slug."""
    return session.exec(select(Pack).where(Pack.slug == slug)).first()


def get_pack(session: Session, slug: str) -> Pack:
    """Return a pack by its slug; raises NoSuchPack."""
    pack = find_pack(session, slug)
    if pack is None:
        raise NoSuchPack(slug=slug)
    return pack


def find_default_pack(session: Session) -> Pack | None:
    """Find the pack that stands at the root of the site."""
    return session.exec(select(Pack).where(col(Pack.is_default))).first()


def list_packs(session: Session) -> list[Pack]:
    """List every pack, the default one first."""
    order = (col(Pack.is_default).desc(), col(Pack.slug))
    return list(session.exec(select(Pack).order_by(*order)))


def find_page(session: Session, pack: Pack, name: str) -> Page | None:
    """Find a page of a pack by its permanent name."""
    wanted = select(Page).where(Page.pack_id == pack.id, Page.name == name)
    return session.exec(wanted).first()


def get_page(session: Session, pack: Pack, name: str) -> Page:
    """Return a page of a pack; raises NoSuchPage."""
    page = find_page(session, pack, name)
    if page is None:
        raise NoSuchPage(name=name)
    return page


def select_heads(pack: Pack) -> sa.Select[int]:
    """Give the query of the ids of the newest versions of the pages in use."""
    return (
        sa.select(col(Version.id))
        .join(Page, NEWEST)
        .where(col(Page.pack_id) == pack.id, col(Page.retired_at).is_(None))
    )


def list_heads(session: Session, pack: Pack) -> list[tuple[Page, Version]]:
    """List the pages that are in use, each with its newest version, in order."""
    wanted = (
        select(Page, Version)
        .join(Version, NEWEST)
        .where(Page.pack_id == pack.id, col(Page.retired_at).is_(None))
        .order_by(col(Version.position), col(Page.name))
    )
    return [(page, version) for page, version in session.exec(wanted)]


def list_retired(session: Session, pack: Pack) -> list[tuple[Page, Version]]:
    """List the pages that are out of use, each with its newest version."""
    wanted = (
        select(Page, Version)
        .join(Version, NEWEST)
        .where(Page.pack_id == pack.id, col(Page.retired_at).is_not(None))
        .order_by(col(Page.name))
    )
    return [(page, version) for page, version in session.exec(wanted)]


def find_page_by_slug(session: Session, pack: Pack, slug: str) -> Page | None:
    """Find the page in use that has this slug; without one, whichever last had it."""
    has_it = NEWEST & col(Page.retired_at).is_(None)
    wanted = (
        select(Page)
        .join(Version, col(Version.page_id) == Page.id)
        .where(Page.pack_id == pack.id, Version.slug == slug)
        .order_by(has_it.desc(), col(Version.created_at).desc(), col(Version.id).desc())
    )
    return session.exec(wanted).first()
