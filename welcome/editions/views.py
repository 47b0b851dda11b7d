"""What the templates are given for each page of a web edition: plain values."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from welcome.editions.addresses import Addresses, addresses_of
from welcome.editions.book import NEEDS, Book, BookPage
from welcome.editions.look import shapes, style_addresses
from welcome.editions.models import Standing
from welcome.editions.place_colours import style_name
from welcome.locales import Locale
from welcome.locales.formats import format_date

# Beside the icons of the sections.
FURNITURE_ICONS = (
    "globe",
    "list",
    "printer",
    "chevron-right",
    "arrow-left",
    "arrow-right",
    "check",
    "info",
    "triangle-alert",
)


@dataclass(frozen=True)
class Setting:
    """What all pages of one edition share."""

    book: Book
    addresses: Addresses
    shared: dict[str, Any]


def setting_of(book: Book) -> Setting:
    """Work out what all pages of an edition share."""
    addresses = addresses_of(book)
    tag = book.edition.tag
    shared = {
        "place": book.place,
        "place_dir": direction_of(str(book.place.get("name", ""))),
        "organisation": naming(str(book.place.get("organisation", ""))),
        "home": addresses.home(tag),
        "print": addresses.print(tag),
        "styles": _styles(book, addresses),
        "about": [_link(page, addresses, tag) for page in book.about],
        "source": {**_words(book.source), "name": book.source.autonym},
        "interface": _words(book.interface),
        "icons": {name: shapes(name) for name in FURNITURE_ICONS},
    }
    return Setting(book, addresses, shared)


def view(setting: Setting, page: BookPage) -> dict[str, Any]:
    """Give what one page's template needs, apart from the body."""
    addresses, tag = setting.addresses, setting.book.edition.tag
    path = addresses.page(tag, page)
    return {
        **setting.shared,
        "path": path,
        "canonical": addresses.absolute(path),
        "alternates": _alternates(setting, page),
        "languages": addresses.languages(tag, page),
        "original": _original(setting, page),
        **words_of(page, setting.book.interface),
        **(_start(setting) if page.is_start else _section(setting, page)),
    }


def words_of(page: BookPage, locale: Locale) -> dict[str, Any]:
    """Give a page's title and summary, and what its stamp says."""
    frozen = page.frozen
    return {
        "title": frozen.title,
        "summary": frozen.summary,
        "words": _words(page.words),
        "checked": {
            "standing": frozen.standing.value,
            "is_machine": frozen.is_machine,
            "who": naming(frozen.checked_by),
            "date": format_date(locale, frozen.checked_on) if frozen.checked_on else "",
        },
    }


def direction_of(text: str) -> str:
    """Find the direction of a name by its first letter that has one."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def naming(name: str) -> dict[str, str]:
    """Give a name with its direction, for print engines that know no other way."""
    return {"text": name, "dir": direction_of(name)}


def _words(locale: Locale) -> dict[str, str]:
    return {"tag": locale.tag, "dir": locale.direction}


def _styles(book: Book, addresses: Addresses) -> list[str]:
    styles = list(style_addresses())
    own = style_name(str(book.place.get("colour", "")))
    if own:
        styles.append(addresses.home(book.edition.tag) + own)
    return styles


def _alternates(setting: Setting, page: BookPage) -> list[tuple[str, str]]:
    addresses = setting.addresses
    tags = setting.book.furniture["alternates"]
    return [(tag, addresses.absolute(addresses.page(tag, page))) for tag in tags]


def _original(setting: Setting, page: BookPage) -> str:
    """Say where the page stands in the source language, if readers have that."""
    tag = setting.book.source.tag
    is_there = tag in setting.book.furniture["alternates"]
    return setting.addresses.page(tag, page) if is_there else ""


def _link(page: BookPage, addresses: Addresses, tag: str) -> dict[str, Any]:
    return {
        "title": page.frozen.title,
        "href": addresses.page(tag, page),
        "words": _words(page.words),
    }


def _start(setting: Setting) -> dict[str, Any]:
    book = setting.book
    return {
        "urgent": book.furniture["urgent"],
        "needs": [
            {"need": need, "pages": [_row(setting, page) for page in pages]}
            for need in NEEDS
            if (pages := book.in_group(need))
        ],
        "number": book.edition.number,
        "published_on": book.published_on,
    }


def _row(setting: Setting, page: BookPage) -> dict[str, Any]:
    frozen = page.frozen
    return {
        **_link(page, setting.addresses, setting.book.edition.tag),
        "summary": frozen.summary,
        "is_not_yet": frozen.standing is Standing.NOT_YET,
        "icon": shapes(page.place.icon),
    }


def _section(setting: Setting, page: BookPage) -> dict[str, Any]:
    """Give the neighbours in the reading order of the page's own kind."""
    book = setting.book
    row = book.sections if page in book.sections else book.about
    at = row.index(page) if page in row else 0
    links = [_link(each, setting.addresses, book.edition.tag) for each in row]
    return {
        "before": links[at - 1] if at > 0 else None,
        "after": links[at + 1] if at + 1 < len(links) else None,
    }
