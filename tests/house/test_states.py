"""Every state can be reached, and every move leads somewhere that exists."""

from enum import StrEnum

import pytest

from welcome.buddies.models import (
    clearing,
    concerns,
    pairings,
    people,
    requests,
    rights,
)
from welcome.editions import models as editions
from welcome.jobs import models as jobs
from welcome.messages import models as messages
from welcome.translation import models as translation

MACHINES = [
    (translation.TargetState, translation.MOVES, translation.TargetState.INITIAL),
    (editions.EditionState, editions.MOVES, editions.EditionState.PREPARING),
    (jobs.JobState, jobs.MOVES, jobs.JobState.WAITING),
    (messages.MessageState, messages.MOVES, messages.MessageState.DRAFT),
    (
        people.VolunteerState,
        people.VOLUNTEER_MOVES,
        people.VolunteerState.APPLIED,
    ),
    (
        requests.RequestState,
        requests.REQUEST_MOVES,
        requests.RequestState.OPEN,
    ),
    (
        pairings.PairingState,
        pairings.PAIRING_MOVES,
        pairings.PairingState.DRAFT,
    ),
    (
        pairings.CheckInState,
        pairings.CHECK_IN_MOVES,
        pairings.CheckInState.DUE,
    ),
    (
        clearing.RefereeState,
        clearing.REFEREE_MOVES,
        clearing.RefereeState.NAMED,
    ),
    (
        concerns.ConcernState,
        concerns.CONCERN_MOVES,
        concerns.ConcernState.RAISED,
    ),
    (
        rights.ExportState,
        rights.EXPORT_MOVES,
        rights.ExportState.PREPARED,
    ),
]


@pytest.mark.parametrize(
    ("states", "moves", "first"),
    MACHINES,
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_every_state_can_be_reached_from_the_first(states: type[StrEnum], moves, first):
    assert set(moves) == set(states)
    reached, waiting = {first}, [first]
    while waiting:
        fresh = set(moves[waiting.pop()]) - reached
        reached |= fresh
        waiting += fresh
    assert reached == set(states)
