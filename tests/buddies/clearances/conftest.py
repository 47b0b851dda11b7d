"""What tests of clearances share: organisations with their people, and who applied."""

import pytest

from tests.buddies import clearing_people


@pytest.fixture
def scheme(session, now):
    return clearing_people.assemble(session, now)


@pytest.fixture
def volunteer(session, scheme, now):
    return clearing_people.add_volunteer(session, scheme.charity, now)
