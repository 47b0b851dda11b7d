"""How much would go if other periods counted: told first, and then so."""

import pytest

from tests.buddies import records
from welcome.buddies import policies
from welcome.buddies.errors import PolicyChanged
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import VolunteerState
from welcome.buddies.models.requests import RequestState
from welcome.buddies.privacy import retention
from welcome.buddies.rules import clocks
from welcome.buddies.rules.clocks import USUAL_CLOCKS, Clock


@pytest.fixture
def ended(session, now):
    """A pairing that ended well, a request that is closed, a volunteer who left."""
    made = records.write(session, now)
    made.pairing.state, made.pairing.ended_at = PairingState.ENDED, now
    made.pairing.introduced_at = now
    made.request.state = RequestState.CLOSED
    made.volunteer.state, made.volunteer.held = VolunteerState.LEFT, 0
    session.commit()
    return made


def some(counted):
    return {clock: number for clock, number in counted.items() if number}


def test_every_clock_is_counted(session, now, ended):
    assert set(retention.count_due(session, now.date(), USUAL_CLOCKS)) == set(Clock)


def test_what_is_counted_is_what_goes(session, now, ended):
    today = now.date().replace(month=6)
    shorter = clocks.read({"newcomer": 3, "volunteer": 3})
    before = retention.count_due(session, today, USUAL_CLOCKS)
    would = retention.count_due(session, today, shorter)
    assert (before[Clock.NEWCOMER], would[Clock.NEWCOMER]) == (0, 1)
    assert (before[Clock.VOLUNTEER], would[Clock.VOLUNTEER]) == (0, 1)
    assert policies.count_versions(session, PolicyKind.RETENTION) == 0
    retention.set_clocks(session, shorter.settings(), actor=None, now=now, based_on=0)
    gone = retention.carry_out(session, today, actor=None, now=now)
    assert some(gone) == some(would)
    assert not some(retention.count_due(session, today, shorter))


def test_what_the_law_keeps_is_not_counted(session, now, ended):
    today = now.date().replace(year=2040)
    assert retention.count_due(session, today, USUAL_CLOCKS)[Clock.NEWCOMER] == 1
    ended.newcomer.is_kept_for_law = True
    session.flush()
    assert retention.count_due(session, today, USUAL_CLOCKS)[Clock.NEWCOMER] == 0


def test_nobody_sets_what_they_have_not_seen(session, now):
    retention.set_clocks(session, {"newcomer": 3}, actor=None, now=now, based_on=0)
    with pytest.raises(PolicyChanged):
        retention.set_clocks(session, {"newcomer": 9}, actor=None, now=now, based_on=0)
    assert retention.read_clocks(session).numbers[Clock.NEWCOMER] == 3
