"""The gettext catalogues: where they lie, which there are, and their phrases."""

from functools import cache
from importlib import resources
from pathlib import Path

from babel.support import NullTranslations, Translations

from welcome.locales import tags

DOMAIN = "messages"
SOURCE_TAG = "en"


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
def list_tags() -> tuple[str, ...]:
    """List the locales that have a catalogue, the source's own first."""
    found = sorted(
        tags.from_babel(entry.parent.parent.name)
        for entry in folder().glob(f"*/LC_MESSAGES/{DOMAIN}.po")
    )
    return (SOURCE_TAG, *(tag for tag in found if tag != SOURCE_TAG))


@cache
def translations(tag: str) -> NullTranslations:
    """Load the phrases of a locale, with its wider tags behind it."""
    for wider in tags.fallbacks(tag):
        loaded = Translations.load(folder(), [tags.to_babel(wider)], DOMAIN)
        if isinstance(loaded, Translations):
            return loaded
    return NullTranslations()


def phrase(tag: str, msgid: str, /, **params: object) -> str:
    """Say a phrase in a locale; parameters fill its %(name)s places."""
    text: str = translations(tag).ugettext(msgid)
    return text % params if params else text


def plural(tag: str, one: str, many: str, number: int, **params: object) -> str:
    """Say a counted phrase in the form the locale's number asks for."""
    text: str = translations(tag).ungettext(one, many, number)
    return text % {"num": number, **params}
