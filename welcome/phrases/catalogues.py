"""The gettext catalogues: where they lie, and their phrases."""

from functools import cache
from importlib import resources
from pathlib import Path

from babel.support import NullTranslations, Translations

from welcome import locales
from welcome.locales import tags

DOMAIN = "messages"
# What readers of editions meet: all that a locale has which nobody works in.
READERS = "readers"
SOURCE_TAG = "en"
# The locales in which everything can be said; readers' phrases have every locale.
WHOLE = (SOURCE_TAG, "ar", "ur", "pl")


def mark(phrase: str) -> str:
    """Mark a phrase for extraction where it is written, to be looked up later."""
    return phrase


@cache
def folder() -> Path:
    """Find the catalogues: inside an installed package, else beside the checkout."""
    packaged = Path(str(resources.files("welcome") / "phrases" / "translations"))
    if packaged.is_dir():
        return packaged
    return Path(str(resources.files("welcome"))).parent / "translations"


@cache
def find_file(tag: str) -> Path | None:
    """Find what a locale's phrases are read from: its own catalogue or a wider tag's.

    The whole catalogue comes before the readers'. None where nothing was compiled.
    """
    wider = (tags.to_babel(each) for each in tags.fallbacks(tag))
    files = (
        folder() / name / "LC_MESSAGES" / f"{domain}.mo"
        for name in wider
        for domain in (DOMAIN, READERS)
    )
    return next((file for file in files if file.exists()), None)


@cache
def nearest(tag: str) -> str:
    """Choose the locale nearest to a tag in which everything can be said.

    By the reader's language and what it is read as; English where none is near.
    """
    return locales.negotiate(tag, WHOLE) or SOURCE_TAG


@cache
def translations(tag: str) -> NullTranslations:
    """Load the phrases of a locale; without a catalogue they are English."""
    file = find_file(tag)
    if file is None:
        return NullTranslations()
    with file.open("rb") as compiled:
        return Translations(compiled, file.stem)


def phrase(tag: str, msgid: str, /, **params: object) -> str:
    """Say a phrase in a locale; parameters fill its %(name)s places."""
    text: str = translations(tag).ugettext(msgid)
    return text % params if params else text


def plural(tag: str, one: str, many: str, number: int, **params: object) -> str:
    """Say a counted phrase in the form the locale's number asks for."""
    text: str = translations(tag).ungettext(one, many, number)
    return text % {"num": number, **params}
