"""What an edition itself says is in the reader's language, in locales nobody works in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import regex
from lxml import html
from lxml.html import HtmlElement
from sqlmodel import Session

from tests.editions.conftest import Translate, current_of
from tests.page_laws import obey
from welcome import locales
from welcome.config import Settings
from welcome.editions import site
from welcome.editions.print import document
from welcome.packs.models import Pack
from welcome.phrases import catalogues
from welcome.translation.models import Origin, TargetState

TAGS = ("ti", "zh-Hant")
# Beside the stamp, the bar and the foot: all that is said around a page's own words.
PLACES = ("index", "pages/doctor", "pages/safety", "pages/privacy")
STANDINGS = {
    "pages/doctor": "A computer translated this page. Nobody has checked it yet.",
    "pages/safety": "This page is not in your language yet. We show it as it was written.",
}
LATIN = regex.compile(r"\p{Latin}+")
KEPT = {"PDF"}

Ordered = Callable[..., object]


@pytest.fixture
def published(
    session: Session, pack: Pack, order: Ordered, translate: Translate
) -> None:
    """The start page accepted, the doctor's by machine, safety not begun."""
    pack.locales = [*pack.locales, *TAGS]
    session.add(pack)
    session.commit()
    for tag in TAGS:
        translate(tag, "start")
        translate(tag, "doctor", state=TargetState.TRANSLATED, origin=Origin.MACHINE)
    order("en", *TAGS)


def said_in(element: HtmlElement, tag: str) -> Iterator[str]:
    """Every word that a page gives out as this language, names left out."""
    if element.get("lang", tag) != tag or element.tag in ("bdi", "style", "svg"):
        return
    yield element.text or ""
    yield element.get("aria-label") or ""
    for each in element:
        if isinstance(each.tag, str):
            yield from said_in(each, tag)
        yield each.tail or ""


def foreign_in(page: HtmlElement, tag: str) -> set[str]:
    body = page.find("body")
    assert body is not None
    return set(LATIN.findall(" ".join(said_in(body, tag)))) - KEPT


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("place", PLACES)
def test_pages_say_nothing_of_their_own_in_english(
    settings: Settings, tag: str, place: str
) -> None:
    file = settings.editions / "town" / tag / "1" / f"{place}.html"
    page = obey(file.read_text("utf-8"))
    assert foreign_in(page, tag) == set()
    for shown in (*page.find_class("bar"), *page.find_class("pack")):
        assert shown.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") == tag
    told = STANDINGS.get(place)
    if told:
        stamps = [*page.find_class("note"), *page.find_class("unchecked")]
        assert [
            each.text_content().startswith(catalogues.phrase(tag, told))
            for each in stamps
        ] == [True]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("tag", TAGS)
def test_print_says_nothing_of_its_own_in_english(session: Session, tag: str) -> None:
    page = html.document_fromstring(document.html(session, current_of(session, tag)))
    assert foreign_in(page, tag) == set()
    for told in STANDINGS.values():
        assert page.xpath(
            "//p[@lang=$tag and .=$said]", tag=tag, said=catalogues.phrase(tag, told)
        )


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("tag", TAGS)
def test_the_exported_way_to_the_print_is_in_the_readers_language(
    session: Session, settings: Settings, tmp_path: Path, tag: str
) -> None:
    site.export(session, settings.editions, tmp_path / "out")
    file = tmp_path / "out" / "-" / "print" / "town" / tag / "index.html"
    page = obey(file.read_text("utf-8"))
    assert page.get("lang") == tag
    assert foreign_in(page, tag) == set()


@pytest.mark.parametrize("locale", locales.every(), ids=lambda each: each.tag)
def test_every_locale_says_when_a_page_is_not_in_it_yet(locale: locales.Locale) -> None:
    said = {catalogues.phrase(locale.tag, told) for told in STANDINGS.values()}
    assert said.isdisjoint(STANDINGS.values()) == (locale.tag != "en")
