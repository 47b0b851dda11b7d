"""What is due today is counted, and each count leads to its list."""

from datetime import timedelta

import pytest
from lxml import html

from tests.web.coordinating.conftest import DESK, text_of
from welcome import clock
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import VolunteerState
from welcome.buddies.models.requests import RequestState

DAY = timedelta(days=1)
CLEAR = "Nothing is due."
LINES = {
    PairingState.DRAFT: "1 draft is not sent yet",
    PairingState.AGREED: "1 pair agreed and waits for the introduction",
    PairingState.ENDING: "The last day of 1 pair has passed",
}


def due(client):
    page = html.document_fromstring(text_of(client.get(DESK)))
    (items,) = page.xpath("//main//ul[contains(@class, 'due')]")
    return items


@pytest.mark.parametrize("state", PairingState)
def test_a_count_leads_to_its_list(desk, pair, now, state):
    # The page asks the real clock, which is far ahead.
    pair(state, ends_on=(now - DAY).date(), held_from="ending")
    items = due(desk)
    text = items.text_content()
    assert [each for each in LINES.values() if each in text] == (
        [LINES[state]] if state in LINES else []
    )
    assert (CLEAR in text) is (state not in LINES)
    for address in items.xpath(".//li/a/@href"):
        assert "Nour Fiction" in text_of(desk.get(address))


def test_a_last_day_to_come_is_not_due(desk, pair):
    pair(PairingState.ENDING, ends_on=(clock.now() + DAY).date())
    assert CLEAR in due(desk).text_content()


def test_who_leads_a_pair_has_it_before_them_and_nobody_else(
    one_home, session, town, organisations, pair
):
    town.volunteer.organisation_id = organisations["Harbour Charity"].id
    pair(PairingState.AGREED)
    assert CLEAR in due(one_home).text_content()


def test_who_applied_is_counted_too(desk, session, town):
    town.volunteer.state = VolunteerState.APPLIED
    session.commit()
    assert "1 new volunteer applied" in due(desk).text_content()
    assert CLEAR not in due(desk).text_content()


@pytest.mark.parametrize(("days", "is_due"), [(0, True), (1, False)])
def test_what_is_on_hold_comes_back_on_its_day(desk, session, town, days, is_due):
    town.asking.state = RequestState.ON_HOLD
    town.asking.look_again_on = (clock.now() + days * DAY).date()
    session.commit()
    items = due(desk)
    line = "1 request on hold is to be looked at again"
    assert (line in items.text_content()) is is_due
    assert (CLEAR in items.text_content()) is not is_due
    for address in items.xpath(".//li/a/@href"):
        assert "Nour Fiction" in text_of(desk.get(address))


def test_what_others_hold_is_not_due_here(one_home, session, town):
    town.asking.state = RequestState.ON_HOLD
    town.asking.look_again_on = clock.now().date()
    session.commit()
    assert CLEAR in due(one_home).text_content()
