"""When the database does not answer: readers go on reading, and others are told so."""

import time

import pytest
from lxml import html

from welcome.app import create_app
from welcome.database import connect, sessions
from welcome.since import lines

# Sooner than the lock is given up.
SOON = 5


@pytest.fixture
def stranded(app, published, settings, monkeypatch):
    """The site as it goes on after its database has gone."""
    files = app.extensions["welcome.editions"]
    files.sessions = sessions(connect("postgresql://nobody@127.0.0.1:1/gone"))
    app.extensions["welcome.sessions"] = files.sessions
    return app.test_client()


def told(answer):
    page = html.document_fromstring(answer.get_data(as_text=True))
    return page.get("lang"), page.xpath("//footer//a/@href")


def test_readers_go_on_reading(stranded):
    answer = stranded.get("/en/doctor/", buffered=True)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("tag", "foot"),
    [("en", "/en/"), ("ar", "/en/"), ("ur", "/ur/"), ("pl", "/en/")],
)
@pytest.mark.parametrize("asked", ["/-/languages/", "/-/"])
def test_others_are_told_in_their_language(stranded, asked, tag, foot):
    answer = stranded.get(
        asked, headers={"Accept-Language": tag}, follow_redirects=True
    )
    wanted = 200 if asked == "/-/" else 503
    assert answer.status_code == wanted
    assert told(answer) == (tag, [f"{foot}privacy/"])


def test_who_asks_for_a_print_is_told_in_its_language(stranded):
    answer = stranded.get("/-/print/town/ur/", headers={"Accept-Language": "pl"})
    assert (answer.status_code, told(answer)) == (503, ("ur", ["/ur/privacy/"]))


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_who_is_signed_in_keeps_what_they_typed(app, cast, signed_in_as, headers):
    gone = sessions(connect("postgresql://nobody@127.0.0.1:1/gone"))
    app.extensions["welcome.sessions"] = gone
    client = signed_in_as(cast.translator_ur)
    form = {"text": "ڈاکٹر سے ملیں", "revision": "0"}
    answer = client.post("/-/translating/town/ur/units/1/", data=form, headers=headers)
    assert answer.status_code == 503
    said = answer.get_data(as_text=True)
    kept = "What you typed is still in its box." if headers else form["text"]
    assert kept in said


def test_a_server_that_starts_without_a_database_says_so(settings, maker):
    gone = sessions(connect("postgresql://nobody@127.0.0.1:1/gone"))
    client = create_app(settings, gone).test_client()
    assert client.get("/").status_code == 503


def test_the_first_page_of_a_server_waits_for_nobody_who_writes(
    settings, sqlite_database
):
    engine = connect(sqlite_database)
    maker = sessions(engine)
    client = create_app(settings, maker).test_client()
    (settings.instance / lines.NAME).touch()
    with maker() as writing:
        writing.connection().exec_driver_sql("UPDATE account SET name = 'x'")
        began = time.monotonic()
        assert client.get("/-/account/sign-in").status_code == 200
        assert time.monotonic() - began < SOON
    engine.dispose()
