"""Immutable source versions whose unchanged units are the same units."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.packs import access, carrying, claims, facts
from welcome.packs.errors import BadPage, EditConflict, NameTaken, NoSuchVersion
from welcome.packs.fact_kinds import CONTROL
from welcome.packs.models import (
    SLUG,
    SUMMARY,
    TITLE,
    Group,
    Pack,
    Page,
    Placement,
    Risk,
    Unit,
    Version,
)
from welcome.segmentation import Problem, check, extract, facts_in, normalise

BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")
PAGE_TITLE = "page-title"
PAGE_SUMMARY = "page-summary"


@dataclass(frozen=True)
class PageDraft:
    """What a writer hands in for a page."""

    slug: str
    title: str
    body: str
    summary: str = ""
    position: int = 0
    group: Group = Group.LIVING_HERE
    icon: str = ""
    risk: Risk = Risk.NORMAL
    note: str = ""


class PlacedUnit(NamedTuple):
    """A unit at its place in a version."""

    position: int
    unit: Unit


def head(session: Session, page: Page) -> Version:
    """Return a page's newest version."""
    return get_version(session, page, page.head)


def get_version(session: Session, page: Page, number: int) -> Version:
    """Return one version of a page; raises NoSuchVersion."""
    wanted = select(Version).where(Version.page_id == page.id, Version.number == number)
    version = session.exec(wanted).first()
    if version is None:
        raise NoSuchVersion(name=page.name, number=number)
    return version


def list_versions(session: Session, page: Page) -> list[Version]:
    """List a page's versions, the newest first."""
    wanted = select(Version).where(Version.page_id == page.id)
    return list(session.exec(wanted.order_by(col(Version.number).desc())))


def list_units(session: Session, version: Version) -> list[PlacedUnit]:
    """List a version's units in reading order: title, summary, segments."""
    return units_of(session, [version.id]).get(version.id, [])


def units_of(
    session: Session, version_ids: Sequence[int]
) -> dict[int, list[PlacedUnit]]:
    """List the units of many versions, in one query."""
    wanted = (
        select(Placement.version_id, Placement.position, Unit)
        .join(Unit, col(Unit.id) == Placement.unit_id)
        .where(col(Placement.version_id).in_(version_ids))
        .order_by(col(Placement.version_id), col(Placement.position))
    )
    found: dict[int, list[PlacedUnit]] = {}
    for version_id, position, unit in session.exec(wanted):
        found.setdefault(version_id, []).append(PlacedUnit(position, unit))
    return found


def units_of_heads(session: Session, pack: Pack) -> dict[int, list[PlacedUnit]]:
    """List the units of every page in use by the id of its newest version."""
    heads = session.connection().scalars(access.select_heads(pack)).all()
    return units_of(session, heads)


def add_page(
    session: Session,
    pack: Pack,
    name: str,
    draft: PageDraft,
    *,
    actor: Account | None,
    now: datetime,
) -> Version:
    """Add a page with its first version; raises NameTaken, StartTaken or BadPage."""
    if not is_slug(name):
        raise BadPage(problems=[Problem(1, "bad-slug", {"slug": name})])
    wanted = select(Page).where(Page.pack_id == pack.id, Page.name == name)
    if session.exec(wanted).first():
        raise NameTaken(name=name, field="name")
    page = Page(pack_id=pack.id, name=name)
    session.add(page)
    session.flush()
    return save(session, page, draft, based_on=0, actor=actor, now=now)


def save(
    session: Session,
    page: Page,
    draft: PageDraft,
    *,
    based_on: int,
    actor: Account | None,
    now: datetime,
) -> Version:
    """Make the next version of a page; an equal draft changes nothing.

    Raises EditConflict where `based_on` is no longer the newest version, BadPage
    with its problems, NameTaken where another page has the slug, StartTaken where
    another page is the start.
    """
    draft = replace(draft, body=normal_body(draft.body))
    problems = find_problems(session, page.pack_id, draft)
    if problems:
        raise BadPage(problems=problems)
    if based_on and based_on == page.head:
        newest = head(session, page)
        if is_same(newest, draft):
            return newest
    claims.refuse_taken(session, page, draft.slug, draft.group)
    _take_turn(session, page, based_on)
    version = _new_version(page, draft, actor, now)
    session.add(version)
    session.flush()
    carrying.place(session, page, version, parts_of(draft))
    journal.write(
        session,
        "version.saved",
        "page",
        page.id,
        actor=actor,
        now=now,
        number=version.number,
    )
    return version


def is_same(version: Version, draft: PageDraft) -> bool:
    """Tell whether a draft says what a version says already, whatever is noted."""
    said = replace(draft_of(version), body=normal_body(version.body))
    return said == replace(draft, body=normal_body(draft.body), note=version.note)


def restore(
    session: Session, page: Page, number: int, *, actor: Account | None, now: datetime
) -> Version:
    """Make an old version the newest again; its units come back with it."""
    old = get_version(session, page, number)
    draft = replace(draft_of(old), note=f"version {number} restored")
    made = save(session, page, draft, based_on=page.head, actor=actor, now=now)
    details = {"number": made.number, "restored": number}
    journal.write(
        session, "version.restored", "page", page.id, actor=actor, now=now, **details
    )
    return made


def draft_of(version: Version) -> PageDraft:
    """Turn a version back into what a writer hands in."""
    names = (field for field in PageDraft.__dataclass_fields__)
    return PageDraft(**{name: getattr(version, name) for name in names})


def normal_body(body: str) -> str:
    """Give a text as its file gives it back: without blanks at either end."""
    return BLANK_LINES.sub("", body.rstrip())


def parts_of(draft: PageDraft) -> list[carrying.Part]:
    """Take a draft apart into the texts that have units."""
    parts = [carrying.Part(TITLE, PAGE_TITLE, draft.title)]
    if draft.summary:
        parts.append(carrying.Part(SUMMARY, PAGE_SUMMARY, draft.summary))
    segments = enumerate(extract(draft.body))
    parts += [carrying.Part(i, segment.kind, segment.text) for i, segment in segments]
    return parts


def fingerprint(draft: PageDraft) -> str:
    """Name what a translation is made from: the title, summary and segments."""
    keys = "\0".join(normalise(part.text) for part in parts_of(draft))
    return hashlib.sha256(keys.encode()).hexdigest()


def find_problems(session: Session, pack_id: int, draft: PageDraft) -> list[Problem]:
    """Find what stands against a draft, with lines of its body."""
    known = facts.list_names(session, pack_id)
    head_problems = find_head_problems(draft).values()
    return [*check(draft.body), *head_problems, *unknown_facts(draft, known)]


def find_head_problems(draft: PageDraft) -> dict[str, Problem]:
    """Find what stands against a draft's address, title or summary, by field."""
    found = {}
    if not is_slug(draft.slug):
        found["slug"] = Problem(1, "bad-slug", {"slug": draft.slug})
    if not draft.title.strip() or not _is_line(draft.title, 200):
        found["title"] = Problem(1, "bad-title", {})
    if not _is_line(draft.summary, 400):
        found["summary"] = Problem(1, "bad-summary", {})
    # They go where nothing can be isolated or linked: into tabs, lists and prints' heads.
    for field, text in (("title", draft.title), ("summary", draft.summary)):
        if any(facts_in(text)):
            found[field] = Problem(1, "fact-in-heading", {})
    return found


def is_slug(text: str) -> bool:
    """Tell whether a text can be part of an address."""
    return re.fullmatch(SLUG, text) is not None and len(text) <= 60


def _is_line(text: str, most: int) -> bool:
    """Tell whether a text is one short line without invisible characters."""
    return len(text) <= most and not CONTROL.search(text)


def unknown_facts(draft: PageDraft, known: set[str]) -> list[Problem]:
    """Find the facts a draft names that the register does not hold."""
    return [
        Problem(number, "unknown-fact", {"name": name})
        for number, line in enumerate(draft.body.split("\n"), 1)
        for name in facts_in(line)
        if name not in known
    ]


def _take_turn(session: Session, page: Page, based_on: int) -> None:
    """Count the page's head up, or find that somebody else did."""
    turn = (
        sa.update(Page)
        .where(col(Page.id) == page.id, col(Page.head) == based_on)
        .values(head=based_on + 1)
    )
    taken = session.connection().execute(turn).rowcount == 1
    session.refresh(page)
    if not taken:
        raise EditConflict(name=page.name, number=page.head)


def _new_version(
    page: Page, draft: PageDraft, actor: Account | None, now: datetime
) -> Version:
    return Version(
        page_id=page.id,
        number=page.head,
        fingerprint=fingerprint(draft),
        author_id=actor.id if actor else None,
        created_at=now,
        **vars(draft),
    )
