"""Freezes one page: pure; equal content gives an equal fingerprint."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from welcome.editions import fingerprints
from welcome.editions.checking import checked
from welcome.editions.material import Material, TargetText
from welcome.editions.models import FrozenPage, Standing
from welcome.packs.facts import FactText
from welcome.packs.models import SUMMARY, TITLE, Page, Version
from welcome.segmentation.inline import facts_in
from welcome.translation.models import Origin

TRANSLATED = (Standing.REVIEWED, Standing.AGENCY, Standing.UNREVIEWED)


def freeze_page(
    material: Material,
    head: tuple[Page, Version],
    tag: str,
    standing: Standing,
    facts: dict[str, FactText],
) -> FrozenPage:
    """Put down all that a page's rendering in a locale depends on."""
    page, version = head
    is_translated = standing in TRANSLATED
    texts = material.targets_of(version, tag) if is_translated else {}
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
    named = {name for text in texts for name in facts_in(text)}
    return {
        name: [facts[name].kind, facts[name].value]
        for name in sorted(named)
        if name in facts
    }
