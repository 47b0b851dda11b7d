"""The cast's organisations with people in them, and a lead of one of them alone."""

import pytest

from tests.buddies.clearing_people import add_account
from tests.buddies.overseeing.towns import BusyTown
from welcome.accounts.models import Role
from welcome.partners import access as partners

NAMES = ("Town Friends", "Harbour Charity", "Town Council")


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: the rooms' own tests have both."""
    return sqlite_database


@pytest.fixture
def town(session, cast, now):
    """Six wait at Town Friends, seven at the charity; some volunteers are free."""
    made = BusyTown(session, now)
    by_name = {each.name: each for each in partners.list_organisations(session)}
    made.organisations = [by_name[name] for name in NAMES]
    made.ask(6, 1, waiting_days=20)
    made.ask(7, 2, waiting_days=40)
    made.help(5, 1, reach_m=None)
    session.commit()
    return made


@pytest.fixture
def lead(signed_in_as, cast, town):
    """The council's lead."""
    return signed_in_as(cast.scheme_lead)


@pytest.fixture
def foreign(session, town, now):
    """Somebody who leads at the charity alone."""
    charity = town.organisations[1]
    made = add_account(session, "foreign_lead", charity, Role.SCHEME_LEAD, now)
    session.commit()
    return made
