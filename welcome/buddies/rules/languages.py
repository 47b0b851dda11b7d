"""Spoken languages by the names people read, and what they type when none is listed.

The register is `spoken`; here are the names in a reader's own language (from CLDR, or
from our phrases where CLDR has none) and by which speakers know each (autonyms).
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import babel

from welcome import locales
from welcome.buddies.rules import spoken
from welcome.buddies.rules.errors import LanguageTooWide, NoLanguage
from welcome.buddies.rules.spellings import folded
from welcome.phrases import codes
from welcome.phrases.catalogues import WHOLE

LONGEST_NAME = 60
MAKATON = spoken.code_of_other("Makaton")
# Too wide to talk in, as CLDR calls them.
WIDE = ("ku", "zh")
# Where CLDR knows no name that its own speakers would look for.
AUTONYMS: Mapping[str, str] = {
    "aii": "ܣܘܪܝܬ",
    "apd": "عربي سوداني",
    "bfi": "BSL",
    "bin": "Ẹ̀dó",
    "ckb": "سۆرانی",
    "cmn": "普通话",
    "din": "Thuɔŋjäŋ",
    "fil": "Tagalog",
    "hak": "客家話",
    "haz": "آزرگی",
    "jam": "Patwa",
    "kmr": "Kurmancî",
    "kri": "Krio",
    "ktu": "Kituba",
    MAKATON: "Makaton",
    "mnk": "Mandinka",
    "nan": "閩南語",
    "om": "Afaan Oromoo",
    "phr": "پہاڑی پوٹھواری",
    "prs": "دری",
    "rhg": "Ruáingga",
    "rom": "Romani čhib",
    "syl": "ꠍꠤꠟꠐꠤ",
    "zza": "Zazakî",
}


@dataclass(frozen=True, slots=True)
class Language:
    """A language as a reader meets it in a list."""

    code: str
    name: str
    autonym: str


def list_languages(tag: str) -> tuple[Language, ...]:
    """List the register for a reader, in the order of their alphabet's letters."""
    return _listed(tag)


def name_of(code: str, tag: str) -> str:
    """Name a language in a reader's own: one that is not listed as it was typed."""
    if f"language.{code}" in codes.PHRASES:
        return codes.word(tag, f"language.{code}")
    # CLDR's English is not what people here say: Bengali, not Bangla.
    known = code in spoken.NAMES and tag != "en" and _cldr(tag).languages.get(code)
    return str(known) if known else spoken.english_name(code)


def autonym_of(code: str) -> str:
    """Name a language as its speakers do."""
    if code in AUTONYMS or code not in spoken.NAMES:
        return AUTONYMS.get(code, code.removeprefix(spoken.OTHER))
    try:
        own = babel.Locale.parse(code).languages.get(code)
    except (babel.UnknownLocaleError, ValueError):
        own = None
    return str(own) if own else spoken.english_name(code)


def find_code(text: str, tag: str = "en") -> str | None:
    """Find a listed language by any name: a reader's, ours, its speakers', another's."""
    wanted = folded(text)
    here, elsewhere = _by_names(tag).get(wanted), _by_names_anywhere().get(wanted)
    return here or spoken.find_code(text) or elsewhere


def read_code(text: str, tag: str = "en") -> str:
    """Read what somebody typed as a language: `phr`, or `other:` and its own name.

    Raises NoLanguage where it is no name, and LanguageTooWide where speakers of what
    it means do not understand each other.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 < len(name) <= LONGEST_NAME or not any(map(str.isalpha, name)):
        raise NoLanguage(text=name[:LONGEST_NAME])
    if not name.replace("\u200c", "").replace("\u200d", "").isprintable():
        raise NoLanguage(text=name[:LONGEST_NAME])
    if several := spoken.list_choices(_wide_names().get(folded(name), name)):
        codes_of = [spoken.find_code(each) for each in several]
        listed = [name_of(code, tag) for code in codes_of if code]
        raise LanguageTooWide(text=name, choices=" · ".join(listed))
    code = find_code(name, tag) or spoken.OTHER + spoken.normalise(name)
    if len(code) > LONGEST_NAME:
        raise NoLanguage(text=name)
    return code


def _codes() -> tuple[str, ...]:
    return (*spoken.NAMES, MAKATON)


@cache
def _listed(tag: str) -> tuple[Language, ...]:
    each = [Language(code, name_of(code, tag), autonym_of(code)) for code in _codes()]
    return tuple(sorted(each, key=lambda one: (_sorted_as(one.name), one.code)))


@cache
def _by_names(tag: str) -> dict[str, str]:
    """Map names to codes; a name that two languages share leads to none."""
    found: dict[str, set[str]] = {}
    for each in _listed(tag):
        for name in (each.name, each.autonym):
            found.setdefault(folded(name), set()).add(each.code)
    return {name: min(those) for name, those in found.items() if len(those) == 1}


@cache
def _by_names_anywhere() -> dict[str, str]:
    """Map the names in every locale in which forms are shown; none that two share."""
    found: dict[str, set[str]] = {}
    for tag in WHOLE:
        for name, code in _by_names(tag).items():
            found.setdefault(name, set()).add(code)
    return {name: min(those) for name, those in found.items() if len(those) == 1}


@cache
def _wide_names() -> dict[str, str]:
    """Map what names too wide to talk in are called in those locales."""
    return {
        folded(str(_cldr(tag).languages[code])): code for tag in WHOLE for code in WIDE
    }


def _sorted_as(name: str) -> str:
    """Sort letters with marks beside those without, as readers look for them."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


@cache
def _cldr(tag: str) -> babel.Locale:
    return locales.get(tag).babel()
