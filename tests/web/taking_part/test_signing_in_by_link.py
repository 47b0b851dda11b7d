"""Links by which volunteers come in: two of one address, and the hours that are safe."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from tests.buddies.people.test_intake import APPLICATION
from tests.web.taking_part.test_links import press
from tests.web.taking_part.test_volunteers import ask
from welcome import clock
from welcome.buddies.people import intake
from welcome.messages.models import Message
from welcome.web.taking_part import sign_in as door_of_pages


@pytest.fixture
def vera(session, council, now):
    made = intake.apply(session, APPLICATION, now=now).person
    session.commit()
    return made


@pytest.fixture
def victor(session, vera, now):
    """Somebody else with Vera's address."""
    told = replace(APPLICATION, key="form of Victor", name="Victor")
    made = intake.apply(session, told, now=now).person
    session.commit()
    return made


def test_each_of_two_with_one_address_gets_a_link(client, vera, victor, read):
    ask(client, "vera@example.org")
    addresses = [
        line.removeprefix("https://welcome.example.org")
        for letter in read(Message)
        for line in letter.body.splitlines()
        if "://" in line
    ]
    whose = []
    for each in addresses:
        press(client, each, "sign-in", page=client.get(each))
        with client.session_transaction() as cookie:
            whose.append(cookie[door_of_pages.COOKIE][0])
    assert sorted(whose) == sorted([vera.public_id, victor.public_id])


def test_a_letter_keeps_to_the_hours_until_it_goes(client, session, vera, read):
    hour = clock.now().astimezone(ZoneInfo("Europe/London")).hour
    vera.safe_from, vera.safe_until = hour, hour + 1
    session.commit()
    ask(client, "vera@example.org")
    (letter,) = read(Message)
    assert (letter.safe_from, letter.safe_until) == (hour, hour + 1)


def test_two_letter_boxes_are_filled_no_more_than_one(client, vera, victor, read):
    for _ in range(4):
        ask(client, "vera@example.org")
    assert len(read(Message)) == 2
