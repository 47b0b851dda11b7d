"""A pair of two organisations, as the coordinator sees it who does not lead it."""

import pytest
from lxml import html

from tests.web.coordinating.conftest import DESK, text_of
from welcome.buddies.lifecycle.seats import FILLS
from welcome.buddies.models.pairings import (
    CheckIn,
    CheckInKind,
    CheckInState,
    DeclineReason,
    Face,
    PairingState,
    Side,
)
from welcome.buddies.models.people import Channel

SECRET = {Side.NEWCOMER: "I am not at ease", Side.VOLUNTEER: "We had tea"}


@pytest.fixture
def two_homes(session, town, pair, organisations, now):
    """A pairing that Town Friends leads, with a volunteer of Harbour Charity."""
    town.volunteer.organisation_id = organisations["Harbour Charity"].id

    def act(state, answer=CheckInState.ANSWERED):
        held = PairingState.MEETING.value if state is PairingState.HELD else None
        made = pair(state, held_from=held)
        asked = {
            side: CheckIn(
                pairing_id=made.id, side=side, kind=CheckInKind.WEEK_2,
                due_on=now.date(), state=answer, moved_at=now,
            )
            for side in Side
        }  # fmt: skip
        if answer is CheckInState.ANSWERED:
            for side, each in asked.items():
                each.note, each.face = SECRET[side], Face.BADLY
        session.add_all(asked.values())
        session.commit()
        return made, asked

    return act


@pytest.mark.parametrize("state", PairingState)
def test_the_page_opens_wherever_the_pairing_stands(one_home, two_homes, state):
    made, _asked = two_homes(state)
    page = text_of(one_home.get(f"{DESK}pairings/{made.public_id}/"))
    assert "Vera Fiction" in page
    assert "Nour Fiction" not in page
    assert SECRET[Side.VOLUNTEER] in page
    assert SECRET[Side.NEWCOMER] not in page
    main = html.document_fromstring(page).xpath("//main")[0]
    found = {
        each: one_home.get(each).status_code
        for each in main.xpath(".//a/@href")
        if each.startswith("/")
    }
    assert found
    assert found == dict.fromkeys(found, 200)


@pytest.mark.parametrize("state", PairingState)
def test_who_leads_can_introduce_the_two_by_hand(
    desk, one_home, session, town, two_homes, state
):
    town.volunteer.channel, town.volunteer.safe_until = Channel.CALL, 17
    phone = town.volunteer.phone
    made, _asked = two_homes(state)
    is_told = state in FILLS
    page = text_of(desk.get(f"{DESK}pairings/{made.public_id}/"))
    assert ("Vera Fiction" in page) is is_told
    assert (phone in page) is is_told
    assert ("from 0 to 17 o’clock" in page) is is_told
    other = text_of(one_home.get(f"{DESK}pairings/{made.public_id}/"))
    assert "Nour Fiction" not in other


def test_why_somebody_said_no_is_shown_to_who_leads(desk, one_home, session, two_homes):
    made, _asked = two_homes(PairingState.DECLINED)
    made.said_no, made.said_why = Side.NEWCOMER, DeclineReason.KNOWS_THEM
    session.commit()
    there = f"{DESK}pairings/{made.public_id}/"
    assert "We may know each other" in text_of(desk.get(there))
    other = text_of(one_home.get(there))
    assert "We may know each other" not in other
    assert "Said no" not in other


@pytest.mark.parametrize("state", PairingState)
def test_who_leads_hears_both_sides(desk, two_homes, state):
    made, _asked = two_homes(state)
    page = text_of(desk.get(f"{DESK}pairings/{made.public_id}/"))
    assert SECRET[Side.NEWCOMER] in page
    assert SECRET[Side.VOLUNTEER] in page


@pytest.mark.parametrize("act", ["", "/slip"])
def test_an_answer_is_taken_of_ones_own_side_alone(one_home, two_homes, read, act):
    _made, asked = two_homes(PairingState.MEETING, CheckInState.DUE)
    codes = {
        side: one_home.post(
            f"{DESK}check-ins/{each.public_id}{act}", data={"has_met": "yes"}
        ).status_code
        for side, each in asked.items()
    }
    assert codes == {Side.NEWCOMER: 404, Side.VOLUNTEER: 200 if act else 302}
    states = {each.side: each.state for each in read(CheckIn)}
    assert states[Side.NEWCOMER] is CheckInState.DUE
