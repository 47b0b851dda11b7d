"""A town of three organisations, empty at first."""

import pytest

from tests.buddies.overseeing.towns import BusyTown


@pytest.fixture
def town(session, now):
    made = BusyTown(session, now)
    made.organise(3)
    return made
