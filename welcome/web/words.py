"""The interface's locale, and the words for codes in it."""

from enum import StrEnum

from flask import Flask, g, request
from flask_babel import Babel
from flask_babel import get_locale as babel_locale

from welcome import locales
from welcome.locales import Locale, tags
from welcome.phrases import catalogues, codes
from welcome.web.allowed import find_account

# The languages whose staff phrases are complete; readers' phrases have more.
INTERFACE_TAGS = ("en", "ar", "ur", "pl")


def install(app: Flask, time_zone: str) -> None:
    """Let every page speak the locale of whoever reads it."""
    Babel(
        app,
        default_locale="en",
        default_timezone=time_zone,
        default_translation_directories=str(catalogues.folder()),
        locale_selector=lambda: tags.to_babel(interface_tag()),
    )
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
    liked = request.headers.get("Accept-Language", "")
    g.interface_tag = locales.negotiate(liked, INTERFACE_TAGS) or "en"


def interface_locale() -> Locale:
    """Return the locale of the interface."""
    return locales.get(interface_tag())


def word(code: StrEnum | str, /, **params: object) -> str:
    """Say a code in the interface's locale."""
    return codes.word(tags.from_babel(str(babel_locale())), code, **params)


def _choose() -> str:
    asked = (request.view_args or {}).get("tag") or request.args.get("from", "")
    if request.blueprint == "reading" and asked in catalogues.list_tags():
        return str(asked)
    if request.blueprint != "reading":
        account = find_account()
        if account and account.interface_tag in INTERFACE_TAGS:
            return account.interface_tag
    liked = request.headers.get("Accept-Language", "")
    return locales.negotiate(liked, INTERFACE_TAGS) or "en"
