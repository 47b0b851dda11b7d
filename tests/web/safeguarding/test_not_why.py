"""Coordinators see that a pair is on hold or has ended, and not why."""

import pytest

from tests.buddies.scenes import SCHEME
from welcome.buddies.concerns import handling, stopping
from welcome.buddies.models.pairings import Outcome, PairingState
from welcome.phrases import codes


@pytest.fixture
def pair(session, pair, people):
    """The same pair, both of the charity."""
    pair.newcomer.organisation_id = people.charity.id
    pair.volunteer.organisation_id = people.charity.id
    session.commit()
    return pair


@pytest.fixture
def ended(session, people, pair, concern, now):
    by = {"actor": people.lead, "now": now}
    handling.take_up(session, concern, **by)
    found = stopping.get_pair(session, concern, pair.pairing.public_id)
    stopping.end_pair(session, found, SCHEME, wants_another=True, **by)
    session.commit()
    return pair


@pytest.mark.parametrize("who", ["coordinator", "lead"])
def test_a_pair_ended_by_safeguarding_looks_like_any_other(
    signed_in_as, people, ended, who
):
    browser = signed_in_as(getattr(people, who))
    assert ended.pairing.outcome is Outcome.SAFEGUARDING
    for address in (
        f"/-/coordinating/pairings/{ended.pairing.public_id}/",
        f"/-/coordinating/volunteers/{ended.volunteer.public_id}/",
        "/-/coordinating/pairings/",
        "/-/coordinating/tasks/",
    ):
        answer = browser.get(address)
        page = answer.get_data(as_text=True)
        if who == "coordinator":
            assert answer.status_code == 200, address
        assert codes.PHRASES["Outcome.safeguarding"] not in page
        assert people.lead.name not in page or who == "lead", address
    assert ended.pairing.state is PairingState.ENDED


def test_a_coordinator_may_say_that_the_scheme_ended_it(
    signed_in_as, session, people, pair, read
):
    browser = signed_in_as(people.coordinator)
    address = f"/-/coordinating/pairings/{pair.pairing.public_id}/"
    page = browser.get(address).get_data(as_text=True)
    assert 'value="by-scheme"' in page
    assert 'value="safeguarding"' not in page
