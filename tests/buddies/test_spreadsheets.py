"""Spreadsheets as people make them: every row comes back, every problem with its place."""

import codecs
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from welcome.buddies.rules.profiles import NewcomerProfile
from welcome.buddies.rules.vocabulary import BuddyRole, Gender, Level
from welcome.buddies.spreadsheets import decoding, reading
from welcome.buddies.spreadsheets.people import (
    Reading,
    read_newcomers,
    read_volunteers,
)
from welcome.buddies.spreadsheets.problems import SheetCode
from welcome.phrases import codes

TODAY = Reading(date(2026, 3, 2))
GOOD = "id,languages\nN-1,ar:first\nخالد,ti:first\n🦊,Polish:well\n"


def read(text: str | bytes, settings: Reading = TODAY):
    content = text if isinstance(text, bytes) else text.encode()
    return read_newcomers(content, settings)


def told(text: str | bytes, settings: Reading = TODAY):
    found = read(text, settings).problems
    for each in found:
        assert codes.word("en", each.code, **each.params)
    return [(each.line, each.column, each.code) for each in found]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode(),
        b"sep=;\r\n" + GOOD.replace(",", ";").encode(),
        ("\n,\n" + GOOD + ",,\n\n").encode(),
        GOOD.replace("id,languages", ' ID , "Languages"').replace('"', "").encode(),
    ],
)
def test_a_good_file_is_read_however_it_was_saved(content):
    sheet = read(content)
    assert sheet.problems == []
    assert [each.id for each in sheet.people] == ["N-1", "خالد", "🦊"]
    assert sheet.people[2].profile.languages == {"pl": Level.WELL}


def test_a_person_who_says_only_what_is_needed_has_defaults():
    newcomer = read("id,languages\n1,ar\n").people[0].profile
    assert newcomer == NewcomerProfile(key=2, languages={"ar": Level.EVERYDAY})
    volunteer = read_volunteers(b"id,languages\n1,en\n", TODAY).people[0].profile
    assert volunteer.cleared_for == {BuddyRole.ADULT}
    assert (volunteer.capacity, volunteer.reach_m) == (1, None)
    unsaid = read_volunteers(b"id,languages,cleared_for\n1,en,\n", TODAY)
    assert unsaid.people[0].profile.cleared_for == frozenset()


def test_everything_that_can_be_said_is_read():
    sheet = read(
        "id,languages,gender,wish,times,easting,northing,interests,role,adult,"
        "waiting_since,priority,buddies,outside_community,not_with,organisation\n"
        'N-1,"ti:first; other:Bajuni:well",Woman,woman; another,mon-am,401300,298700,'
        "english practice;walking,family,yes,2026-02-28,3,2,yes,V-1; V-2,Lantern\n"
    )
    assert sheet.problems == []
    person = sheet.people[0]
    assert (person.organisation, person.not_with) == ("Lantern", ("V-1", "V-2"))
    found = person.profile
    assert found.languages == {"ti": Level.FIRST, "other:bajuni": Level.WELL}
    assert (found.gender, found.wish, found.times) == (Gender.WOMAN, 0b101, 1)
    assert (found.place, found.role) == ((401_300, 298_700), BuddyRole.FAMILY)
    assert (found.waiting_days, found.priority_class, found.buddies) == (2, 3, 2)
    assert found.avoids_own_community
    assert found.is_adult
    assert found.interests.bit_count() == 2


@pytest.mark.parametrize(
    ("cell", "asked"),
    [
        ("", (BuddyRole.ADULT, 1)),
        ("Adult", (BuddyRole.ADULT, 1)),
        ("couple", (BuddyRole.ADULT, 2)),
        ("family", (BuddyRole.FAMILY, 1)),
    ],
)
def test_a_couple_is_two_whom_a_friend_to_an_adult_meets(cell, asked):
    found = read(f"id,languages,role\n1,ar,{cell}\n").people[0].profile
    assert (found.role, found.adults) == asked


WHOLE_FILES = [
    (b"", (0, "", SheetCode.NO_HEADER)),
    (b"\xef\xbb\xbf\n,,\n", (0, "", SheetCode.NO_HEADER)),
    (b"PK\x03\x04rest", (0, "", SheetCode.IS_WORKBOOK)),
    (GOOD.encode("utf-16-le"), (0, "", SheetCode.NOT_TEXT)),
    (bytes(range(256)) * 2, (0, "", SheetCode.NOT_TEXT)),
    ("id,languages\n1,ar\nJosé,es\n".encode("cp1252"), (3, "", SheetCode.NOT_UTF8)),
    (b"\xff\xfea", (1, "", SheetCode.NOT_UTF8)),
    (b"id,gender\n1,woman\n", (1, "languages", SheetCode.MISSING_COLUMN)),
    (b"id,languages,ID\n1,ar,2\n", (1, "id", SheetCode.DOUBLED_COLUMN)),
]


@pytest.mark.parametrize(("content", "problem"), WHOLE_FILES)
def test_a_file_that_cannot_be_read_says_why(content, problem):
    assert told(content)[0] == problem


CELLS = [
    ("id", "", SheetCode.MISSING_VALUE),
    ("id", "x" * 10_000, SheetCode.TOO_LONG),
    ("id", "a\x00b", SheetCode.CONTROL_CHARACTER),
    ("id", "1", SheetCode.DOUBLED_ID),
    ("languages", "", SheetCode.MISSING_VALUE),
    ("languages", "Klingon:well", SheetCode.UNKNOWN_LANGUAGE),
    ("languages", "Kurdish:first", SheetCode.LANGUAGE_TOO_WIDE),
    ("languages", "ar:fluently", SheetCode.UNKNOWN_WORD),
    ("languages", "ar:first; Arabic:well", SheetCode.DOUBLED_LANGUAGE),
    ("languages", "other:", SheetCode.UNKNOWN_LANGUAGE),
    ("gender", "yes", SheetCode.UNKNOWN_WORD),
    ("wish", "women only", SheetCode.UNKNOWN_WORD),
    ("times", "someday", SheetCode.UNKNOWN_TIME),
    ("interests", "opera", SheetCode.UNKNOWN_WORD),
    ("role", "child", SheetCode.UNKNOWN_WORD),
    ("adult", "perhaps", SheetCode.UNKNOWN_WORD),
    ("waiting_since", "2026-02-30", SheetCode.NOT_A_DATE),
    ("waiting_since", "31/01/2026", SheetCode.NOT_A_DATE),
    ("waiting_since", "2026-W01-1", SheetCode.NOT_A_DATE),
    ("waiting_since", "2026-03-03", SheetCode.FUTURE_DATE),
    ("priority", "-1", SheetCode.NOT_A_NUMBER),
    ("priority", "NaN", SheetCode.NOT_A_NUMBER),
    ("priority", "1e999999999", SheetCode.NOT_A_NUMBER),
    ("buddies", "0", SheetCode.NOT_A_NUMBER),
    ("buddies", "1.5", SheetCode.NOT_A_NUMBER),
    ("easting", "400000", SheetCode.HALF_A_PLACE),
]


@pytest.mark.parametrize(("column", "cell", "code"), CELLS)
def test_a_bad_cell_is_named_and_its_row_is_kept(column, cell, code):
    row = {"id": "2", "languages": "ar", column: cell}
    names = ",".join(["extra", *row])
    good = ",".join(["", "1", "en", *[""] * (len(row) - 2)])
    bad = ",".join(["", *(f'"{each}"' for each in row.values())])
    sheet = read(f"{names}\n{good}\n{bad}\n")
    named = "northing" if code is SheetCode.HALF_A_PLACE else column
    found = [(each.line, each.column, each.code) for each in sheet.problems]
    assert (3, named, code) in found
    assert {each[0] for each in found} == {3}
    assert [each.id for each in sheet.people] == ["1"]
    assert [each.line for each in sheet.rows] == [2, 3]
    assert [each.code for each in sheet.notes] == [SheetCode.UNKNOWN_COLUMN]


def test_every_problem_of_a_row_is_told():
    assert told("id,languages,gender,times\n,Klingon; Kurdish,x,noon; mon-am; y\n") == [
        (2, "languages", SheetCode.UNKNOWN_LANGUAGE),
        (2, "languages", SheetCode.LANGUAGE_TOO_WIDE),
        (2, "gender", SheetCode.UNKNOWN_WORD),
        (2, "times", SheetCode.UNKNOWN_TIME),
        (2, "times", SheetCode.UNKNOWN_TIME),
        (2, "id", SheetCode.MISSING_VALUE),
    ]


def test_a_quote_that_never_closes_costs_one_row_only():
    text = 'id,languages\n1,ar\n"2,ar\n3,ar\n4,"a"r\n5,ar,6\n7,ar\n'
    sheet = read(text)
    assert told(text) == [
        (3, "", SheetCode.UNCLOSED_QUOTE),
        (5, "", SheetCode.DAMAGED_QUOTES),
        (6, "", SheetCode.TOO_MANY_CELLS),
    ]
    assert [each.line for each in sheet.rows] == [2, 3, 4, 5, 6, 7]
    assert sheet.rows[1].damaged == '"2,ar'
    assert [each.id for each in sheet.people] == ["1", "3", "5", "7"]


def test_a_cell_may_have_lines_and_quotes_of_its_own():
    sheet = read('id,languages\n"a ""b""","ar:first\nen:well"\n2,ar\n')
    assert sheet.problems == []
    assert [(each.line, each.id) for each in sheet.people] == [(2, 'a "b"'), (4, "2")]
    assert sheet.people[0].profile.languages == {"ar": Level.FIRST, "en": Level.WELL}


def test_sectors_are_found_in_the_areas_and_noted_without():
    text = "id,languages,sector\n1,ar,ws1 1\n"
    assert [each.code for each in read(text).notes] == [SheetCode.SECTOR_UNUSED]
    settings = Reading(TODAY.today, {"WS11": (401_000, 298_000)})
    assert read(text, settings).people[0].profile.place == (401_000, 298_000)
    text = text.replace("ws1 1", "ZZ9 9")
    assert told(text, settings) == [(2, "sector", SheetCode.UNKNOWN_SECTOR)]


def test_a_file_has_a_size_that_is_bounded(monkeypatch):
    monkeypatch.setattr(decoding, "MOST_BYTES", 20)
    assert told(GOOD) == [(0, "", SheetCode.TOO_BIG)]
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert told(GOOD) == [(4, "", SheetCode.TOO_MANY_ROWS)]


@pytest.mark.timeout(60)
def test_hundred_thousand_rows_are_read_and_every_bad_one_is_named():
    rows = [f'{each},"ar:first; en:everyday",mon-am' for each in range(100_000)]
    bad = set(random.Random(1).sample(range(100_000), 5_000))
    for each in bad:
        rows[each] = f'"{each},ar'
    sheet = read("id,languages,times\n" + "\n".join(rows))
    assert len(sheet.rows) == 100_000
    assert len(sheet.people) == 95_000
    assert {each.line - 2 for each in sheet.problems} == bad


@given(some.binary(max_size=300))
def test_no_bytes_are_too_odd_to_be_answered(content):
    for head in (b"", b"id,languages\n"):
        sheet = read(head + content)
        assert len(sheet.people) <= len(sheet.rows)


@given(some.lists(some.text(max_size=12), min_size=1, max_size=30))
def test_no_row_is_lost(cells):
    lines = [each for each in cells if each.strip(" ,;\t") and each.isprintable()]
    sheet = read("id,languages\n" + "\n".join(lines) + "\n")
    quoted = sum('"' in each for each in lines)
    assert len(sheet.rows) >= len(lines) - quoted
