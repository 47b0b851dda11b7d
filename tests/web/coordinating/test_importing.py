"""A spreadsheet is shown row by row, then taken in; what is left out comes back."""

import csv
import io
import re
from datetime import timedelta

import pytest

from tests.web.test_uploads import part
from welcome import clock
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people.importing import MOST_ROWS

ADDRESS = "/-/coordinating/import/"
SHEET = (
    "id,name,languages,email\n"
    "N-1,Nour,ar:first,nour@example.org\n"
    'N-2,"=HYPERLINK(""x"")",Kurdish,\n'
    "N-3,Nadia,ar,no address\n"
)


@pytest.fixture
def upload(desk):
    def send(content, kind="newcomer", client=desk, **changes):
        page = client.get(ADDRESS).get_data(as_text=True)
        homes = re.findall(r'<option[^>]*value="([0-9a-f]{32})"', page)
        fields = {"kind": kind, "home": homes[-1], "agreed": "y", **changes}
        parts = [part(name, value.encode()) for name, value in fields.items()]
        whole = b"".join([*parts, part("file", content, "people.csv"), b"--x--\r\n"])
        form = "multipart/form-data; boundary=x"
        return client.post(ADDRESS, data=whole, content_type=form)

    return send


def token_of(answer):
    page = answer.get_data(as_text=True)
    return re.search(r'name="sheet_token" value="([^"]+)"', page)[1]


def test_looking_writes_nothing_and_names_every_row(upload, read):
    answer = upload(SHEET.encode())
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Nothing is written yet." in page
    assert "Nour" in page
    assert "<code>languages</code>" in page
    assert "<code>email</code>" in page
    assert "is no e-mail address." in page
    assert read(Newcomer) == []


def test_the_good_rows_come_in_and_the_others_come_back(upload, desk, read):
    token = token_of(upload(SHEET.encode()))
    left = desk.post(f"{ADDRESS}left-out.csv", data={"sheet_token": token})
    assert left.mimetype == "text/csv"
    text = left.get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [each["id"] for each in rows] == ["N-2", "N-3"]
    assert [each["line"] for each in rows] == ["3", "4"]
    assert rows[0]["name"] == '\'=HYPERLINK("x")'
    assert all(each["problem"] for each in rows)
    answer = desk.post(f"{ADDRESS}take", data={"sheet_token": token})
    assert answer.status_code == 302
    told = desk.get(answer.location).get_data(as_text=True)
    assert "1 person was taken in." in told
    assert "2 rows were left out." in told
    assert [each.name for each in read(Newcomer)] == ["Nour"]


def test_pressed_twice_it_happens_once(upload, desk, read):
    token = token_of(upload(SHEET.encode()))
    for _press in range(2):
        answer = desk.post(f"{ADDRESS}take", data={"sheet_token": token})
        assert answer.status_code == 302
    assert len(read(Newcomer)) == 1


def test_what_was_left_out_can_be_mended_and_sent_again(upload, desk, read):
    token = token_of(upload(SHEET.encode()))
    desk.post(f"{ADDRESS}take", data={"sheet_token": token})
    left = desk.post(f"{ADDRESS}left-out.csv", data={"sheet_token": token})
    mended = left.get_data().replace(b"Kurdish", b"Sorani").replace(b"no address", b"")
    again = token_of(upload(mended))
    desk.post(f"{ADDRESS}take", data={"sheet_token": again})
    names = [each.name for each in read(Newcomer)]
    assert names == ["Nour", '=HYPERLINK("x")', "Nadia"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        ("id,name,languages\n1,José,ar".encode("latin-1"), "UTF-8"),
        (b"id,name\n1,A\n", "languages: This column is missing."),
        (b"PK\x03\x04", "CSV"),
        (
            b"id,name,languages\n" + b"1,A,ar\n" * 200_000,
            "has 200000 rows.*most 500.*Split",
        ),
        (
            b"id,name,languages\n" + b"1,A,ar\n" * (MOST_ROWS + 1),
            "has 501 rows.*most 500.*Split",
        ),
        (b"x" * 1_000_001, "larger than 1 MB. Split it into"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(upload, read, content, told):
    answer = upload(content)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "There is a problem" in page
    assert re.search(told, page)
    assert read(Newcomer) == []


@pytest.mark.parametrize("changes", [{"agreed": ""}, {"kind": "owl"}, {"home": "x"}])
def test_what_is_missing_in_the_form_is_told(upload, read, changes):
    answer = upload(SHEET.encode(), **changes)
    assert answer.status_code == 422
    assert "There is a problem" in answer.get_data(as_text=True)


@pytest.mark.parametrize("act", ["take", "left-out.csv"])
def test_a_page_of_somebody_else_or_of_yesterday_is_refused(
    upload, desk, one_home, read, monkeypatch, act
):
    token = token_of(upload(SHEET.encode()))
    sent = {"sheet_token": token}
    assert one_home.post(f"{ADDRESS}{act}", data=sent).status_code == 409
    assert desk.post(f"{ADDRESS}{act}", data={"sheet_token": "x"}).status_code == 409
    later = clock.now() + timedelta(hours=13)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert desk.post(f"{ADDRESS}{act}", data=sent).status_code == 409
    assert read(Newcomer) == []


def test_nothing_personal_lies_open_in_the_token(upload):
    assert "Nour" not in token_of(upload(SHEET.encode()))


@pytest.mark.parametrize(
    ("kind", "table"), [("newcomer", Newcomer), ("volunteer", Volunteer)]
)
def test_the_empty_sheet_can_be_sent_back(upload, desk, read, kind, table):
    sheet = desk.get(f"{ADDRESS}{kind}.csv")
    assert sheet.mimetype == "text/csv"
    answer = upload(sheet.get_data(), kind)
    desk.post(f"{ADDRESS}take", data={"sheet_token": token_of(answer)})
    assert [each.name for each in read(table)] == ["Nour"]
