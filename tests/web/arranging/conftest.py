"""The cast, a lead of another organisation, and something to arrange."""

import pytest

from tests.buddies.clearing_people import add_account
from welcome.accounts.models import Role
from welcome.partners import access, agreements, sharing


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: the rooms' own tests have both."""
    return sqlite_database


@pytest.fixture
def places(session, cast):
    """The organisations by name; whoever changes them works in a session of their own."""
    found = {each.name: each for each in access.list_organisations(session)}
    # Reading opened a transaction, for which the pages would wait.
    session.commit()
    return found


@pytest.fixture
def everybody(session, cast, places, now):
    """The cast, and somebody who leads at another organisation than the council."""
    made = add_account(
        session, "elsewhere", places["Harbour Charity"], Role.SCHEME_LEAD, now
    )
    session.commit()
    return {**vars(cast), "elsewhere": made}


@pytest.fixture
def proposed(session, cast, places, now):
    """Harbour Charity proposed to share with Town Friends."""
    made = sharing.propose(
        session, places["Harbour Charity"], places["Town Friends"],
        actor=cast.neighbour, now=now,
    )  # fmt: skip
    session.commit()
    return made


@pytest.fixture
def agreed(session, proposed, now):
    agreements.agree(session, proposed, actor=None, now=now)
    agreements.allow(session, proposed, actor=None, now=now)
    session.commit()
    return proposed


@pytest.fixture
def lead(signed_in_as, cast):
    return signed_in_as(cast.scheme_lead)


@pytest.fixture
def coordinator(signed_in_as, cast):
    return signed_in_as(cast.coordinator)
