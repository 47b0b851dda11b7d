"""What stands around the pages of an edition: place, urgent row, other locales."""

from collections.abc import Mapping, Sequence
from typing import Any

from welcome.packs.facts import value_in
from welcome.packs.models import Fact, FactKind, Pack


def furnish(
    pack: Pack,
    tag: str,
    facts: Sequence[Fact],
    alternates: Mapping[str, Mapping[str, str | None]],
    *,
    site_url: str,
    look: str,
) -> dict[str, Any]:
    """Put down everything beside the pages that the look depends on."""
    return {
        "pack": pack.slug,
        "is_default": pack.is_default,
        "source_tag": pack.source_tag,
        "place": dict(pack.place),
        "site_url": site_url.rstrip("/"),
        "alternates": list(alternates),
        "elsewhere": {tag: dict(slugs) for tag, slugs in alternates.items() if slugs},
        "urgent": _urgent_row(facts, tag, pack.source_tag),
        "look": look,
    }


def _urgent_row(
    facts: Sequence[Fact], tag: str, source_tag: str
) -> list[dict[str, str]]:
    """Take the phone facts that claim a place, in the order they claim."""
    claimed = [
        fact
        for fact in facts
        if fact.urgent is not None and fact.kind is FactKind.PHONE
    ]
    claimed.sort(key=lambda fact: (fact.urgent or 0, fact.name))
    return [
        {
            "value": value_in(fact, tag),
            "label": fact.label.get(tag) or fact.label.get(source_tag, ""),
            "label_tag": tag if fact.label.get(tag) else source_tag,
        }
        for fact in claimed
    ]
