"""A council, two charities, a pair that meets, and who works there."""

import pytest

from tests.buddies import clearing_people, scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies.concerns import safeguarding
from welcome.buddies.concerns.safeguarding import Worry, whom
from welcome.buddies.models.concerns import RaisedBy
from welcome.buddies.models.pairings import PairingState

SECRET = "They took my phone."


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: the rooms' own tests have both."""
    return sqlite_database


@pytest.fixture
def people(session, now):
    made = clearing_people.assemble(session, now)
    session.commit()
    return made


@pytest.fixture
def pair(session, people, now):
    made = scenes.scene(session, now, PairingState.MEETING)
    made.pairing.lead_id = people.charity.id
    session.commit()
    return made


@pytest.fixture
def concern(session, pair, now):
    worry = Worry(raised_by=RaisedBy.NEWCOMER, what=SECRET, in_danger=True)
    made = safeguarding.raise_concern(
        session, whom(pair.pairing), worry, SCHEME, actor=None, now=now
    )
    session.commit()
    return made


@pytest.fixture
def lead(signed_in_as, people):
    return signed_in_as(people.lead)
