"""Files that Flask is never asked for: their headers, their forms, and damage on disk."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import brotli
import pytest
from lxml import html

from welcome.app import create_app
from welcome.editions import current
from welcome.web.headers import HEADERS

PAGE = "/en/doctor/"
ASSET = "/-/static/css/reading.css"
FORMS = ("", "gzip", "br")


def ask(reader, form="", seen=None, **more):
    headers = {"Accept-Encoding": form, **more}
    if seen is not None:
        headers["If-None-Match"] = seen
    return reader.get(PAGE, headers=headers)


@pytest.mark.parametrize(
    ("method", "asked", "headers", "code"),
    [
        ("GET", "/en/doctor", {}, 302),
        ("HEAD", "/en", {}, 302),
        ("POST", PAGE, {}, 405),
        ("POST", ASSET, {}, 405),
        ("GET", PAGE, {"Range": "bytes=9999999-"}, 416),
        ("GET", PAGE, {"Range": "bytes=0-9"}, 206),
        ("GET", ASSET, {"If-None-Match": "*"}, 304),
        ("GET", "/-/", {}, 302),
        ("GET", "/-/writing", {}, 308),
        ("GET", "/nowhere", {}, 308),
        ("GET", "/nowhere/", {}, 404),
        ("GET", "/-/account/new-password/worn", {}, 302),
        ("TRACE", "/-/", {}, 405),
    ],
)
def test_every_answer_carries_the_headers(
    reader, published, method, asked, headers, code
):
    answer = reader.open(asked, method=method, headers=headers)
    assert answer.status_code == code
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert len(answer.headers.getlist("Content-Security-Policy")) == 1


def test_what_one_has_already_carries_them_too(reader, published):
    answer = ask(reader, seen=ask(reader).headers["ETag"])
    assert answer.status_code == 304
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_each_form_of_a_page_has_a_name_of_its_own(reader, published):
    answers = [ask(reader, form) for form in FORMS]
    assert [a.headers.get("Content-Encoding", "") for a in answers] == list(FORMS)
    assert len({a.headers["ETag"] for a in answers}) == len(FORMS)
    assert {a.headers["Vary"] for a in answers} == {"Accept-Encoding"}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_one_has_is_not_sent_again_and_another_is(reader, published, form):
    names = {each: ask(reader, each).headers["ETag"] for each in FORMS}
    for each in FORMS:
        answer = ask(reader, form, names[each])
        assert answer.status_code == (304 if each == form else 200)
        assert answer.headers["ETag"] == names[form]
        assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("said", ["{0}", '"x", {0}', "W/{0}", '"y",W/{0}, "z"', "*"])
def test_a_name_is_found_in_every_way_it_may_be_said(reader, published, said):
    name = ask(reader, "br").headers["ETag"]
    assert ask(reader, "br", said.format(name)).status_code == 304


@pytest.mark.parametrize("said", ['"x"', "", "nonsense", 'W/"x", "y"'])
def test_another_name_gets_the_page(reader, published, said):
    assert ask(reader, "br", said).status_code == 200


def test_a_moment_alone_does_not_make_a_page_the_same(reader, published):
    """After going back to an earlier edition the newer page has the later moment."""
    later = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    assert ask(reader, **later).status_code == 200


def test_a_part_is_sent_only_of_the_form_it_was_begun_in(reader, published):
    plain, packed = (ask(reader, form).headers["ETag"] for form in ("", "br"))
    part = {"Range": "bytes=0-3"}
    assert ask(reader, **part, **{"If-Range": plain}).status_code == 206
    assert ask(reader, **part, **{"If-Range": packed}).status_code == 200


@pytest.fixture
def folder(session, pack, settings, published):
    """Where the English edition lies."""
    edition = current.find_current(session, pack, "en")
    session.commit()
    return settings.editions / current.folder_of("town", "en", edition.number)


def look_again(app):
    """See the editions as a server does that has just started."""
    files = app.extensions["welcome.editions"]
    files.seen, files.files = (), {}
    files.refresh()


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b'{"files": 3}', b'{"files": {"a": 1}}', b"\xff",
     b'{"other": {}}'],
)  # fmt: skip
def test_a_damaged_manifest_takes_nothing_from_readers(
    app, reader, folder, damage, caplog
):
    (folder / "manifest.json").write_bytes(damage)
    look_again(app)
    for asked in (PAGE, "/ur/doctor/", "/"):
        assert reader.get(asked).status_code == 200
    assert "town/en/1" in caplog.text
    assert ask(reader, "br").headers["ETag"] != ask(reader, "gzip").headers["ETag"]


# The library walks the folder and leaves its walk open where it stumbles.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_folder_that_cannot_be_read_takes_nothing_else_from_readers(
    app, reader, folder
):
    (folder / "loop").symlink_to(folder / "loop")
    look_again(app)
    assert reader.get("/ur/doctor/").status_code == 200
    assert reader.get("/").status_code == 200
    (folder / "loop").unlink()
    app.extensions["welcome.editions"].refresh()
    assert reader.get(PAGE).status_code == 200


def test_an_edition_whose_folder_comes_late_is_served_then(
    app, reader, published, settings
):
    there, away = settings.editions / "town" / "en", settings.instance / "away"
    there.rename(away)
    files = app.extensions["welcome.editions"]
    files.seen = ()
    files.refresh()
    # The page is there; only this machine does not have it yet.
    late = reader.get(PAGE)
    assert (late.status_code, late.headers["Retry-After"]) == (503, "5")
    assert reader.get("/en/").status_code == 503
    assert reader.get("/en/nowhere/").status_code == 404
    away.rename(there)
    files.refresh()
    assert reader.get(PAGE).status_code == 200


@pytest.mark.parametrize("form", ["br", "gzip"])
def test_the_first_view_fits_into_the_first_round_trip(
    reader, published, settings, form
):
    def fetch(address):
        answer = reader.get(address, headers={"Accept-Encoding": form})
        assert answer.status_code == 200
        assert answer.headers["Content-Encoding"] == form
        return answer

    for address in ("/en/", "/ur/", PAGE):
        page = fetch(address)
        unpacked = {"br": brotli, "gzip": gzip}[form].decompress(page.get_data())
        styles = html.document_fromstring(unpacked.decode()).xpath(
            "//link[@rel='stylesheet']/@href"
        )
        answers = [page, *map(fetch, styles)]
        assert sum(len(each.get_data()) for each in answers) <= 14 * 1024


def test_without_a_folder_for_them_assets_are_sent_unpacked(
    settings, maker, published, tmp_path
):
    (tmp_path / "file").write_text("")
    elsewhere = replace(settings, instance=tmp_path / "file" / "instance")
    app = create_app(elsewhere, maker)
    answer = app.test_client().get(ASSET, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    answer.close()


def test_whoever_comes_first_waits_until_it_is_known_what_there_is(
    app, settings, maker, published
):
    fresh = create_app(settings, maker)
    files = fresh.extensions["welcome.editions"]
    inner, begun, go_on = files.refresh, threading.Event(), threading.Event()

    def slow_refresh():
        begun.set()
        go_on.wait(5)
        inner()

    files.refresh = slow_refresh

    def read(_):
        answer = fresh.test_client().get(PAGE, buffered=True)
        return answer.status_code

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(read, 0)
        assert begun.wait(5)
        others = [pool.submit(read, each) for each in range(3)]
        go_on.set()
        assert [each.result() for each in (first, *others)] == [200] * 4
