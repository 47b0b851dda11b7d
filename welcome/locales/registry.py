"""The curated registry, read once when first asked for."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from welcome.locales.errors import MalformedTag, UnknownLocale
from welcome.locales.models import Locale
from welcome.locales.tags import normalise


@cache
def load() -> Mapping[str, Locale]:
    """Read the registry: every locale by its tag, in the order people look for."""
    text = resources.files(__package__).joinpath("registry.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    writings = raw["writing"]
    made = [
        _locale(tag, entry, writings[entry["writing"]])
        for tag, entry in raw["locale"].items()
    ]
    made.sort(key=lambda locale: (locale.sort_key, locale.tag))
    return MappingProxyType({locale.tag: locale for locale in made})


def _locale(tag: str, entry: dict[str, Any], writing: dict[str, Any]) -> Locale:
    return Locale(
        tag=tag,
        autonym=entry["autonym"],
        english=entry["english"],
        cldr=entry["cldr"],
        machine=entry.get("machine"),
        sort_key=entry.get("sort", entry["autonym"].casefold()),
        aliases=tuple(entry.get("aliases", ())),
        writing=entry["writing"],
        script=writing.get("script", entry["writing"]),
        direction=writing["direction"],
        fonts=tuple(writing["fonts"]),
        print_points=writing.get("print_points", 11.5),
        web_family=writing["web"],
        line_height=writing["line_height"],
        joined=writing.get("joined", False),
        italics=writing.get("italics", False),
    )


def find(tag: str) -> Locale | None:
    """Find the locale with this tag, in any case; None when there is none."""
    try:
        return load().get(normalise(tag))
    except MalformedTag:
        return None


def get(tag: str) -> Locale:
    """Get the locale with this tag, in any case; raise UnknownLocale otherwise."""
    locale = find(tag)
    if locale is None:
        raise UnknownLocale(tag=tag)
    return locale


def every() -> tuple[Locale, ...]:
    """List the whole registry by sort key."""
    return tuple(load().values())
