"""What tests of the coordinating desk share: people of Town Friends, and their addresses."""

from types import SimpleNamespace

import pytest

from tests.buddies import scenes
from welcome.buddies.models.pairings import HOLDS_PLACE, Pairing, PairingState
from welcome.buddies.models.requests import RequestState
from welcome.partners import access as partners

DESK = "/-/coordinating/"


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: the rooms' own tests have both."""
    return sqlite_database


@pytest.fixture
def organisations(session, cast):
    """The organisations of the cast by name."""
    return {each.name: each for each in partners.list_organisations(session)}


@pytest.fixture
def town(session, organisations, now):
    """A newcomer who waits and a volunteer who is cleared, both of Town Friends."""
    own = organisations["Town Friends"].id
    newcomer = scenes.newcomer(session, now, name="Nour Fiction", organisation_id=own)
    volunteer = scenes.volunteer(session, now, name="Vera Fiction", organisation_id=own)
    asking = scenes.request(session, newcomer, now)
    session.commit()
    return SimpleNamespace(
        own=own, newcomer=newcomer, volunteer=volunteer, asking=asking
    )


@pytest.fixture
def pair(session, town, now):
    """A pairing of the two that stands somewhere."""

    def act(state=PairingState.DRAFT, **values):
        made = Pairing(
            request_id=town.asking.id,
            newcomer_id=town.newcomer.id,
            volunteer_id=town.volunteer.id,
            state=state,
            moved_at=now,
            lead_id=town.own,
            **values,
        )
        town.volunteer.held = int(state in HOLDS_PLACE)
        if state in {PairingState.AGREED, PairingState.MEETING}:
            town.asking.state = RequestState.PAIRED
        session.add(made)
        session.commit()
        return made

    return act


@pytest.fixture
def desk(signed_in_as, cast):
    """The coordinator of Town Friends."""
    return signed_in_as(cast.coordinator)


@pytest.fixture
def one_home(signed_in_as, cast):
    """A coordinator of one organisation."""
    return signed_in_as(cast.neighbour)


def text_of(answer):
    return answer.get_data(as_text=True)
