"""People from a spreadsheet: no row is lost, nobody comes in twice."""

from datetime import date, timedelta

import pytest
from sqlmodel import func, select

from welcome.buddies.models.people import (
    Area,
    AreaKind,
    Channel,
    Newcomer,
    Prefers,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import BuddyRequest, RequestSource
from welcome.buddies.people import importing, sheet_rows
from welcome.buddies.people.importing import COLUMNS, MOST_ROWS, Import
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.buddies.spreadsheets.problems import SheetCode
from welcome.buddies.spreadsheets.reading import read_table
from welcome.buddies.spreadsheets.writing import write_table
from welcome.errors import NotAllowed
from welcome.partners.access import list_organisations
from welcome.phrases import codes

HEAD = "id,name,languages,email,phone,channel,sector,waiting_since\n"
GOOD = (
    HEAD + "N-1,Nour,ar:first,nour@example.org,,,,2026-01-19\n"
    "N-2,نادية,ti:first,,020 7946 0001,call,,\n"
    "N-3,🦊,other:Bajuni:first,,,,,\n"
)


@pytest.fixture
def file(session, cast, now):
    homes = {each.name: each for each in list_organisations(session)}

    def make(text, kind=Newcomer, home="Town Friends"):
        content = text if isinstance(text, bytes) else text.encode()
        return Import(kind, homes[home], content, now.date())

    return make


@pytest.fixture
def look(session, cast, file):
    def act(text, kind=Newcomer):
        found = importing.plan(session, file(text, kind), actor=cast.coordinator)
        for each in [*found.wrong, *found.known]:
            for problem in each.problems:
                assert codes.word("en", problem.code, **problem.params)
        return found

    return act


@pytest.fixture
def take(session, cast, file, now):
    def act(text, kind=Newcomer):
        wanted = file(text, kind)
        return importing.take_in(session, wanted, actor=cast.coordinator, now=now)

    return act


def count(session, table):
    return session.exec(select(func.count(table.id))).one()


def told(rows):
    return [
        (each.row.line, problem.column, problem.code)
        for each in rows
        for problem in each.problems
    ]


def test_looking_changes_nothing(session, look):
    assert len(look(GOOD).right) == 3
    assert count(session, Newcomer) == 0


def test_what_is_right_is_taken_in(session, take, now):
    taken, _left = take(GOOD)
    assert taken == 3
    first, second, third = session.exec(select(Newcomer).order_by(Newcomer.id))
    assert (first.name, first.email) == ("Nour", "nour@example.org")
    assert (second.name, second.phone) == ("نادية", "+442079460001")
    ways = [each.channel for each in (first, second, third)]
    assert ways == [Channel.EMAIL, Channel.CALL, Channel.PAPER]
    assert first.agreed_on == now.date()
    asked = session.exec(select(BuddyRequest).order_by(BuddyRequest.id)).all()
    assert {each.source for each in asked} == {RequestSource.STAFF}
    assert asked[0].waiting_since.date() == date(2026, 1, 19)
    assert asked[1].waiting_since == now


def test_twice_it_changes_nothing(session, take):
    take(GOOD)
    taken, left = take(GOOD)
    assert (taken, len(left.known)) == (0, 3)
    assert {code for _line, _column, code in told(left.known)} == {
        SheetCode.TAKEN_BEFORE
    }
    assert count(session, Newcomer) == count(session, BuddyRequest) == 3


def test_whoever_is_known_is_left_alone(session, take):
    take(GOOD)
    taken, left = take(HEAD + "X-1,Nour,ar,NOUR@example.org,,,,\n")
    assert taken == 0
    assert told(left.known) == [(2, "", SheetCode.KNOWN_ALREADY)]


def test_a_person_of_another_organisation_is_nobody_here(
    session, cast, take, file, now
):
    take(GOOD)
    theirs = file(GOOD, home="Harbour Charity")
    with pytest.raises(NotAllowed):
        importing.plan(session, theirs, actor=cast.coordinator)
    taken, left = importing.take_in(session, theirs, actor=cast.neighbour, now=now)
    assert (taken, left.known) == (3, [])


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (",No id,ar,,,,,", "id", SheetCode.MISSING_VALUE),
        ("N-9,,ar,,,,,", "name", SheetCode.MISSING_VALUE),
        ("N-9,A,,,,,,", "languages", SheetCode.MISSING_VALUE),
        ("N-9,A,Kurdish,,,,,", "languages", SheetCode.LANGUAGE_TOO_WIDE),
        ("N-9,A,Klingonese,,,,,", "languages", SheetCode.UNKNOWN_LANGUAGE),
        ("N-9,A,ar,no address,,,,", "email", SheetCode.BAD_EMAIL),
        ("N-9,A,ar,,12,,,", "phone", SheetCode.BAD_PHONE),
        ("N-9,A,ar,,,email,,", "channel", SheetCode.NO_WAY),
        ("N-9,A,ar,,,text,,", "channel", SheetCode.NO_WAY),
        ("N-9,A,ar,,,owl,,", "channel", SheetCode.UNKNOWN_WORD),
        ("N-9,A,ar,,,referrer,,", "channel", SheetCode.UNKNOWN_WORD),
        ("N-9,A,ar,,,,,2026-02-31", "waiting_since", SheetCode.NOT_A_DATE),
        ("N-9,A,ar,,,,,2999-01-01", "waiting_since", SheetCode.FUTURE_DATE),
        ("N-9," + "A" * 10_000 + ",ar,,,,,", "name", SheetCode.TOO_LONG),
        ("N-1,Again,ar,,,,,", "id", SheetCode.DOUBLED_ID),
        ("N-9,Nour,ar,Nour@example.org,,,,", "email", SheetCode.SAME_PERSON),
        ("N-9,نادية,ar,,+44 20 7946 0001,,,", "phone", SheetCode.SAME_PERSON),
        ("N-9,A,ar,,,,,,,one cell too many", "", SheetCode.TOO_MANY_CELLS),
        ('N-9,"A,ar,,,,,', "", SheetCode.UNCLOSED_QUOTE),
    ],
)
def test_a_row_that_is_wrong_is_named_and_the_others_come_in(
    session, look, take, row, column, code
):
    found = look(GOOD + row + "\n")
    assert (5, column, code) in told(found.wrong)
    assert len(found.right) + len(found.wrong) == 4
    taken, _left = take(GOOD + row + "\n")
    assert taken == count(session, Newcomer) == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", SheetCode.NO_HEADER),
        (b"PK\x03\x04", SheetCode.IS_WORKBOOK),
        (GOOD.encode("utf-16-le"), SheetCode.NOT_TEXT),
        ("id,name,languages\nN-1,José,ar".encode("latin-1"), SheetCode.NOT_UTF8),
        (b"id,name\nN-1,Nour\n", SheetCode.MISSING_COLUMN),
        (b"id,name,languages,name\n", SheetCode.DOUBLED_COLUMN),
        (b"x" * 1_000_001, SheetCode.TOO_BIG),
        (
            b"id,name,languages\n" + b"1,A,ar\n" * (MOST_ROWS + 1),
            SheetCode.TO_SPLIT,
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(session, look, content, code):
    found = look(content)
    assert code in {each.code for each in found.problems}
    assert found.right == found.known == found.wrong == []


def test_a_place_that_nobody_knows_is_told_once_places_are_known(session, look, take):
    row = HEAD + "N-1,Nour,ar,,,,ZZ9 9,\n"
    assert len(look(row).right) == 1
    area = Area(code="WS1 3", name="WS1 3", kind=AreaKind.SECTOR, easting=1, northing=1)
    session.add(area)
    session.flush()
    assert told(look(row).wrong) == [(2, "sector", SheetCode.NO_AREA)]
    take(HEAD + "N-1,Nour,ar,,,,ws1 3ab,\n")
    assert session.exec(select(Newcomer.area_id)).one() == area.id


def test_volunteers_come_in_cleared_for_nothing(session, take):
    text = (
        "id;name;languages;offers;capacity;reach_km;cleared_for;prefers\n"
        "V-1;Vera;en:first;adult, family;2;7.5;adult;called\n"
    )
    taken, left = take(text, Volunteer)
    assert taken == 1
    assert [each.column for each in left.notes] == ["cleared_for"]
    volunteer = session.exec(select(Volunteer)).one()
    assert volunteer.state is VolunteerState.APPLIED
    assert volunteer.offers == [BuddyRole.ADULT, BuddyRole.FAMILY]
    assert (volunteer.capacity, volunteer.reach_m) == (2, 7500)
    assert volunteer.prefers is Prefers.CALLED


def test_somebody_under_18_is_not_taken_in(look):
    found = look("id,name,languages,adult\nN-1,Nour,ar,no\n")
    assert told(found.wrong) == [(2, "adult", SheetCode.NOT_ADULT)]


@pytest.mark.parametrize("kind", [Newcomer, Volunteer])
def test_the_example_of_the_columns_comes_in(look, kind):
    columns = COLUMNS[kind]
    header = [each.name for each in columns]
    sheet = write_table(header, [[each.example for each in columns]])
    found = look(sheet, kind)
    assert told(found.wrong) == []
    assert len(found.right) == 1
    assert found.notes == []


def test_what_a_spreadsheet_would_run_stays_text(take, session):
    sheet = write_table(
        ["id", "name", "languages", "phone"],
        [["=1+1", "@SUM(A1)", "ar", "+44 20 7946 0001"]],
    )
    assert b"'=1+1,'@SUM(A1),ar,'+44" in sheet
    take(sheet)
    newcomer = session.exec(select(Newcomer)).one()
    assert (newcomer.name, newcomer.phone) == ("@SUM(A1)", "+442079460001")


def test_one_row_that_breaks_takes_the_whole_file_back(session, take, monkeypatch):
    real = importing.write_request

    def breaking(session, newcomer, *rest):
        if newcomer.name == "🦊":
            raise RuntimeError
        return real(session, newcomer, *rest)

    monkeypatch.setattr(importing, "write_request", breaking)
    with pytest.raises(RuntimeError), session.begin_nested():
        take(GOOD)
    assert count(session, Newcomer) == 0


def test_rows_of_a_table_are_all_somewhere(look):
    text = GOOD + "N-9,A,Kurdish,,,,,\n" + 'N-8,"open,ar,,,,,\n' + "N-1,B,ar,,,,,\n"
    found = look(text)
    everywhere = [*found.right, *found.known, *found.wrong]
    table = read_table(text.encode(), [e.name for e in sheet_rows.NEWCOMERS], ["id"])
    assert sorted(each.row.line for each in everywhere) == [
        each.line for each in table.rows
    ]


def test_a_day_of_agreement_is_kept_and_none_lies_ahead(take, look, file, session):
    ahead = (file("").today + timedelta(days=1)).isoformat()
    text = "id,name,languages,agreed_on\nN-1,A,ar,2026-01-05\nN-2,B,ar,{}\n"
    _taken, left = take(text.format(ahead))
    assert told(left.wrong) == [(3, "agreed_on", SheetCode.FUTURE_DATE)]
    assert session.exec(select(Newcomer.agreed_on)).one() == date(2026, 1, 5)


def test_a_couple_comes_in_as_two(session, take):
    take("id,name,languages,role\nN-1,Nour,ar,couple\nN-2,Nadia,ar,family\n")
    found = session.exec(select(BuddyRequest.role, BuddyRequest.adults))
    assert set(found) == {(BuddyRole.ADULT, 2), (BuddyRole.FAMILY, 1)}


@pytest.mark.parametrize("kind", [Newcomer, Volunteer])
def test_a_row_names_no_more_interests_than_a_form_takes(look, kind):
    head = "id,name,languages,interests\n"
    found = look(
        head + "N-1,Nour,ar,walking;cooking;music\n"
        "N-2,Nadia,ar,walking;cooking;music;films\n",
        kind,
    )
    [wrong] = found.wrong
    [problem] = wrong.problems
    assert (problem.line, problem.column, problem.code) == (
        3, "interests", SheetCode.TOO_MANY_LIKES,
    )  # fmt: skip
    says = {each.name: each.says for each in COLUMNS[kind]}
    assert "at most three" in says["interests"]
