"""After how many days what happens: set once for the scheme, refused where nobody waits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies import days
from welcome.buddies.due.tending import Due, Tending, list_due
from welcome.buddies.errors import BadDays
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import PausedBy, VolunteerState
from welcome.buddies.scheme import Days

DAY = timedelta(days=1)
# Half an hour after midnight in London, in summer: the day before in Greenwich.
SUMMER_NIGHT = datetime(2026, 7, 9, 23, 30, tzinfo=UTC)


def test_the_usual_days_count_until_others_are_set(session, cast, settings, now):
    assert days.read(session) == Days()
    other = replace(Days(), reminders=(1, 3, 4), answer=5, still_free=90)
    for each in (replace(other, answer=6), other):
        days.write(session, each, actor=cast.scheme_lead, now=now)
    assert days.read(session) == other
    assert days.standing(session, settings).days == other


def test_what_is_not_named_stays_usual():
    assert days.parse({"answer": 9}) == replace(Days(), answer=9)


@pytest.mark.parametrize(
    "settings",
    [
        {"answer": 1}, {"answer": 61}, {"answer": True}, {"answer": "7"},
        {"answer": 5}, {"weeks": 3}, {"reminders": 2}, {"reminders": [5, 2]},
        {"reminders": [2, 2]}, {"reminders": [0]}, {"reminders": [7]},
        {"reminders": [1, 2, 3, 4, 5]}, {"reminders": ["2"]}, {"still_free": 29},
        {"free_again": 91},
    ],
)  # fmt: skip
def test_days_that_nobody_waits_are_refused(settings):
    with pytest.raises(BadDays):
        days.parse(settings)


def test_nothing_is_set_that_is_refused(session, cast, now):
    with pytest.raises(BadDays):
        days.write(session, replace(Days(), tell=0), actor=cast.scheme_lead, now=now)
    assert days.read(session) == Days()


def test_no_reminder_at_all_may_be_wanted():
    assert days.parse({"reminders": []}).reminders == ()


def test_reminders_go_on_the_days_that_were_set(session, now):
    scene = scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    days.write(session, replace(Days(), reminders=(4,)), actor=None, now=now)
    due = Due(Tending.REMIND, scene.pairing.id)
    assert due not in list_due(session, now + 3 * DAY)
    assert due in list_due(session, now + 4 * DAY)


def test_without_reminders_nobody_is_reminded(session, now):
    scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    days.write(session, replace(Days(), reminders=()), actor=None, now=now)
    assert list_due(session, now + 6 * DAY) == []


def test_a_day_begins_at_midnight_in_the_place(session, now):
    scene = scenes.scene(session, now, PairingState.MEETING)
    scene.pairing.asks_on = date(2026, 7, 10)
    back = scenes.volunteer(
        session, now, state=VolunteerState.PAUSED, paused_by=PausedBy.THEMSELVES,
        back_on=date(2026, 7, 10),
    )  # fmt: skip
    there = list_due(session, SUMMER_NIGHT, SCHEME.zone)
    assert there == [
        Due(Tending.ASK, scene.pairing.id), Due(Tending.COME_BACK, back.id),
    ]  # fmt: skip
    assert list_due(session, SUMMER_NIGHT) == []
    assert list_due(session, SUMMER_NIGHT - timedelta(hours=1), SCHEME.zone) == []
