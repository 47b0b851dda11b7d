"""The web pages of an edition: laws, budget, folders that never change."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import brotli
import pytest
from lxml import html
from sqlmodel import Session, select

from tests.editions.conftest import Translate, change_page, current_of
from tests.page_laws import obey
from welcome import locales
from welcome.config import Settings
from welcome.editions import look, web_edition
from welcome.editions.errors import FolderTaken
from welcome.locales.typography import css
from welcome.packs import facts
from welcome.packs.models import Fact, Pack
from welcome.translation.models import Origin, TargetState

# What fits into a server's first answers before it waits for the phone.
ROUND_TRIP = 14 * 1024

Ordered = Callable[..., object]


def folder_of(settings: Settings, tag: str, number: int = 1) -> Path:
    return settings.editions / "town" / tag / str(number)


def page_of(settings: Settings, tag: str, name: str = "", number: int = 1) -> str:
    file = f"pages/{name}.html" if name else "index.html"
    return (folder_of(settings, tag, number) / file).read_text("utf-8")


def packed(content: bytes) -> int:
    return len(brotli.compress(content, quality=5))


@pytest.fixture
def published(order: Ordered, translate: Translate) -> None:
    """English, Arabic half reviewed, Urdu by machine, Polish not begun."""
    translate("ar", "start", "doctor", "privacy")
    translate("ur", state=TargetState.TRANSLATED, origin=Origin.MACHINE)
    order("en", "ar", "ur", "pl")


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("tag", ["en", "ar", "ur", "pl"])
@pytest.mark.parametrize("name", ["", "doctor", "safety", "privacy"])
def test_pages_obey_the_laws_and_the_budget(
    settings: Settings, tag: str, name: str
) -> None:
    text = page_of(settings, tag, name)
    page = obey(text)

    assert page.get("lang") == tag
    assert page.get("dir") == locales.get(tag).direction
    assert page.xpath("//script") == []
    weight = packed(text.encode()) + sum(
        packed(look.static_file(style).read_bytes()) for style in look.STYLES
    )
    assert weight <= ROUND_TRIP


@pytest.mark.usefixtures("published")
def test_every_link_leads_to_a_page_or_a_room_of_the_site(settings: Settings) -> None:
    folder = folder_of(settings, "ar")
    for file in folder.rglob("*.html"):
        page = html.document_fromstring(file.read_text("utf-8"))
        for address in page.xpath("//a/@href"):
            if address.startswith(("tel:", "#")):
                continue
            if address.startswith("/-/"):
                assert address.startswith(("/-/languages/", "/-/print/town/ar/"))
                continue
            tag, _, rest = address.strip("/").partition("/")
            assert page_of(settings, tag, rest), address


@pytest.mark.usefixtures("published")
def test_what_is_not_ready_is_announced_and_marked_as_english(
    settings: Settings,
) -> None:
    page = html.document_fromstring(page_of(settings, "ar", "safety"))

    (article,) = page.xpath("//article")
    (note,) = page.xpath("//p[contains(@class, 'note')]")
    assert (article.get("lang"), article.get("dir")) == ("en", "ltr")
    assert article.findtext("h1") == "If you are not safe"
    assert article.getprevious() is note


@pytest.mark.usefixtures("published")
def test_high_risk_by_machine_never_reaches_readers(settings: Settings) -> None:
    assert "آج" in page_of(settings, "ur", "doctor")
    assert "آج" not in html.document_fromstring(
        page_of(settings, "ur", "safety")
    ).xpath("string(//article)")


@pytest.mark.usefixtures("published")
def test_stamps_tell_who_checked_or_that_nobody_did(settings: Settings) -> None:
    def stamp(tag: str, name: str) -> str:
        page = html.document_fromstring(page_of(settings, tag, name))
        return " ".join(page.xpath("string(//p[contains(@class, 'stamp')])").split())

    assert "Community association" in stamp("ar", "doctor")
    assert "Town cohesion team" in stamp("en", "doctor")
    unchecked = html.document_fromstring(page_of(settings, "ur", "doctor"))
    assert unchecked.xpath("//p[@class='stamp unchecked']//a/@href") == ["/en/doctor/"]


@pytest.mark.usefixtures("published")
def test_the_start_page_leads_with_the_urgent_numbers(settings: Settings) -> None:
    page = html.document_fromstring(page_of(settings, "ar"))

    assert page.xpath("//ul[@class='urgent']//a/@href") == ["tel:999"]
    assert page.xpath("//ul[@class='urgent']//span/text()") == ["طوارئ"]
    assert page.xpath("//ul[@class='needs']//a/@href") == ["/ar/doctor/", "/ar/safety/"]
    assert page.xpath("//footer//li/a/@href") == ["/ar/privacy/"]


def test_an_urgent_number_is_dialled_as_phones_dial_it(
    session: Session, pack: Pack, order: Ordered, settings: Settings
) -> None:
    fact = session.exec(select(Fact).where(Fact.name == "emergency")).one()
    fact.value = "+44 (0)20 7946 0000"
    order("en")

    page = html.document_fromstring(page_of(settings, "en"))
    assert page.xpath("//ul[@class='urgent']//a/@href") == ["tel:+442079460000"]


def test_an_urgent_number_is_never_an_older_one(
    session: Session, pack: Pack, order: Ordered, settings: Settings, now: datetime
) -> None:
    fact = session.exec(select(Fact).where(Fact.name == "emergency")).one()
    fact.values = {"ar": "999"}
    session.commit()
    change = {"value": "0300 123 9999"}
    facts.change_fact(session, fact, change, revision=1, actor=None, now=now)
    order("ar")

    page = html.document_fromstring(page_of(settings, "ar"))
    assert page.xpath("//ul[@class='urgent']//a/@href") == ["tel:03001239999"]


@pytest.mark.usefixtures("published")
def test_pages_name_their_other_languages(settings: Settings) -> None:
    page = html.document_fromstring(page_of(settings, "pl", "doctor"))
    site_url = settings.site_url

    named = dict(
        zip(
            page.xpath("//link[@hreflang]/@hreflang"),
            page.xpath("//link[@hreflang]/@href"),
            strict=True,
        )
    )
    assert named == {
        tag: f"{site_url}/{tag}/doctor/" for tag in ("en", "ar", "ur", "pl")
    }
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{site_url}/pl/doctor/"]
    assert page.xpath("//a[@class='pill']/@href") == ["/-/languages/doctor/?from=pl"]


def test_another_pack_stands_beside_the_default_one(
    session: Session, pack: Pack, order: Ordered, settings: Settings
) -> None:
    pack.is_default = False
    order("en")

    page = html.document_fromstring(page_of(settings, "en", "doctor"))
    assert page.xpath("//a[@class='brand']/@href") == ["/en/p/town/"]
    pill = page.xpath("//a[@class='pill']/@href")
    assert pill == ["/-/languages/doctor/?from=en&pack=town"]


@pytest.mark.usefixtures("published")
def test_packed_forms_hold_the_same_page(settings: Settings) -> None:
    for file in folder_of(settings, "ur").rglob("*.html"):
        content = file.read_bytes()
        assert brotli.decompress(Path(f"{file}.br").read_bytes()) == content
        assert gzip.decompress(Path(f"{file}.gz").read_bytes()) == content


def test_unchanged_pages_are_linked_and_equal_what_rendering_gives(
    session: Session,
    pack: Pack,
    now: datetime,
    order: Ordered,
    settings: Settings,
    tmp_path: Path,
) -> None:
    order("en")
    change_page(session, pack, "doctor", "A new paragraph.", now)
    order("en")

    old, new = folder_of(settings, "en"), folder_of(settings, "en", 2)
    linked = {
        each.relative_to(new).as_posix()
        for each in new.rglob("*.html")
        if each.samefile(old / each.relative_to(new))
    }
    assert linked == {"pages/safety.html", "pages/privacy.html"}
    anew = web_edition.build(session, current_of(session, "en"), tmp_path)
    assert anew.sha256 == _manifest_print(new)
    manifest = json.loads((new / "manifest.json").read_text())
    assert set(manifest["files"]) == {
        each.relative_to(new).as_posix()
        for each in new.rglob("*")
        if each.is_file() and each.name != "manifest.json"
    }


def _manifest_print(folder: Path) -> str:
    return web_edition.fingerprints.of_bytes((folder / "manifest.json").read_bytes())


def test_a_folder_never_changes(
    session: Session, pack: Pack, order: Ordered, settings: Settings
) -> None:
    order("en")
    before = {
        each: each.read_bytes()
        for each in folder_of(settings, "en").rglob("*")
        if each.is_file()
    }
    edition = current_of(session, "en")

    # Writing the same again is harmless; writing another over it is refused.
    web_edition.build(session, edition, settings.editions)
    edition.furniture = {**edition.furniture, "site_url": "https://other.example.org"}
    with pytest.raises(FolderTaken):
        web_edition.build(session, edition, settings.editions)

    assert {each: each.read_bytes() for each in before} == before


def test_a_place_has_its_own_colour_without_inline_style(
    session: Session, pack: Pack, order: Ordered, settings: Settings
) -> None:
    pack.place = {**pack.place, "colour": "#7a1fa2"}
    order("en")

    page = html.document_fromstring(page_of(settings, "en"))
    (address,) = page.xpath("//link[contains(@href, 'place-')]/@href")
    style = (folder_of(settings, "en") / address.removeprefix("/en/")).read_text()
    assert "--place:#7a1fa2" in style


def test_leading_belongs_to_every_element_with_a_language() -> None:
    tokens = look.static_file("vendor/tokens.css").read_text("utf-8")
    for locale in locales.every():
        assert locale.line_height >= 1.5
    assert css([locales.get("ur")], "web")
    assert re.search(r":lang\(ur\)[^{]*\[lang\][^{]*\{[^}]*--leading: ?2\.3", tokens)
