"""The interface's locale, and the words for codes in it."""

from collections.abc import Sequence
from enum import StrEnum

from babel.lists import format_list
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, refresh

from welcome import locales
from welcome.locales import Locale
from welcome.phrases import catalogues, codes
from welcome.web.allowed import find_account

# The languages whose staff phrases are complete.
INTERFACE_TAGS = catalogues.WHOLE
# Where staff work; every other address is a reader's.
DESKS = "/-/"
# But for where newcomers and volunteers take part, and anybody says what worries them.
TAKING_PART = ("/-/take-part/", "/-/concern/")


class _Phrases(Domain):
    """The catalogues that print and letters take their words from."""

    def get_translations(self) -> NullTranslations:
        """Give the phrases of the interface's locale."""
        if not has_request_context():
            return NullTranslations()
        return catalogues.translations(interface_tag())


def install(app: Flask, time_zone: str) -> None:
    """Let every page speak the locale of whoever reads it."""
    babel = Babel(
        app,
        default_locale="en",
        default_timezone=time_zone,
        locale_selector=lambda: interface_locale().babel(),
    )
    # In place of its own, which knows one catalogue a locale, by Babel's names only.
    babel.domain_instance = _Phrases()
    app.jinja_env.globals.update(
        word=word, locale=interface_locale, get_locale=locales.get
    )


def interface_tag() -> str:
    """Choose the interface's locale: the account's own, else what the browser likes."""
    if "interface_tag" not in g:
        g.interface_tag = _choose()
    tag: str = g.interface_tag
    return tag


def speak_without_account() -> None:
    """Choose the interface's locale without asking the database who reads."""
    g.interface_tag = _for_reader() if is_read() else _liked(INTERFACE_TAGS)


def speak(tag: str) -> None:
    """Speak somebody's language from here on, or the nearest that the interface has."""
    g.interface_tag = catalogues.nearest(tag)
    refresh()


def interface_locale() -> Locale:
    """Return the locale of the interface."""
    return locales.get(interface_tag())


def language_name(tag: str) -> str:
    """Name a language for who reads: by itself, or in English where all is English."""
    known = locales.get(tag)
    return known.english if interface_tag() == "en" else known.autonym


def word(code: StrEnum | str, /, **params: object) -> str:
    """Say a code in the interface's locale."""
    return codes.word(interface_tag(), code, **params)


def listed(words: Sequence[str]) -> str:
    """Say several words as the interface's locale lists them."""
    return str(format_list(words, locale=interface_locale().babel()))


def _choose() -> str:
    if is_read():
        return _for_reader()
    account = find_account()
    if account and account.interface_tag in INTERFACE_TAGS:
        return account.interface_tag
    return _liked(INTERFACE_TAGS)


def is_read() -> bool:
    """Tell whether readers ask for this, be it there or not."""
    return (
        request.blueprint == "reading"
        or not request.path.startswith(DESKS)
        or is_taking_part()
    )


def is_taking_part() -> bool:
    """Tell whether somebody takes part, or says what worries them."""
    return request.path.startswith(TAKING_PART)


def _for_reader() -> str:
    """Choose the locale they read or come from, else what the browser likes."""
    asked = (request.view_args or {}).get("tag") or request.args.get("from", "")
    reading = locales.find(asked)
    if is_taking_part():
        known = reading is not None and reading.tag in INTERFACE_TAGS
        return reading.tag if reading and known else _liked(INTERFACE_TAGS)
    return reading.tag if reading else _liked([each.tag for each in locales.every()])


def _liked(available: Sequence[str]) -> str:
    liked = request.headers.get("Accept-Language", "")
    return locales.negotiate(liked, available) or "en"
