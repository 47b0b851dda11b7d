"""Which locales a reader probably reads, from what their browser asks for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from langcodes import tag_distance

from welcome.locales import tags
from welcome.locales.errors import MalformedTag
from welcome.locales.models import Locale
from welcome.locales.registry import every, get

LONGEST_HEADER = 1000
MOST_WISHES = 16
FURTHEST = 10

_QUALITY = re.compile(r"\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*", re.I)


def negotiate(accept_language: str, available: Sequence[str]) -> str | None:
    """Choose the available tag nearest to the reader's first wish that has any.

    Quality values order the wishes; None when no wish is near an available tag.
    Reads at most 1000 characters. Raises UnknownLocale for an available tag that
    is not in the registry. An explicit choice is the caller's to put first.
    """
    offered = [get(tag) for tag in available]
    for wish in wishes(accept_language):
        for locale in _near(wish, offered):
            return locale.tag
    return None


def likely(accept_language: str, available: Sequence[str]) -> list[str]:
    """Sort available tags: the reader's likely ones first, the rest for people."""
    offered = [get(tag) for tag in available]
    near = [
        locale for wish in wishes(accept_language) for locale in _near(wish, offered)
    ]
    rest = sorted(offered, key=lambda locale: (locale.sort_key, locale.tag))
    return list(dict.fromkeys(locale.tag for locale in [*near, *rest]))


def wishes(accept_language: str) -> list[str]:
    """List the tags a header asks for, most wanted first; skip what is malformed."""
    header = accept_language
    if len(header) > LONGEST_HEADER:
        header = header[:LONGEST_HEADER].rpartition(",")[0]
    weighed: dict[str, float] = {}
    for item in header.split(","):
        tag, semicolon, weight = item.partition(";")
        quality = _QUALITY.fullmatch(weight) if semicolon else None
        if semicolon and quality is None:
            continue
        try:
            wish = tags.normalise(tag.strip())
        except MalformedTag:
            continue
        weighed.setdefault(wish, float(quality[1]) if quality else 1.0)
    wanted = [wish for wish, quality in weighed.items() if quality > 0]
    return sorted(wanted, key=weighed.__getitem__, reverse=True)[:MOST_WISHES]


def _near(wish: str, offered: Iterable[Locale]) -> list[Locale]:
    """List the offered locales near a wish, nearest first."""
    references = _references(wish)
    ranked: list[tuple[int, int, Locale]] = []
    for locale in offered:
        if locale.tag == wish:
            ranked.append((-1, 0, locale))
            continue
        for rank, reference in enumerate(references):
            distance = _distance(reference, _reading(locale))
            if distance <= FURTHEST:
                ranked.append((rank, distance, locale))
                break
    return [locale for _, _, locale in sorted(ranked, key=lambda found: found[:2])]


def _references(wish: str) -> tuple[str, ...]:
    """List what to measure from: the wish, then those who serve it by alias."""
    aliases = _aliases()
    own = next((tag for tag in tags.fallbacks(wish) if tag in aliases), None)
    served = aliases[own] if own else ()
    further = [tag for first in served for tag in aliases.get(first, ())]
    return (_bounded(wish), *served, *further)


def _distance(reference: str, reading: str) -> int:
    """Measure how far apart two tags of one language are; others are beyond reach."""
    if tags.parts(reference).language != tags.parts(reading).language:
        return FURTHEST + 1
    return tag_distance(reference, reading)


def _bounded(wish: str) -> str:
    """Keep only parts that can decide, because langcodes remembers every tag it met.

    A region decides only where the registry has several locales of the language;
    a script that the registry does not write in stays, as one that nobody serves.
    """
    language, script, region, _ = tags.parts(wish)
    if script is not None:
        return f"{language}-{script if script in _scripts() else 'Zzzz'}"
    if region is not None and region.isalpha() and _is_shared(language):
        return f"{language}-{region}"
    return language


def _reading(locale: Locale) -> str:
    """Give the tag that language data knows a locale by: `prs` is read as `fa-AF`."""
    return tags.from_babel(locale.cldr)


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for locale in every():
        reading = _reading(locale)
        own = () if reading.split("-")[0] == locale.tag.split("-")[0] else (locale.tag,)
        for alias in (*own, *locale.aliases):
            found[alias] = (*found.get(alias, ()), reading)
    return found


@cache
def _scripts() -> frozenset[str]:
    written = {locale.writing for locale in every()}
    return frozenset(written | {locale.script for locale in every()})


@cache
def _is_shared(language: str) -> bool:
    readings = [tags.parts(_reading(locale)).language for locale in every()]
    return readings.count(language) > 1
