"""Freezes one page: pure; equal content gives an equal fingerprint."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from welcome.editions import fingerprints
from welcome.editions.checking import checked, public_name
from welcome.editions.material import Material, Progress, TargetText
from welcome.editions.models import FrozenPage, Standing
from welcome.packs.facts import FactText, values_for
from welcome.packs.models import SUMMARY, TITLE, Page, Version
from welcome.segmentation.inline import facts_in
from welcome.translation.models import Origin

TRANSLATED = (Standing.REVIEWED, Standing.AGENCY, Standing.UNREVIEWED)
# Changes when freezing itself does, so that nothing old is taken for new.
METHOD = 1


@dataclass(frozen=True)
class FrozenFrom:
    """What all pages of a locale are frozen from, beside their own texts."""

    material: Material
    tag: str
    shared: str

    def name(self, version: Version, standing: Standing) -> str:
        """Fingerprint what a page would be frozen from."""
        progress = Progress()
        if standing in TRANSLATED:
            progress = self.material.progress[version.id, self.tag]
        parts = (self.shared, version.id, standing, *progress)
        return fingerprints.of_bytes("|".join(map(str, parts)).encode())


def origin_of(material: Material, tag: str, *, is_not_yet: bool) -> FrozenFrom:
    """Fingerprint what all pages of a locale share: facts, names, place."""
    pack = material.pack
    facts = values_for(material.facts, pack.source_tag if is_not_yet else tag)
    names = {key: public_name(each) for key, each in material.accounts.items()}
    shared = [METHOD, tag, pack.place, facts, {str(k): v for k, v in names.items()}]
    return FrozenFrom(material, tag, fingerprints.of(shared))


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
    zone = ZoneInfo(material.pack.place.get("time_zone", "Europe/London"))
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
        "facts": _used(facts, [version.body, *words.values()]),
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


def _used(facts: dict[str, FactText], texts: list[str]) -> dict[str, list[str]]:
    named = {name for text in texts if "{{" in text for name in facts_in(text)}
    return {
        name: [facts[name].kind, facts[name].value]
        for name in sorted(named)
        if name in facts
    }
