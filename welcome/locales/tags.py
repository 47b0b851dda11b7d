"""BCP 47 tags and their parts; the only place that knows Babel's spelling."""

import re
from typing import NamedTuple

from welcome.locales.errors import MalformedTag

LONGEST_TAG = 35

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.ASCII | re.IGNORECASE,
)


class Parts(NamedTuple):
    """The parts of a tag, each in canonical case."""

    language: str
    script: str | None
    region: str | None
    variants: tuple[str, ...]


def parts(tag: str) -> Parts:
    """Take a tag apart; raise MalformedTag when it is not one."""
    found = _TAG.fullmatch(tag) if len(tag) <= LONGEST_TAG else None
    if found is None:
        raise MalformedTag(tag=tag[:LONGEST_TAG])
    script, region = found["script"], found["region"]
    variants = tuple(found["variants"].lower().split("-")[1:])
    if len(set(variants)) < len(variants):
        raise MalformedTag(tag=tag)
    return Parts(
        found["language"].lower(),
        script.title() if script else None,
        region.upper() if region else None,
        variants,
    )


def _joined(named: Parts) -> str:
    subtags = (named.language, named.script, named.region, *named.variants)
    return "-".join(subtag for subtag in subtags if subtag)


def normalise(tag: str) -> str:
    """Write a tag in canonical case; raise MalformedTag when it is not one.

    Only the case changes: `prs` stays `prs`. Extensions, private use and
    grandfathered tags are refused, as is anything above 35 characters.
    """
    return _joined(parts(tag))


def to_babel(tag: str) -> str:
    """Spell a tag as Babel does: `pt-BR` becomes `pt_BR`."""
    named = parts(tag)
    upper = tuple(variant.upper() for variant in named.variants)
    return _joined(named._replace(variants=upper)).replace("-", "_")


def from_babel(identifier: str) -> str:
    """Spell a Babel identifier as a tag: `zh_Hant_HK` becomes `zh-Hant-HK`."""
    return normalise(identifier.replace("_", "-"))


def fallbacks(tag: str) -> tuple[str, ...]:
    """List a tag and its ever more general parents, by truncation (RFC 4647)."""
    subtags = normalise(tag).split("-")
    return tuple("-".join(subtags[:count]) for count in range(len(subtags), 0, -1))
