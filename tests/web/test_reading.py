"""What readers get: choosers, pages, old addresses, print; no cookies, safe headers."""

import hashlib
from datetime import timedelta

import pytest
from lxml import html

from tests.web.reading import language, links
from welcome.editions import current
from welcome.editions.models import Artifact, ArtifactKind
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


def test_the_foot_links_the_pack_s_own_pages_about_itself(client, published):
    for address in ("/-/languages/", "/nowhere/"):
        page = html.document_fromstring(client.get(address).get_data(as_text=True))
        (link,) = page.xpath("//footer//a")
        assert (link.get("href"), link.text) == ("/en/privacy/", "Your privacy")


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
