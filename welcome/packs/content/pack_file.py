"""pack.toml: what a pack is, in which locales it appears, and whose it is."""

import re
from dataclasses import dataclass
from zoneinfo import available_timezones

import phonenumbers

from welcome import locales
from welcome.packs.content.fields import Fields
from welcome.packs.fact_kinds import CONTROL
from welcome.packs.models import Policy
from welcome.packs.place import region_of

FORMAT = 1
MOST_NAMES, LONGEST_NAME = 200, 80
KEYS = (
    "format", "source", "locales", "policy", "publish_together", "default",
    "do_not_translate", "place",
)  # fmt: skip
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# A picture of our own site; two slashes would name another one.
OWN_ADDRESS = re.compile(r"/[^/\\\s<>\"'][^\\\s<>\"']*")


@dataclass(frozen=True)
class PackSettings:
    """The settings of a pack; a source of another pack's format is never returned."""

    source_tag: str
    locales: tuple[str, ...]
    policy: Policy
    publish_together: tuple[tuple[str, ...], ...]
    is_default: bool
    do_not_translate: tuple[str, ...]
    place: dict[str, str]


def read_settings(given: Fields) -> PackSettings:
    """Read the settings; what is wrong is noted, and left out."""
    given.refuse_unknown(KEYS)
    if given.of_type("format", int, FORMAT) != FORMAT:
        given.note("unknown-choice", "format")
    source_tag = given.text("source")
    tags = given.texts("locales") or (source_tag,)
    if not is_known(source_tag):
        given.note("unknown-locale", "source")
    if not all(map(is_known, tags)):
        given.note("unknown-locale", "locales")
    if source_tag not in tags or len(set(tags)) != len(tags):
        given.note("unknown-choice", "locales")
    return PackSettings(
        source_tag=source_tag,
        locales=tuple(tag for tag in dict.fromkeys(tags) if is_known(tag)),
        policy=given.member("policy", Policy, Policy.ENGLISH_WITH_NOTE),
        publish_together=_together(given, tags),
        is_default=given.of_type("default", bool, default=False),
        do_not_translate=_names(given),
        place=_place(given),
    )


def is_known(tag: str) -> bool:
    """Tell whether a tag stands in the registry, written as it stands there."""
    locale = locales.find(tag)
    return locale is not None and locale.tag == tag


def _together(given: Fields, tags: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    groups = given.of_type("publish_together", list, [])
    if not all(isinstance(group, list) for group in groups):
        given.note("needs-list", "publish_together")
        return ()
    if not all(tag in tags for group in groups for tag in group):
        given.note("unknown-choice", "publish_together")
        return ()
    return tuple(tuple(group) for group in groups)


def _names(given: Fields) -> tuple[str, ...]:
    """Read the names that stay as they are in every language."""
    names = given.texts("do_not_translate")
    if len(names) > MOST_NAMES or not all(map(_is_name, names)):
        given.note("bad-names", "do_not_translate")
        return ()
    return tuple(dict.fromkeys(names))


def _is_name(name: str) -> bool:
    """Tell whether it can stand in a text: some letters, on one line."""
    has_bounds = 0 < len(name) <= LONGEST_NAME and name == name.strip()
    return has_bounds and not CONTROL.search(name)


def _place(given: Fields) -> dict[str, str]:
    place = Fields(given.text_table("place"), given.note)
    if place.text("time_zone", "UTC") not in available_timezones():
        given.note("unknown-choice", "time_zone")
    if region_of(place.table) not in phonenumbers.SUPPORTED_REGIONS:
        given.note("unknown-choice", "region")
    if not COLOUR.fullmatch(place.text("colour", "#000000")):
        given.note("unknown-choice", "colour")
    if not OWN_ADDRESS.fullmatch(place.text("logo", "/logo.svg")):
        given.note("unknown-choice", "logo")
    return place.table
