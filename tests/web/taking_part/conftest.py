"""What tests of taking part share: an organisation, and filling in forms of steps."""

import pytest

from tests.web.taking_part.filling import Filler
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: the rooms' own tests have both."""
    return sqlite_database


@pytest.fixture
def council(session, now):
    made = agreements.add_organisation(
        session, "Council", OrganisationKind.COUNCIL, actor=None, now=now,
        safeguarding_phone="01922 000000",
    )  # fmt: skip
    session.commit()
    return made


@pytest.fixture
def fill(client, council):
    """Fill in a form step by step, as a browser does."""
    return lambda form, tag="en": Filler(client, f"/-/take-part/{tag}/{form}/")
