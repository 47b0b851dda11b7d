"""In whose language readers are met, and how they go from one to another."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html

from tests.web.reading import language, links
from welcome.packs import access, versions
from welcome.phrases import catalogues


@pytest.fixture
def client(reader):
    return reader


def test_the_root_lets_one_choose_in_ones_own_order(client, published):
    answer = client.get("/", headers={"Accept-Language": "ur-PK,en;q=0.5"})
    assert answer.status_code == 200
    assert links(answer) == ["/ur/", "/en/"]
    assert language(answer) == ("ur", "rtl")
    assert "Accept-Language" in answer.headers["Vary"]
    assert "private" in answer.headers["Cache-Control"]
    assert links(client.get("/", headers={"Accept-Language": "en"})) == ["/en/", "/ur/"]


def test_before_the_first_edition_the_root_says_so(client, pack):
    answer = client.get("/")
    assert answer.status_code == 200
    assert links(answer) == []
    assert "Nothing has been published here yet." in answer.get_data(as_text=True)


def test_the_language_page_keeps_the_page_one_was_on(client, published):
    answer = client.get("/-/languages/doctor/?from=ur")
    assert set(links(answer)) == {"/ur/doctor/", "/en/doctor/"}
    assert 'aria-current="true"' in answer.get_data(as_text=True)
    assert language(answer) == ("ur", "rtl")
    for each in links(answer):
        assert client.get(each).status_code == 200


def test_where_a_language_lacks_the_page_its_start_page_is_offered(
    session, pack, client, published, freeze, now
):
    text = versions.PageDraft("bus", "Bus", "Go by bus.", position=3)
    versions.add_page(session, pack, "bus", text, actor=None, now=now)
    freeze(now + timedelta(hours=1), "en")
    listed = set(links(client.get("/-/languages/bus/?from=en")))
    assert listed == {"/en/bus/", "/ur/"}
    assert {client.get(each).status_code for each in listed} == {200}


def test_a_page_is_the_same_page_under_another_address(client, published, readdress):
    wanted = {"/en/see-a-gp/", "/ur/doctor/"}
    assert set(links(client.get("/-/languages/doctor/?from=ur"))) == wanted
    assert set(links(client.get("/-/languages/see-a-gp/?from=en"))) == wanted


def test_a_start_page_by_any_name_leads_to_start_pages(
    session, pack, client, published, freeze, now
):
    page = access.get_page(session, pack, "start")
    draft = replace(versions.draft_of(versions.head(session, page)), slug="hello")
    versions.save(session, page, draft, based_on=1, actor=None, now=now)
    freeze(now + timedelta(hours=1), "en", "ur")
    listed = links(client.get("/-/languages/hello/?from=ur"))
    assert set(listed) == {"/en/", "/ur/"}
    for old in ("start", "hello"):
        assert client.get(f"/ur/{old}/").location == "/ur/"


def test_an_unknown_pack_has_no_language_page(client, published):
    assert client.get("/-/languages/?pack=village").status_code == 404


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/ur/nothing/", ("ur", "rtl")),
        ("/ar/nothing/", ("ar", "rtl")),
        ("/pl/nothing/", ("pl", "ltr")),
        ("/uk/nothing/", ("uk", "ltr")),
        ("/pa/nothing/", ("pa", "ltr")),
        # Nobody works in these, but people read them.
        ("/ti/nothing/", ("ti", "ltr")),
        ("/zh-Hant/nothing/", ("zh-Hant", "ltr")),
        ("/prs/nothing/", ("prs", "rtl")),
        ("/pa-Arab/p/other/nothing/", ("pa-Arab", "rtl")),
        ("/en/nothing/", ("en", "ltr")),
        ("/xx/nothing/", ("pl", "ltr")),
        ("/a/b/c/d", ("pl", "ltr")),
    ],
)
def test_what_is_not_there_is_said_in_the_readers_language(
    client, published, asked, told
):
    answer = client.get(asked, headers={"Accept-Language": "pl"})
    assert answer.status_code == 404
    assert language(answer) == told
    for english in ("did not work", "There is no page", "Choose your language"):
        assert (english in answer.text) == (told[0] == "en")


@pytest.mark.parametrize(
    ("liked", "told"),
    [
        ("ti", ("ti", "ltr")),
        ("zh-HK,en;q=0.5", ("zh-Hant-HK", "ltr")),
        ("fa-AF", ("prs", "rtl")),
        ("uk;q=0.9,ru;q=0.8", ("uk", "ltr")),
        ("xx", ("en", "ltr")),
    ],
)
@pytest.mark.parametrize(
    "asked", ["/", "/-/languages/doctor/", "/nowhere/", "/a/b/c/d"]
)
def test_whoever_comes_without_a_language_is_met_in_the_one_they_like(
    client, published, asked, liked, told
):
    answer = client.get(asked, headers={"Accept-Language": liked})
    assert language(answer) == told
    for english in ("Choose your language", "There is no page", "For staff"):
        assert told[0] == "en" or english not in answer.text


def test_a_reader_who_changes_the_language_is_asked_in_their_own(client, published):
    answer = client.get("/-/languages/doctor/?from=ckb")
    assert language(answer) == ("ckb", "rtl")
    assert "زمانەکەت هەڵبژێرە" in answer.text


@pytest.mark.parametrize("tag", ["ti", "zh-Hant"])
def test_readers_are_told_in_their_language_that_the_print_is_being_made(
    client, session, pack, freeze, now, tag
):
    pack.locales = [*pack.locales, tag]
    session.add(pack)
    freeze(now, "en", tag)
    answer = client.get(f"/-/print/town/{tag}/")
    assert answer.status_code == 503
    assert language(answer)[0] == tag
    assert "being made" not in answer.text
    assert catalogues.phrase(tag, "The printed pack is being made") in answer.text


def test_staff_are_met_in_a_language_whose_phrases_are_whole(client, published):
    answer = client.get("/-/account/login", headers={"Accept-Language": "ti,pl;q=0.5"})
    assert language(answer) == ("pl", "ltr")


@pytest.mark.parametrize(
    "asked", ["/-/print/nope/ar/", "/-/print/town/xx/", "/-/languages/?pack=nope"]
)
def test_readers_are_never_sent_to_the_staff_s_door(client, published, asked):
    answer = client.get(asked)
    page = html.document_fromstring(answer.get_data(as_text=True))
    assert answer.status_code == 404
    assert page.xpath("//main//a/@href") == ["/"]
