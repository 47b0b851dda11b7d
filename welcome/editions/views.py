"""What the templates are given for each page of a web edition: plain values."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from welcome.editions import fingerprints
from welcome.editions.addresses import Addresses, addresses_of
from welcome.editions.book import NEEDS, Book, BookPage
from welcome.editions.dialling import dialled
from welcome.editions.look import icon_address, shapes, style_addresses
from welcome.editions.models import Standing
from welcome.editions.place_colours import style_name
from welcome.locales import Locale
from welcome.locales.formats import display_name, format_date

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
    # Of the shared part, so that each page's own is soon told.
    fingerprint: str
    # By position: the page before and the page after.
    neighbours: dict[int, tuple[Any, Any]]


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
        "favicon": icon_address(),
        "about": [_link(page, addresses, tag) for page in book.about],
        "source": {**_words(book.source), "name": book.source.autonym},
        "source_name": _named(book.source, book.locale),
        "icons": {name: shapes(name) for name in FURNITURE_ICONS},
    }
    neighbours = {
        **_neighbours(book.sections, addresses, tag),
        **_neighbours(book.about, addresses, tag),
    }
    mark = fingerprints.of([shared, book.furniture])
    return Setting(book, addresses, shared, mark, neighbours)


def view(setting: Setting, page: BookPage) -> dict[str, Any]:
    """Give what one page's template needs beside the shared part and the body."""
    addresses, tag = setting.addresses, setting.book.edition.tag
    path = addresses.page(tag, page)
    return {
        "path": path,
        "canonical": addresses.absolute(path),
        "alternates": _alternates(setting, page),
        "languages": addresses.languages(tag, page),
        "original": _original(setting, page),
        **words_of(page, setting.book.locale),
        **(_start(setting) if page.is_start else _section(setting, page)),
    }


def key(setting: Setting, page: BookPage) -> str:
    """Fingerprint all that a page's HTML is made of; far cheaper than making it."""
    book = setting.book
    own = [setting.fingerprint, page.fingerprint, page.slug]
    if page.is_start:
        rows = [[each.fingerprint, each.slug, each.icon] for each in book.pages]
        return fingerprints.of([own, book.edition.number, book.published_on, rows])
    return fingerprints.of([own, setting.neighbours.get(page.position)])


def words_of(page: BookPage, locale: Locale) -> dict[str, Any]:
    """Give a page's title and summary, and what its stamp says."""
    return {
        "title": page.title,
        "summary": page.summary,
        "words": _words(page.words),
        "checked": {
            "standing": page.standing.value,
            "is_machine": page.is_machine,
            "who": naming(page.checked_by),
            "date": format_date(locale, page.checked_on) if page.checked_on else "",
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


def _named(locale: Locale, reader: Locale) -> dict[str, Any]:
    """Name a language for readers of another, or by itself where they have no word."""
    name = display_name(reader, locale)
    words = reader if name else locale
    return {"text": name or locale.autonym, "words": _words(words)}


def _styles(book: Book, addresses: Addresses) -> list[str]:
    styles = list(style_addresses())
    own = style_name(str(book.place.get("colour", "")))
    if own:
        styles.append(addresses.home(book.edition.tag) + own)
    return styles


def _alternates(setting: Setting, page: BookPage) -> list[tuple[str, str]]:
    """Give the page's whole address in each locale that has it."""
    tags = setting.book.furniture["alternates"]
    found = ((tag, _address_in(setting, tag, page)) for tag in tags)
    return [(tag, setting.addresses.absolute(path)) for tag, path in found if path]


def _original(setting: Setting, page: BookPage) -> str:
    """Say where the page stands in the source language, if readers have that."""
    tag = setting.book.source.tag
    is_there = tag in setting.book.furniture["alternates"]
    return _address_in(setting, tag, page) if is_there else ""


def _address_in(setting: Setting, tag: str, page: BookPage) -> str:
    """Say where a page stands in a locale, or nothing where it has none."""
    others = setting.book.furniture["elsewhere"].get(tag, {})
    slug = others.get(page.slug, page.slug)
    return setting.addresses.at(tag, "" if page.is_start else slug) if slug else ""


def _link(page: BookPage, addresses: Addresses, tag: str) -> dict[str, Any]:
    return {
        "title": page.title,
        "href": addresses.page(tag, page),
        "words": _words(page.words),
    }


def _start(setting: Setting) -> dict[str, Any]:
    book = setting.book
    return {
        "urgent": [
            {**call, "address": dialled(call["value"])}
            for call in book.furniture["urgent"]
        ],
        "needs": [
            {"need": need, "pages": [_row(setting, page) for page in pages]}
            for need in NEEDS
            if (pages := book.in_group(need))
        ],
        "number": book.edition.number,
        "published_on": book.published_on,
    }


def _row(setting: Setting, page: BookPage) -> dict[str, Any]:
    return {
        **_link(page, setting.addresses, setting.book.edition.tag),
        "summary": page.summary,
        "is_not_yet": page.standing is Standing.NOT_YET,
        "icon": shapes(page.icon),
    }


def _section(setting: Setting, page: BookPage) -> dict[str, Any]:
    before, after = setting.neighbours.get(page.position, (None, None))
    return {"before": before, "after": after}


def _neighbours(
    row: tuple[BookPage, ...], addresses: Addresses, tag: str
) -> dict[int, tuple[Any, Any]]:
    """Give each page of a row the links to the one before and the one after."""
    links = [None, *(_link(page, addresses, tag) for page in row), None]
    return {page.position: (links[at], links[at + 2]) for at, page in enumerate(row)}
