"""Works out what publishing some locales would give, page by page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from welcome.editions.errors import NoStartPage, UnknownLocale
from welcome.editions.frozen import freeze_page
from welcome.editions.material import Material, gather
from welcome.editions.models import (
    Edition,
    EditionPage,
    EditionState,
    FrozenPage,
    Standing,
)
from welcome.editions.standing import Counts, Decision, decide
from welcome.packs.facts import FactText, values_for
from welcome.packs.models import Fact, Group, Pack, Page, Version


@dataclass(frozen=True)
class PagePlan:
    """What readers would get of one page."""

    page: Page
    version: Version
    counts: Counts
    decision: Decision
    frozen: FrozenPage
    is_changed: bool

    @property
    def standing(self) -> Standing:
        """What readers would be told about the page's words."""
        return self.decision.standing


@dataclass(frozen=True)
class LocalePlan:
    """What readers of one locale would get."""

    pack: Pack
    tag: str
    pages: tuple[PagePlan, ...]
    # Locales that become current in the same transaction, this one among them.
    together: tuple[str, ...]
    # Locales that have, or are about to get, a current edition.
    alternates: tuple[str, ...]
    facts: tuple[Fact, ...]

    @property
    def standings(self) -> Counter[Standing]:
        """How many pages stand how."""
        return Counter(page.standing for page in self.pages)

    @property
    def changed(self) -> int:
        """How many pages differ from the current edition."""
        return sum(page.is_changed for page in self.pages)


def plan(session: Session, pack: Pack, tags: Sequence[str]) -> list[LocalePlan]:
    """Plan locales and those that must appear with them; raises UnknownLocale."""
    wanted = widen(pack, tags)
    material = gather(session, pack, wanted)
    if not any(version.group is Group.START for _, version in material.heads):
        raise NoStartPage(pack=pack.slug)
    current = _current_pages(session, pack)
    alternates = {*current, *wanted}
    return [
        LocalePlan(
            pack=pack,
            tag=tag,
            pages=_pages(material, tag, current.get(tag, frozenset())),
            together=companions(pack, tag),
            alternates=tuple(each for each in pack.locales if each in alternates),
            facts=tuple(material.facts),
        )
        for tag in wanted
    ]


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


def count(material: Material, version: Version, tag: str) -> Counts:
    """Count how far a version's units have come in a locale."""
    targets = material.targets_of(version, tag).values()
    accepted = [target for target in targets if target.is_accepted]
    return Counts(
        units=len(material.units.get(version.id, [])),
        with_target=len(targets),
        accepted=len(accepted),
        on_statement=sum(target.statement_id is not None for target in accepted),
    )


def _pages(
    material: Material, tag: str, current: frozenset[str]
) -> tuple[PagePlan, ...]:
    facts = values_for(material.facts, tag)
    in_source = values_for(material.facts, material.pack.source_tag)
    return tuple(
        _page(material, head, tag, (facts, in_source), current)
        for head in material.heads
    )


def _page(
    material: Material,
    head: tuple[Page, Version],
    tag: str,
    facts: tuple[dict[str, FactText], dict[str, FactText]],
    current: frozenset[str],
) -> PagePlan:
    page, version = head
    pack = material.pack
    counts = count(material, version, tag)
    decision = decide(
        counts,
        is_source=tag == pack.source_tag,
        policy=pack.policy,
        risk=version.risk,
    )
    # Where the source is shown, its facts are the source's too: nothing is mixed.
    values = facts[decision.standing is Standing.NOT_YET]
    frozen = freeze_page(material, head, tag, decision.standing, values)
    is_changed = frozen.fingerprint not in current
    return PagePlan(page, version, counts, decision, frozen, is_changed)


def _current_pages(session: Session, pack: Pack) -> dict[str, frozenset[str]]:
    """Give the fingerprints of the pages that readers have now, by locale."""
    wanted = (
        select(Edition.tag, FrozenPage.fingerprint)
        .join(EditionPage, col(EditionPage.edition_id) == Edition.id)
        .join(FrozenPage, col(FrozenPage.id) == EditionPage.frozen_page_id)
        .where(Edition.pack_id == pack.id, Edition.state == EditionState.CURRENT)
    )
    found: dict[str, set[str]] = {}
    for tag, fingerprint in session.exec(wanted):
        found.setdefault(tag, set()).add(fingerprint)
    return {tag: frozenset(prints) for tag, prints in found.items()}
