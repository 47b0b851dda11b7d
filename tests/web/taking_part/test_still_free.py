"""The page behind "are you still free?": one tap, and nothing before it."""

from datetime import timedelta

import pytest
from lxml import html
from sqlmodel import select

from tests.buddies.scenes import SCHEME, volunteer
from tests.web.taking_part.test_links import heading, press
from welcome import clock
from welcome.buddies import links
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.people import PausedBy, Volunteer, VolunteerState
from welcome.buddies.rules.times import ANY_TIME


@pytest.fixture
def link(session, council):
    """The address that somebody was sent who is free on two mornings."""
    now = clock.now() - timedelta(days=200)
    someone = volunteer(session, now, organisation_id=council.id)
    made = links.make(
        session, LinkPurpose.STILL_FREE, About("volunteer", someone.id), now=clock.now()
    )
    session.commit()
    return SCHEME.address(f"/-/take-part/still-free/{made.token}").split(".org")[1]


@pytest.fixture
def someone(maker):
    """The volunteer, as they stand now."""

    def read():
        with maker() as session:
            return session.exec(select(Volunteer)).one()

    return read


def heard_lately(person):
    return clock.now() - person.heard_at < timedelta(minutes=5)


def test_opening_it_changes_nothing_and_tells_nothing(client, link, someone):
    for _each in range(2):
        page = client.get(link)
        assert heading(page) == "Are you still free?"
        text = page.get_data(as_text=True)
        assert someone().name not in text
        assert "buddy" not in html.document_fromstring(text).findtext(".//main").lower()
    assert not heard_lately(someone())


def test_a_yes_is_one_tap_and_counts_once(client, link, someone):
    assert heading(press(client, link, "yes")) == "Done"
    assert heard_lately(someone())
    assert client.get(link).status_code == 410


def test_other_times_begin_with_those_that_are_known(client, link, someone):
    page = press(client, link, "times")
    ticked = html.document_fromstring(page.get_data(as_text=True)).xpath(
        "//input[@name='times'][@checked]/@value"
    )
    assert ticked == ["mon-afternoon", "mon-evening"]
    none = press(client, link, "keep", page=page)
    assert none.status_code == 422
    assert "Tick when you are free" in none.get_data(as_text=True)
    saved = press(client, link, "keep", page=none, times=["tue-morning"])
    assert heading(saved) == "Done"
    assert (someone().times, heard_lately(someone())) == (0b1000, True)


def test_a_tampered_time_is_refused(client, link, someone):
    page = press(client, link, "times")
    answer = press(client, link, "keep", page=page, times=["someday-noon"])
    assert answer.status_code == 422
    assert someone().times != ANY_TIME
    assert not heard_lately(someone())


def test_not_for_now_asks_for_how_long(client, link, someone):
    page = press(client, link, "pause")
    assert heading(page) == "Not for now"
    assert someone().state is VolunteerState.CLEARED
    assert heading(press(client, link, "pause", page=page, weeks="4")) == "Done"
    paused = someone()
    assert (paused.state, paused.paused_by) == (
        VolunteerState.PAUSED, PausedBy.THEMSELVES,
    )  # fmt: skip
    assert client.get(link).status_code == 410


def test_who_wants_to_stop_is_asked_once_more(client, link, someone):
    page = press(client, link, "leave")
    assert someone().state is VolunteerState.CLEARED
    back = press(client, link, "back", page=page)
    assert heading(back) == "Are you still free?"
    assert heading(press(client, link, "leave-now", page=page)) == "Done"
    assert someone().state is VolunteerState.LEFT
    assert client.get(link).status_code == 410
