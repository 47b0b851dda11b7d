"""What readers get: choosers, pages, old addresses, print; no cookies, safe headers."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html

from welcome.editions import current
from welcome.editions.models import Artifact, ArtifactKind
from welcome.packs import access, versions
from welcome.phrases import catalogues
from welcome.web.headers import HEADERS

PDF = b"%PDF-1.7 and so on"
PRINT = "/-/print/town/ur/"
PUBLIC = (
    *("/", "/robots.txt", "/en/", "/ur/doctor/", "/en/manifest.json", "/nowhere"),
    *("/-/languages/", "/-/languages/doctor/?from=ur", "/ur/nothing/", "/ur/"),
    *("/-/static/css/reading.css", PRINT, "/-/print/town/pl/", "/en/p/other/x/"),
)


@pytest.fixture
def client(reader):
    return reader


@pytest.fixture
def readdress(session, pack, freeze, now):
    """Give the doctor's page another address in the next English edition."""
    page = access.get_page(session, pack, "doctor")
    draft = replace(versions.draft_of(versions.head(session, page)), slug="see-a-gp")
    versions.save(session, page, draft, based_on=1, actor=None, now=now)
    freeze(now + timedelta(hours=1), "en")


@pytest.fixture
def printed(session, pack, settings, published, now):
    """A print as the worker leaves it."""
    edition = current.find_current(session, pack, "ur")
    path = f"{current.folder_of('town', 'ur', 1)}.pdf"
    (settings.editions / path).write_bytes(PDF)
    digest = hashlib.sha256(PDF).hexdigest()
    artifact = Artifact(
        edition_id=edition.id,
        kind=ArtifactKind.PRINT,
        path=path,
        size=len(PDF),
        sha256=digest,
        fingerprint=digest,
        made_at=now,
    )
    session.add(artifact)
    session.commit()


def links(answer):
    page = html.document_fromstring(answer.get_data(as_text=True))
    return page.xpath("//main//ul//a/@href")


def language(answer):
    page = html.document_fromstring(answer.get_data(as_text=True))
    return page.get("lang"), page.get("dir")


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


@pytest.mark.parametrize(
    "asked",
    [
        '/-/languages/"><script>alert(1)<~script>/',
        "/-/languages/doctor/?from=<script>alert(1)</script>",
        "/-/languages/doctor/?from=../../x",
        "/-/languages/%2F%2Fevil.example/",
        "/-/languages/javascript:alert(1)/",
    ],
)
def test_what_stands_in_an_address_does_no_harm(client, published, asked):
    answer = client.get(asked)
    assert answer.status_code in {200, 308, 404}
    assert answer.headers.get("Location", "/")[:2] != "//"
    text = answer.get_data(as_text=True)
    assert "<script>alert" not in text
    if answer.status_code == 200:
        assert all(link.startswith(("/en/", "/ur/")) for link in links(answer))


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


def test_the_foot_links_the_pack_s_own_pages_about_itself(client, published):
    for address in ("/-/languages/", "/nowhere/"):
        page = html.document_fromstring(client.get(address).get_data(as_text=True))
        (link,) = page.xpath("//footer//a")
        assert (link.get("href"), link.text) == ("/en/privacy/", "Your privacy")


def test_an_unknown_pack_has_no_language_page(client, published):
    assert client.get("/-/languages/?pack=village").status_code == 404


def test_a_page_is_the_editions_own(client, published):
    answer = client.get("/en/doctor/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].replace('"', "") == "text/html; charset=utf-8"
    assert "01632 960001" in answer.get_data(as_text=True)
    assert client.get("/en/doctor").status_code in {301, 302, 308}
    assert client.get("/pl/").status_code == 404


def test_an_old_address_leads_to_the_new_one(client, published, readdress):
    answer = client.get("/en/doctor/")
    assert (answer.status_code, answer.location) == (301, "/en/see-a-gp/")
    assert client.get(answer.location).status_code == 200
    # Readers of Urdu still have the edition with the old address.
    assert client.get("/ur/doctor/").status_code == 200
    answer = client.get("/ur/see-a-gp/")
    assert (answer.status_code, answer.location) == (302, "/ur/doctor/")


def test_pages_name_each_other_by_what_each_edition_calls_them(
    client, published, readdress, freeze, now
):
    def named(address):
        page = html.document_fromstring(client.get(address).get_data(as_text=True))
        whole = page.xpath("//link[@hreflang]/@href")
        return {each.removeprefix("https://welcome.example.org") for each in whole}

    assert named("/en/see-a-gp/") == {"/en/see-a-gp/", "/ur/doctor/"}
    for each in named("/en/see-a-gp/") | named("/en/") | named("/en/safety/"):
        assert client.get(each).status_code == 200
    freeze(now + timedelta(hours=2), "ur")
    assert named("/ur/see-a-gp/") == {"/en/see-a-gp/", "/ur/see-a-gp/"}


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


@pytest.mark.parametrize("asked", PUBLIC)
def test_readers_get_no_cookie_and_safe_headers(client, published, asked):
    answer = client.get(asked)
    assert answer.status_code < 600
    assert "Set-Cookie" not in answer.headers
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Server" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "asked", ["/en/doctor/", "/ur/", "/-/static/css/reading.css", "/robots.txt"]
)
def test_asking_for_the_head_gives_the_head(client, published, asked):
    whole, head = client.get(asked), client.head(asked)
    assert head.status_code == whole.status_code == 200
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert head.headers.get("ETag") == whole.headers.get("ETag")


def test_what_one_has_is_not_sent_again(client, published, readdress):
    first = client.get("/en/safety/")
    asked = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/en/safety/", headers=asked)
    assert (again.status_code, again.data) == (304, b"")
    assert "max-age=0" in first.headers["Cache-Control"]
    # The page of another edition with other words is another page.
    other = client.get("/en/privacy/", headers=asked)
    assert other.status_code == 200


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_pages_are_packed_before_they_are_asked_for(client, published, coding):
    answer = client.get("/ur/doctor/", headers={"Accept-Encoding": coding})
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert len(answer.data) < len(client.get("/ur/doctor/").data)


@pytest.mark.parametrize(
    "asked",
    [
        *("/en/../../secrets.toml", "/en/%2e%2e/%2e%2e/secrets.toml", "/../secrets.toml"),
        *("/en/..%2f..%2fsecrets.toml", "/en/%252e%252e/secrets.toml", "//etc/passwd"),
        *("/-/static/../../config.py", "/-/static/%2e%2e/app.py", "/-/static//etc/passwd"),
        *("/-/static/..%5capp.py", "/-/static/", "/-/static/css/", "/-/static/css"),
        *("/town/en/1/index.html", "/town/en/1/", "/editions/town/en/1/", "/en/1/"),
        *("/en/doctor/..", "/en/doctor/%00", "/en/doctor/\\..\\..\\secrets.toml"),
        *("/-/print/../town/en/", "/-/print/town/../../secrets.toml/", "/.git/config"),
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_editions(client, published, settings, asked):
    settings.instance.mkdir(exist_ok=True)
    (settings.instance / "secrets.toml").write_text('session = "never told"')
    answer = client.get(asked)
    assert answer.status_code in {301, 302, 308, 400, 404, 405}
    assert b"never told" not in answer.data
    assert b"root:" not in answer.data
    assert answer.headers.get("Location", "/")[:2] != "//"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_readers_pages_are_only_read(client, published, method):
    for asked in ("/", "/en/doctor/", "/-/languages/", PRINT):
        assert client.open(asked, method=method).status_code in {400, 404, 405}


def test_the_print_is_promised_and_then_handed_out(client, published, request):
    waiting = client.get(PRINT)
    assert waiting.status_code == 503
    assert int(waiting.headers["Retry-After"]) > 0
    assert language(waiting) == ("ur", "rtl")
    request.getfixturevalue("printed")
    answer = client.get(PRINT)
    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Language"] == "ur"
    assert "town-ur-1.pdf" in answer.headers["Content-Disposition"]
    answer.close()


def test_a_print_one_has_is_not_sent_again(client, printed):
    with client.get(PRINT) as whole:
        asked = {"If-None-Match": whole.headers["ETag"]}
    with client.get(PRINT, headers=asked) as again:
        assert (again.status_code, again.data) == (304, b"")
    with client.get(PRINT, headers={"Range": "bytes=0-3"}) as part:
        assert (part.status_code, part.data) == (206, b"%PDF")
    with client.head(PRINT) as head:
        assert head.headers["Content-Length"] == str(len(PDF))


def test_nothing_is_printed_of_what_is_not_published(client, published):
    for asked in ("/-/print/town/pl/", "/-/print/town/xx/", "/-/print/village/en/"):
        assert client.get(asked).status_code == 404


@pytest.mark.parametrize(("asked", "home"), [("/ur/nothing/", "/ur/"), ("/xx/", None)])
def test_what_is_missing_is_told_in_the_manner_of_readers_pages(
    client, published, asked, home
):
    answer = client.get(asked, headers={"Accept-Language": "ur"})
    page = html.document_fromstring(answer.get_data(as_text=True))
    assert answer.status_code == 404
    assert page.xpath("string(//header//a)") == "Town"
    assert page.xpath("//main//a/@href") == [*([home] if home else []), "/"]
    styles = page.xpath("//link[@rel='stylesheet']/@href")
    assert [each for each in styles if "govuk" in each] == []
