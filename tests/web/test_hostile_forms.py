"""Forms filled in by nobody who means well: refused without breaking, nothing typed lost."""

import io
import re

import pytest
from lxml import html

from tests.web import one_town
from tests.web.test_who_may import ROUTES, values_for
from welcome.packs import access, versions

WRITER, URDU = "officer", "reviewer_ur"
PAGE = {
    "title": "See a doctor",
    "summary": "It is free.",
    "body": "Go to a doctor.",
    "slug": "doctor",
    "group": "today",
    "icon": "health",
    "risk": "normal",
    "position": "1",
    "note": "",
    "based_on": "1",
}
FACT = {
    "value": "999",
    "owner": "Cohesion team",
    "source": "https://a.example/",
    "check_by": "2027-01-01",
    "revision": "1",
}
STATEMENT = {
    "agency": "Example Languages",
    "reference": "EL-2026-17",
    "revised_on": "2026-02-27",
    "two_linguists": "y",
    "targets": "1:1",
}
UNIT = {"text": "ڈاکٹر", "revision": "1", "origin": "human", "act": "save"}
FORMS = {
    "writing.save_page": (WRITER, PAGE),
    "writing.preview_page": (WRITER, PAGE),
    "writing.add_page": (WRITER, PAGE | {"name": "new", "slug": "new"}),
    "writing.restore": (WRITER, {"based_on": "1"}),
    "writing.retire_page": (WRITER, {"based_on": "1"}),
    "writing.bring_back": (WRITER, {"based_on": "1"}),
    "writing.save_fact": (WRITER, FACT),
    "writing.add_fact": (WRITER, FACT | {"name": "new", "kind": "phone"}),
    "writing.start_publishing": (WRITER, {"tags": "en"}),
    "writing.roll_back": (WRITER, {"number": "1"}),
    "writing.withdraw": (WRITER, {"number": "1"}),
    "writing.print_again": (WRITER, {"number": "1"}),
    "translating.accept_statement": (WRITER, STATEMENT),
    "translating.take_back": (WRITER, {"file": "text"}),
    "translating.save_unit": (URDU, UNIT),
    "translating.submit_page": (URDU, {"act": "submit"}),
    "translating.accept": (URDU, {"revision": "1"}),
    "translating.give_back": (URDU, {"revision": "1", "comment": "No."}),
    "translating.override": (
        URDU, {"revision": "1", "code": "numbers", "reason": "It is right."},
    ),
    "translating.accept_clean": (URDU, {"targets": "1:1"}),
    "translating.ask_for_drafts": (URDU, {"engine": "argos", "tags": "ur", "anew": "1"}),
    "translating.stop_drafts": (URDU, {"act": "stop"}),
}  # fmt: skip
HOSTILE = {
    "missing": None,
    "empty": "",
    "blanks": " \t\r\n ",
    "NUL": "a\0b",
    "an override": "\u202e999\u2066",
    "half a pair": "\ud83d".encode("utf-8", "surrogatepass"),
    "no UTF-8": b"\xff\xfe",
    "a long number": "9" * 30,
    "below zero": "-1",
    "a raised two": "²",
    "a number of another script": "٣",
    "a fraction": "1e9",
    "a pair": "99999999999999999999:1",
    "twice": ["1", "2"],
    "markup": "<script>alert(1)</script>{{7*7}}%(x)s",
    "long": "a" * 30_000,
    "much": "ab " * 100_000,
    "too much": "a" * 2_000_000,
}
ANSWERS = range(200, 500)
MARK = "What I typed for an hour"


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: forms are refused before it is asked."""
    return sqlite_database


def address(app, there, method, name):
    """Build the address of a route from what there is."""
    return one_town.address(app, (method, name), values_for(there, name))


def send(client, asked, form):
    """Send a form, urlencoded whatever it holds."""
    given = {name: value for name, value in form.items() if value is not None}
    return client.post(asked, data=given)


def test_every_form_is_here():
    desks = ("writing.", "translating.")
    posting = {name for method, name in ROUTES if method == "POST"}
    assert set(FORMS) == {name for name in posting if name.startswith(desks)}


@pytest.mark.parametrize("name", FORMS)
def test_no_value_of_any_field_breaks_it(app, signed_in_as, cast, there, name):
    who, form = FORMS[name]
    client = signed_in_as(getattr(cast, who))
    asked = address(app, there, "POST", name)
    broken = {
        (field, kind): code
        for field in form
        for kind, value in HOSTILE.items()
        if (code := send(client, asked, form | {field: value}).status_code) >= 500
    }
    assert broken == {}


# One town serves for all: whatever was changed is put back.
def test_numbers_in_addresses_have_no_end(app, in_town, there):
    endless = {
        key: 10**30 if isinstance(value, int) else value for key, value in there.items()
    }
    query = {"before": "9" * 30, "actor": "9" * 30, "number": "9" * 30, "old": "9" * 30}
    town, found = in_town(), {}
    for method, name in ROUTES:
        who = "administrator" if name.startswith("keeping") else "officer"
        asked = address(app, endless, method, name)
        found[method, name] = town.ask(who, method, asked, query_string=query)
    assert {route: code for route, code in found.items() if code not in ANSWERS} == {}


@pytest.mark.parametrize(
    ("name", "typed", "wrong"),
    [
        *(("writing.save_page", field, {"slug": "Not an address"})
          for field in ("title", "summary", "body", "note")),
        ("writing.save_page", "note", {"title": "T\u202eT"}),
        ("writing.save_page", "note", {"body": "a\0b"}),
        ("writing.save_page", "note", {"body": "a\x02b"}),
        ("writing.save_page", "note", {"body": "<script>alert(1)</script>"}),
        ("writing.save_page", "note", {"body": "[" * 2_000}),
        ("writing.save_page", "note", {"position": "first"}),
        ("writing.save_page", "body", {"based_on": "99"}),
        ("writing.save_page", "body", {"group": "nowhere"}),
        *(("writing.add_page", field, {"name": "doctor"})
          for field in ("title", "summary", "body", "note")),
        *(("writing.save_fact", field, {"value": "ring me"}) for field in ("owner", "source")),
        ("writing.save_fact", "owner", {"check_by": "soon"}),
        ("writing.save_fact", "owner", {"source": "a\0b"}),
        ("writing.save_fact", "owner", {"revision": "7"}),
        ("writing.add_fact", "owner", {"name": "fee", "kind": "text"}),
        ("writing.add_fact", "owner", {"kind": "spell"}),
        *(("translating.accept_statement", field, {"revised_on": "2999-01-01"})
          for field in ("agency", "reference")),
        ("translating.accept_statement", "agency", {"targets": "1:99"}),
        ("translating.accept_statement", "agency", {"two_linguists": None}),
        ("translating.save_unit", "text", {"revision": "0"}),
    ],
)  # fmt: skip
def test_what_was_typed_stays_on_the_page(
    app, signed_in_as, cast, session, there, name, typed, wrong
):  # fmt: skip
    who, form = FORMS[name]
    # Statements are for languages that nobody here reads.
    cast.reviewer_ur.active = name != "translating.accept_statement"
    session.commit()
    client = signed_in_as(getattr(cast, who))
    asked = address(app, there, "POST", name)
    answer = send(client, asked, form | {typed: MARK} | wrong)
    assert answer.status_code in {409, 422}
    assert MARK in answer.get_data(as_text=True)


def test_a_refused_page_is_not_saved_in_part(app, signed_in_as, cast, there, session):
    asked = address(app, there, "POST", "writing.save_page")
    client = signed_in_as(cast.officer)
    for kind in ("NUL", "an override", "markup", "long"):
        send(client, asked, PAGE | {"title": MARK, "body": HOSTILE[kind]})
    pack = access.get_pack(session, "town")
    page = access.get_page(session, pack, "doctor")
    assert versions.head(session, page).title == "See a doctor"
    assert page.head == 1


def test_what_is_sent_as_a_table_is_refused_with_a_reason(
    app, signed_in_as, cast, there
):  # fmt: skip
    asked = address(app, there, "POST", "translating.take_back")
    client = signed_in_as(cast.officer)
    for content, name in (
        (b"", "a.docx"),
        (b"PK\x03\x04" + b"\0" * 500, "a.docx"),
        (b"\xd0\xcf\x11\xe0" * 200, "a.docx"),
        (b"x", "../../a.docx"),
        (b"x", "a.docx\0.exe"),
        (b"x" * 400_000, "a.docx"),
    ):
        answer = client.post(asked, data={"file": (io.BytesIO(content), name)})
        assert answer.status_code == 422, name
        assert "govuk-error" in answer.get_data(as_text=True)


# Nothing is changed by any of them, so that one town serves for all.
def test_a_form_without_its_token_is_refused(app, signed_in_as, cast, there):
    app.config["WTF_CSRF_ENABLED"] = True
    for name in (name for method, name in ROUTES if method == "POST"):
        who, form = FORMS.get(name, ("administrator", {}))
        asked = address(app, there, "POST", name)
        client = signed_in_as(getattr(cast, who))
        for wrong in ({}, {"csrf_token": "made-up"}):
            answer = send(client, asked, form | wrong)
            assert answer.status_code == 400, name
            assert "nothing was saved" in answer.get_data(as_text=True), name


def test_a_form_with_its_token_is_taken(app, signed_in_as, cast, there):
    app.config["WTF_CSRF_ENABLED"] = True
    asked = address(app, there, "POST", "writing.save_page")
    client = signed_in_as(cast.officer)
    page = client.get(asked).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = PAGE | {"csrf_token": token}
    headers = {"Referer": "http://localhost/"}
    assert client.post(asked, data=form, headers=headers).status_code == 302


@pytest.mark.parametrize("is_checked", [False, True])
@pytest.mark.parametrize(
    "name", ["writing.save_page", "writing.save_fact", "translating.give_back"]
)
def test_a_form_sent_when_signed_out_keeps_its_text(
    app, client, there, name, is_checked
):
    app.config["WTF_CSRF_ENABLED"] = is_checked
    asked = address(app, there, "POST", name)
    field = {"writing.save_page": "body", "writing.save_fact": "value_ur"}
    came_from = "http://localhost/-/writing/town/pages/doctor/"
    answer = client.post(
        asked, data={field.get(name, "comment"): MARK}, headers={"Referer": came_from}
    )
    page = html.fromstring(answer.get_data(as_text=True))
    assert answer.status_code == 401
    assert "You are signed out" in page.text_content()
    assert MARK in page.text_content()
    (way_in,) = page.xpath("//a[text()='Sign in and go on']/@href")
    assert way_in.endswith("next=/-/writing/town/pages/doctor/")


def test_a_form_open_too_long_keeps_its_text(app, signed_in_as, cast, there):
    app.config["WTF_CSRF_ENABLED"] = True
    asked = address(app, there, "POST", "writing.save_page")
    answer = signed_in_as(cast.officer).post(asked, data=PAGE | {"body": MARK})
    page = html.fromstring(answer.get_data(as_text=True))
    assert MARK in page.text_content()
    assert page.xpath("//a[text()='Sign in and go on']") == []


@pytest.mark.parametrize("is_in", [False, True])
def test_trouble_with_a_part_of_a_page_stands_beside_the_form(
    app, client, signed_in_as, cast, there, is_in
):
    app.config["WTF_CSRF_ENABLED"] = True
    asked = address(app, there, "POST", "translating.save_unit")
    client = signed_in_as(cast.translator_ur) if is_in else client
    answer = client.post(asked, data=UNIT, headers={"HX-Request": "true"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == (400 if is_in else 401)
    assert "<main" not in text
    assert answer.headers["HX-Retarget"] == f"#trouble-{there['unit_id']}"
    assert answer.headers["HX-Reswap"] == "innerHTML"
    assert "still in its box" in text
    token = re.search(r'name="csrf_token" value="([^"]+)"', text)[1]
    headers = {"HX-Request": "true", "Referer": "http://localhost/"}
    again = client.post(asked, data=UNIT | {"csrf_token": token}, headers=headers)
    assert again.status_code == (200 if is_in else 401)
