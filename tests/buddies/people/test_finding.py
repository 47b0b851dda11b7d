"""Lists for a coordinator: their own people, by name, contact, language and state."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from tests.buddies import rows
from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from welcome.buddies.contacts import set_email, set_phone
from welcome.buddies.due import board
from welcome.buddies.models.people import (
    Newcomer,
    NewcomerLanguage,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people import finding
from welcome.buddies.people.finding import Wanted
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope
from welcome.buddies.rules.languages import MAKATON


@pytest.fixture
def town(session, now) -> rows.Town:
    made = rows.Town(session, now)
    made.organise(2)
    for key, name in enumerate(["سُعاد", "Zoë Sample", "Sam Sample"], start=1):
        request = made.add_request(replace(NEWCOMER, key=key, waiting_days=key))
        session.get_one(Newcomer, request.newcomer_id).name = name
    stranger = made.add_request(replace(NEWCOMER, key=9, organisation=2))
    session.get_one(Newcomer, stranger.newcomer_id).name = "Zoe Elsewhere"
    volunteer = made.add_volunteer(VOLUNTEER)
    set_email(session, volunteer, "Vera@Example.org")
    set_phone(session, volunteer, "07700 900123")
    session.commit()
    return made


def names(found: finding.Found) -> list[str]:
    return [newcomer.name for _request, newcomer in found.rows]


def own(town) -> frozenset[int]:
    return frozenset({town.organisations[0].id})


def test_who_waits_longest_comes_first_and_others_people_never(session, town):
    found = finding.find_requests(session, own(town), Wanted())
    assert names(found) == ["Sam Sample", "Zoë Sample", "سُعاد"]
    assert (found.total, found.pages) == (3, 1)


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("zoe", ["Zoë Sample"]),
        ("SAMPLE z", ["Zoë Sample"]),
        ("سعاد", ["سُعاد"]),
        ("nobody", []),
    ],
)
def test_a_name_is_found_without_its_marks(session, town, words, who):
    assert names(finding.find_requests(session, own(town), Wanted(words))) == who


@pytest.mark.parametrize(
    "words", ["vera@example.org ", "+44 7700 900123", "٠٧٧٠٠٩٠٠١٢٣"]
)
def test_a_contact_is_found_by_its_index(session, town, words):
    found = finding.find_volunteers(session, own(town), Wanted(words))
    assert [each.id for each in found.rows] == [town.volunteers[2].id]
    other = frozenset({town.organisations[1].id})
    assert finding.find_volunteers(session, other, Wanted(words)).rows == []


def test_languages_and_states_narrow_a_list(session, town):
    assert finding.find_requests(session, own(town), Wanted(language="pl")).rows == []
    assert finding.find_requests(session, own(town), Wanted(language="ti")).total == 3
    closed = finding.find_requests(
        session, own(town), Wanted(), states=[RequestState.CLOSED]
    )
    assert closed.total == 0
    cleared = finding.find_volunteers(
        session, own(town), Wanted(language="ar"), states=[VolunteerState.CLEARED]
    )
    assert cleared.total == 1


def test_whoever_speaks_what_no_list_has_is_listed(session, town):
    wanted = Wanted(language="other:")
    first = session.exec(select(Newcomer).order_by(col(Newcomer.id))).first()
    assert finding.find_requests(session, own(town), wanted).rows == []
    for code in (MAKATON, "other:bajuni"):
        session.add(
            NewcomerLanguage(newcomer_id=first.id, language=code, level="first")
        )
        session.flush()
        found = finding.find_requests(session, own(town), wanted)
        assert found.total == int(code != MAKATON)
    assert [each.id for _, each in found.rows] == [first.id]
    assert finding.find_volunteers(session, own(town), wanted).rows == []


def test_pages_hold_everybody_once(session, town, monkeypatch):
    monkeypatch.setattr(finding, "PAGE", 2)
    pages = [
        finding.find_requests(session, own(town), Wanted(page=page))
        for page in (1, 2, 3)
    ]
    assert [len(each.rows) for each in pages] == [2, 1, 0]
    assert pages[0].pages == 2
    assert len({r.id for each in pages for r, _ in each.rows}) == 3


def test_a_pairing_is_found_by_either_name(session, town):
    runs.run(
        session, Scope(own(town), own(town)), rows.SCHEME, actor=None, now=town.now
    )
    session.commit()
    [pairing] = finding.find_pairings(session, own(town), Wanted()).rows
    assert finding.find_pairings(session, own(town), Wanted("sample")).rows == [pairing]
    assert finding.find_pairings(session, own(town), Wanted("fiction")).rows == [
        pairing
    ]
    assert finding.find_pairings(session, own(town), Wanted("nobody")).rows == []


def test_the_board_shows_each_request_once(session, town):
    runs.run(
        session, Scope(own(town), own(town)), rows.SCHEME, actor=None, now=town.now
    )
    session.commit()
    read = board.read(session, own(town), town.now.date())
    assert (read.waiting.total, read.proposed.total, read.meeting.total) == (2, 1, 0)
    assert [n.name for _r, n in read.waiting.cards] == ["Zoë Sample", "سُعاد"]


def test_who_is_known_has_a_name_and_a_page_and_others_neither(session, town):
    asked = session.exec(select(BuddyRequest)).all()
    known = finding.known_requests(session, [each.id for each in asked], own(town))
    assert [each.name for each in known.values()] == [
        "Sam Sample",
        "Zoë Sample",
        "سُعاد",
    ]
    assert {each.public_id for each in known.values()} == {
        each.public_id for each in asked if each.id in known
    }
    volunteer = session.exec(select(Volunteer)).one()
    volunteer.name = "Vera Sample"
    session.flush()
    near = finding.known_volunteers(session, [volunteer.id], own(town))
    assert near[volunteer.id].name == "Vera Sample"
    assert finding.known_volunteers(session, [volunteer.id], {-1}) == {}


@pytest.mark.parametrize(
    ("words", "state", "is_found"),
    [
        ("sample", VolunteerState.APPLIED, True),
        ("VERA@example.org", VolunteerState.CLEARED, True),
        ("07700 900123", VolunteerState.SUSPENDED, True),
        ("sample", VolunteerState.LEFT, False),
        ("sample", VolunteerState.DECLINED, False),
        (" ", VolunteerState.CLEARED, False),
    ],
)
def test_volunteers_are_found_by_name_or_contact(session, town, words, state, is_found):
    volunteer = session.exec(select(Volunteer)).one()
    volunteer.name, volunteer.state = "Vera Sample", state
    session.flush()
    found = finding.find_named(session, own(town), (), words, limit=5)
    assert found == ([volunteer] if is_found else [])
    assert finding.find_named(session, {-1}, (), words, limit=5) == []
    # Of other organisations, only by the whole name or by the contact.
    shared = finding.find_named(session, (), own(town), words, limit=5)
    assert shared == ([volunteer] if is_found and words != "sample" else [])


def test_who_is_shared_is_found_by_their_whole_name(session, town):
    volunteer = session.exec(select(Volunteer)).one()
    volunteer.name, volunteer.state = "Véra Sample", VolunteerState.CLEARED
    session.flush()
    for words, is_found in (
        ("sample VERA", True), ("vera", False), ("vera sample tale", False),
    ):  # fmt: skip
        found = finding.find_named(session, (), own(town), words, limit=5)
        assert found == ([volunteer] if is_found else [])
