"""A charity, its volunteers, and a browser for everybody who works there."""

import pytest

from tests.buddies import clearing_people
from welcome.buddies.clearances import referees
from welcome.buddies.clearances.referees import Named
from welcome.buddies.models.clearing import Relation


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
def volunteer(session, people, now):
    made = clearing_people.add_volunteer(
        session, people.charity, now, offers=["adult", "family"]
    )
    session.commit()
    return made


@pytest.fixture
def referee(session, volunteer, now):
    made = referees.name_referee(
        session, volunteer,
        Named("Ruth Fictional", Relation.COLLEAGUE, "ruth@example.org"),
        actor=None, now=now,
    )  # fmt: skip
    session.commit()
    return made


@pytest.fixture
def coordinator(signed_in_as, people):
    return signed_in_as(people.coordinator)
