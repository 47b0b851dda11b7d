"""Works out what publishing some locales would give, page by page."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.editions.errors import NoStartPage, UnknownLocale
from welcome.editions.frozen import FrozenFrom, freeze_page, origin_of
from welcome.editions.material import Material, Place, gather, read_texts
from welcome.editions.models import (
    Edition,
    EditionPage,
    EditionState,
    FrozenPage,
    Standing,
)
from welcome.editions.standing import Counts, Decision, decide
from welcome.packs.models import Fact, Group, Pack, Page, Version

UNCHECKED = frozenset({Standing.UNREVIEWED, Standing.NOT_YET})


class Held(NamedTuple):
    """A page as readers have it."""

    frozen_id: int
    fingerprint: str
    made_from: str
    slug: str
    standing: Standing
    facts: dict[str, list[str]]


@dataclass(frozen=True)
class PagePlan:
    """What readers would get of one page."""

    page: Page
    version: Version
    counts: Counts
    decision: Decision
    made_from: str
    # What readers have of it now, if anything.
    held: Held | None
    # It would be frozen from something else than what readers have.
    is_new: bool
    # Freshly frozen; None where it was frozen from the same before, and in a survey.
    frozen: FrozenPage | None

    @property
    def standing(self) -> Standing:
        """What readers would be told about the page's words."""
        return self.decision.standing

    @property
    def fingerprint(self) -> str:
        """The fingerprint of what readers would get."""
        if self.frozen:
            return self.frozen.fingerprint
        return self.held.fingerprint if self.held else ""

    @property
    def is_changed(self) -> bool:
        """Tell whether readers would get something else than now."""
        if self.frozen is None:
            return self.is_new
        return self.held is None or self.held.fingerprint != self.frozen.fingerprint


@dataclass(frozen=True)
class LocalePlan:
    """What readers of one locale would get."""

    pack: Pack
    tag: str
    pages: tuple[PagePlan, ...]
    # Locales that become current in the same transaction, this one among them.
    together: tuple[str, ...]
    # Locales that have, or are about to get, a current edition, with what pages are
    # called there that are called otherwise; None where one is missing.
    alternates: dict[str, dict[str, str | None]]
    facts: tuple[Fact, ...]
    # The fingerprint and number readers have now, and the highest number there was.
    current: tuple[str, int] | None
    last_number: int

    @property
    def standings(self) -> Counter[Standing]:
        """How many pages stand how."""
        return Counter(page.standing for page in self.pages)

    @property
    def unchecked(self) -> list[PagePlan]:
        """The pages whose words nobody answers for."""
        return [page for page in self.pages if page.standing in UNCHECKED]

    @property
    def changed(self) -> int:
        """How many pages differ from the current edition."""
        return sum(page.is_changed for page in self.pages)


def survey(session: Session, pack: Pack, tags: Sequence[str]) -> list[LocalePlan]:
    """Look what publishing would give, without reading or freezing any text."""
    return _plan(session, pack, tags, is_freezing=False)


def plan(session: Session, pack: Pack, tags: Sequence[str]) -> list[LocalePlan]:
    """Plan locales and those that must appear with them; raises UnknownLocale."""
    return _plan(session, pack, tags, is_freezing=True)


def _plan(
    session: Session, pack: Pack, tags: Sequence[str], *, is_freezing: bool
) -> list[LocalePlan]:
    wanted = widen(pack, tags)
    material = gather(session, pack, wanted)
    if not any(version.group is Group.START for _, version in material.heads):
        raise NoStartPage(pack=pack.slug)
    held = _held_pages(session, pack)
    numbers, current = _editions(session, pack)
    drafts = {tag: list(_drafts(material, tag, held)) for tag in wanted}
    new = {
        (draft.head[1].id, tag)
        for tag, listed in drafts.items()
        for draft in listed
        if draft.is_new and is_freezing
    }
    read_texts(session, material, new)
    elsewhere = _elsewhere(material, held, set(current) - set(wanted))
    return [
        LocalePlan(
            pack=pack,
            tag=tag,
            pages=tuple(_page(material, tag, draft, new) for draft in drafts[tag]),
            together=companions(pack, tag),
            alternates={
                each: elsewhere.get(each, {})
                for each in pack.locales
                if each in {*current, *wanted}
            },
            facts=tuple(material.facts),
            current=current.get(tag),
            last_number=numbers.get(tag, 0),
        )
        for tag in wanted
    ]


def _elsewhere(
    material: Material, held: dict[tuple[str, int], Held], tags: Collection[str]
) -> dict[str, dict[str, str | None]]:
    """Compare the pages with those that readers of locales not planned now have."""
    found: dict[str, dict[str, str | None]] = {}
    for tag in sorted(tags):
        for page, version in material.heads:
            there = held.get((tag, page.id))
            slug = there.slug if there else None
            if slug != version.slug and version.group is not Group.START:
                found.setdefault(tag, {})[version.slug] = slug
    return found


def widen(pack: Pack, tags: Sequence[str]) -> list[str]:
    """Add the locales that must appear together with these, in the pack's order."""
    for tag in tags:
        if tag not in pack.locales:
            raise UnknownLocale(pack=pack.slug, tag=tag)
    wanted = {companion for tag in tags for companion in companions(pack, tag)}
    return [tag for tag in pack.locales if tag in wanted]


def companions(pack: Pack, tag: str) -> tuple[str, ...]:
    """List the locales that become current with this one, itself among them."""
    together = {tag}
    for group in pack.publish_together:
        if tag in group:
            together |= set(group)
    return tuple(each for each in pack.locales if each in together)


@dataclass(frozen=True)
class _Draft:
    """What is known of a page before its texts are read."""

    head: tuple[Page, Version]
    counts: Counts
    decision: Decision
    made_from: str
    held: Held | None
    is_new: bool


def _drafts(
    material: Material, tag: str, held: dict[tuple[str, int], Held]
) -> Iterator[_Draft]:
    pack = material.pack
    origin = {
        is_not_yet: origin_of(material, tag, is_not_yet=is_not_yet)
        for is_not_yet in (True, False)
    }
    for page, version in material.heads:
        counts = material.counts(version, tag)
        decision = decide(
            counts,
            is_source=tag == pack.source_tag,
            policy=pack.policy,
            risk=version.risk,
        )
        frozen_from = origin[decision.standing is Standing.NOT_YET]
        made_from = frozen_from.name(version, decision.standing)
        found = held.get((tag, page.id))
        is_new = (
            found is None
            or found.made_from != made_from
            or found.facts != _facts_now(frozen_from, version, found)
        )
        yield _Draft((page, version), counts, decision, made_from, found, is_new)


def _facts_now(
    frozen_from: FrozenFrom, version: Version, held: Held
) -> dict[str, list[str]]:
    """Give the facts a page shows as they are now: its source's and its targets'."""
    # Its targets are those that were frozen, or it would be made from something else.
    return frozen_from.used({*held.facts, *frozen_from.material.facts_named(version)})


def _page(
    material: Material, tag: str, draft: _Draft, to_freeze: set[Place]
) -> PagePlan:
    page, version = draft.head
    standing = draft.decision.standing
    is_frozen_now = (version.id, tag) in to_freeze
    return PagePlan(
        page,
        version,
        draft.counts,
        draft.decision,
        draft.made_from,
        draft.held,
        draft.is_new,
        freeze_page(material, draft.head, tag, standing) if is_frozen_now else None,
    )


def _held_pages(session: Session, pack: Pack) -> dict[tuple[str, int], Held]:
    """Give the pages that readers have now, by locale and page."""
    wanted = (
        sa.select(
            col(Edition.tag),
            col(FrozenPage.page_id),
            col(FrozenPage.id),
            col(FrozenPage.fingerprint),
            col(EditionPage.made_from),
            col(EditionPage.slug),
            col(FrozenPage.standing),
            col(FrozenPage.facts),
        )
        .select_from(Edition)
        .join(EditionPage, col(EditionPage.edition_id) == Edition.id)
        .join(FrozenPage, col(FrozenPage.id) == EditionPage.frozen_page_id)
        .where(
            col(Edition.pack_id) == pack.id,
            col(Edition.state) == EditionState.CURRENT,
        )
    )
    rows = session.connection().execute(wanted)
    return {(row[0], row[1]): Held(*row[2:]) for row in rows}


def _editions(
    session: Session, pack: Pack
) -> tuple[dict[str, int], dict[str, tuple[str, int]]]:
    """Give each locale's highest number, and what readers of it have now."""
    of_pack = col(Edition.pack_id) == pack.id
    highest = sa.select(col(Edition.tag), sa.func.max(col(Edition.number)))
    highest = highest.where(of_pack).group_by(col(Edition.tag))
    current = sa.select(
        col(Edition.tag), col(Edition.fingerprint), col(Edition.number)
    ).where(of_pack, col(Edition.state) == EditionState.CURRENT)
    connection = session.connection()
    return (
        {row[0]: row[1] for row in connection.execute(highest)},
        {row[0]: (row[1], row[2]) for row in connection.execute(current)},
    )
