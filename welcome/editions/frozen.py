"""Freezes one page: pure; equal content gives an equal fingerprint."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from welcome.editions import fingerprints
from welcome.editions.checking import checked, public_name
from welcome.editions.material import Material, Progress, TargetText, named_in
from welcome.editions.models import FrozenPage, Standing
from welcome.packs.facts import FactText, values_for
from welcome.packs.models import SUMMARY, TITLE, Page, Version
from welcome.packs.place import zone_of
from welcome.translation.models import Origin

TRANSLATED = (Standing.REVIEWED, Standing.AGENCY, Standing.UNREVIEWED)
# Changes when freezing itself does, so that nothing old is taken for new.
METHOD = 3


@dataclass(frozen=True)
class FrozenFrom:
    """What all pages of a locale are frozen from, beside their own texts."""

    material: Material
    tag: str
    shared: str
    facts: dict[str, FactText]

    def name(self, version: Version, standing: Standing) -> str:
        """Fingerprint what a page would be frozen from, apart from its facts."""
        progress = Progress()
        if standing in TRANSLATED:
            progress = self.material.progress[version.id, self.tag]
        who = self._who(version, standing, progress)
        parts = (self.shared, version.id, standing, who, *progress)
        return fingerprints.of_bytes("|".join(map(str, parts)).encode())

    def _who(self, version: Version, standing: Standing, progress: Progress) -> str:
        """Say whom the page's stamp may name."""
        people: tuple[int, ...] = ()
        if standing is Standing.SOURCE:
            people = (version.author_id or 0,)
        elif standing is Standing.REVIEWED:
            people = progress.reviewers
        return "|".join(public_name(self.material.accounts.get(who)) for who in people)

    def used(self, names: Collection[str]) -> dict[str, list[str]]:
        """Give facts as a frozen page holds them; a name without a fact has none."""
        return _held(self.facts, names)


def origin_of(material: Material, tag: str, *, is_not_yet: bool) -> FrozenFrom:
    """Gather what all pages of a locale share: the place and the facts."""
    pack = material.pack
    facts = values_for(material.facts, pack.source_tag if is_not_yet else tag)
    shared = fingerprints.of([METHOD, tag, pack.place])
    return FrozenFrom(material, tag, shared, facts)


def freeze_page(
    material: Material, head: tuple[Page, Version], tag: str, standing: Standing
) -> FrozenPage:
    """Put down all that a page's rendering in a locale depends on."""
    page, version = head
    is_translated = standing in TRANSLATED
    texts = material.texts.get((version.id, tag), {}) if is_translated else {}
    # Where the source is shown, its facts are the source's too: nothing is mixed.
    is_not_yet = standing is Standing.NOT_YET
    facts = values_for(material.facts, material.pack.source_tag if is_not_yet else tag)
    zone = zone_of(material.pack.place)
    stamp = checked(material, version, texts.values(), standing, zone)
    words = {position: target.text for position, target in texts.items()}
    content: dict[str, Any] = {
        "tag": tag,
        "standing": standing,
        "is_machine": _is_machine(texts.values()),
        "title": words.pop(TITLE, version.title),
        "summary": words.pop(SUMMARY, version.summary),
        "body": version.body,
        "targets": sorted([at, text] for at, text in words.items()),
        "facts": _held(facts, named_in([version.body, *words.values()])),
        "checked_by": stamp.by,
    }
    key = fingerprints.of(
        [page.id, stamp.on.isoformat() if stamp.on else None, content]
    )
    return FrozenPage(
        fingerprint=key,
        page_id=page.id,
        version_id=version.id,
        checked_on=stamp.on,
        **content,
    )


def _is_machine(texts: Iterable[TargetText]) -> bool:
    """Tell whether a machine wrote something that nobody accepted."""
    return any(text.origin is Origin.MACHINE and not text.is_accepted for text in texts)


def _held(facts: dict[str, FactText], names: Collection[str]) -> dict[str, list[str]]:
    return {
        name: [facts[name].kind, facts[name].value]
        for name in sorted(names)
        if name in facts
    }
