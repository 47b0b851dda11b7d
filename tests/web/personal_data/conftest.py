"""A pair of whom everything is known, and who may handle their records."""

from types import SimpleNamespace

import pytest

from tests.buddies import clearing_people, records
from welcome.accounts.models import Role
from welcome.partners import agreements
from welcome.partners.models import Organisation, OrganisationKind

ROLES = {
    "coordinator": Role.COORDINATOR,
    "second": Role.COORDINATOR,
    "lead": Role.SAFEGUARDING_LEAD,
    "referrer": Role.REFERRER,
    "scheme_lead": Role.SCHEME_LEAD,
}


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: the rooms' own tests have both."""
    return sqlite_database


@pytest.fixture
def pair(session, now):
    return records.write(session, now)


@pytest.fixture
def staff(session, pair, now):
    """Who works where the two are, and a coordinator and a lead who work elsewhere."""
    home = session.get_one(Organisation, pair.newcomer.organisation_id)
    other = agreements.add_organisation(
        session, "Elsewhere", OrganisationKind.CHARITY, actor=None, now=now
    )
    made = {
        key: clearing_people.add_account(session, key, home, role, now)
        for key, role in ROLES.items()
    }
    for key, role in (
        ("other_coordinator", Role.COORDINATOR),
        ("other_lead", Role.SAFEGUARDING_LEAD),
    ):
        made[key] = clearing_people.add_account(session, key, other, role, now)
    session.commit()
    return SimpleNamespace(**made)


@pytest.fixture
def person(pair):
    return pair.newcomer.public_id


@pytest.fixture
def desk(signed_in_as, staff):
    return signed_in_as(staff.coordinator)


@pytest.fixture
def second(signed_in_as, staff):
    return signed_in_as(staff.second)
