"""A decision that is on the Update Service holds anew once that was looked at."""

from datetime import timedelta

import pytest

from welcome.buddies.clearances import clearing, update_service
from welcome.buddies.clearances.clearing import Seen
from welcome.buddies.clearances.errors import ClearanceAhead, NotOnUpdateService
from welcome.buddies.clearances.update_service import Looked
from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.buddies.rules.vocabulary import BuddyRole

ADULT, FAMILY = BuddyRole.ADULT, BuddyRole.FAMILY
YEAR = timedelta(days=365)


@pytest.fixture
def decide(session, scheme, volunteer, now):
    def act(seen_on, **more):
        said = {"level": DbsLevel.BASIC, "reason": "Why.", "on_update_service": True}
        said |= {"kind": ClearanceKind.DBS, "seen_on": seen_on, "role": ADULT}
        seen = Seen(**(said | more))
        return clearing.record_clearance(
            session, volunteer, seen, actor=scheme.coordinator, today=now.date(),
            now=now,
        )  # fmt: skip

    return act


@pytest.fixture
def look(session, scheme, volunteer, now):
    def act(role, on):
        return update_service.record_no_change(
            session, volunteer, Looked(role, on), actor=scheme.coordinator,
            today=now.date(), now=now,
        )  # fmt: skip

    return act


def test_looking_renews_the_day_and_not_the_decision(
    session, volunteer, decide, look, now
):
    today = now.date()
    first = decide(today - YEAR, time_abroad=True)
    again = look(ADULT, today)
    assert again.expires_on > first.expires_on
    same = ("level", "reason", "role", "is_met", "on_update_service", "time_abroad")
    assert [getattr(again, each) for each in same] == [
        getattr(first, each) for each in same
    ]
    assert update_service.list_roles(session, volunteer) == [ADULT]
    with pytest.raises(ClearanceAhead):
        look(ADULT, today + YEAR)


@pytest.mark.parametrize("later", [{"on_update_service": False}, {"is_met": False}])
def test_only_what_counts_and_is_on_the_service_is_looked_up(
    session, volunteer, decide, look, now, later
):
    today = now.date()
    decide(today - YEAR)
    with pytest.raises(NotOnUpdateService):
        look(FAMILY, today)
    decide(today - YEAR, **later)
    assert update_service.list_roles(session, volunteer) == []
    with pytest.raises(NotOnUpdateService):
        look(ADULT, today)
