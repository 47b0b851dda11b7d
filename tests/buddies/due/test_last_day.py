"""After the last day of a pair nobody is asked, and somebody looks at it once."""

from datetime import timedelta

import pytest

from tests.buddies import scenes
from tests.buddies.due.test_tending import run_due
from tests.buddies.scenes import SCHEME
from welcome.buddies import tasks
from welcome.buddies.due import deadlines
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import checkins, exits, pairings
from welcome.buddies.models.pairings import Outcome, PairingState
from welcome.buddies.tasks import list_open

DAY = timedelta(days=1)


@pytest.fixture
def ending(session, now):
    """A pair that meets, with a last day in ten days; a question is due in fourteen."""
    scene = scenes.scene(session, now, PairingState.INTRODUCED)
    last = pairings.Notice((now + 10 * DAY).date(), is_sooner=True)
    pairings.begin_ending(session, scene.pairing, last, SCHEME, actor=None, now=now)
    return scene


def acts_by_day(session, now, days):
    done = {day: run_due(session, now + day * DAY) for day in days}
    return {day: acts for day, acts in done.items() if acts}


def test_the_day_after_the_last_somebody_looks_at_it_and_nobody_is_asked(
    session, now, ending
):
    assert acts_by_day(session, now, range(120)) == {11: ["last-day"]}
    assert scenes.open_tasks(session) == [
        ("last-day-passed", "pairing", ending.pairing.id)
    ]
    assert ending.pairing.state is PairingState.ENDING
    letters = {name for name, _to in scenes.letters(session)}
    assert letters == {"ending_notice"}


def test_until_the_last_day_both_are_asked(session, now):
    scene = scenes.scene(session, now, PairingState.INTRODUCED)
    last = pairings.Notice((now + 14 * DAY).date())
    pairings.begin_ending(session, scene.pairing, last, SCHEME, actor=None, now=now)
    done = acts_by_day(session, now, range(20))
    assert done == {14: ["ask"], 15: ["last-day"]}


def test_a_question_that_was_missed_is_not_asked_after_the_last_day(
    session, now, ending
):
    ending.pairing.asks_on = (now + 9 * DAY).date()
    session.flush()
    assert run_due(session, now + 12 * DAY) == ["last-day"]
    with pytest.raises(MoveRefused):
        checkins.ask_both(session, ending.pairing, SCHEME, now=now + 12 * DAY)


def test_who_looked_at_it_is_not_told_again_of_the_same_ending(
    session, now, ending, cast
):
    late = now + 11 * DAY
    run_due(session, late)
    (task,) = list_open(session, [ending.pairing.lead_id])
    tasks.done(session, task, actor=cast.writer, now=late)
    assert acts_by_day(session, now, range(12, 40)) == {}
    pairings.carry_on(session, ending.pairing, actor=None, now=late)
    last = pairings.Notice((now + 50 * DAY).date(), is_sooner=True)
    args = (session, ending.pairing, last, SCHEME)
    pairings.begin_ending(*args, actor=None, now=now + 40 * DAY)
    assert acts_by_day(session, now, [51]) == {51: ["last-day"]}


@pytest.mark.parametrize("days", [0, 10])
def test_nobody_is_told_before_the_day_is_over(session, now, ending, days):
    with pytest.raises(MoveRefused):
        deadlines.note_last_day(session, ending.pairing, SCHEME, now=now + days * DAY)


def test_of_a_pair_that_ended_or_goes_on_nothing_is_told(session, now, ending):
    pairings.carry_on(session, ending.pairing, actor=None, now=now)
    for state in (PairingState.MEETING, PairingState.ENDED):
        if state is PairingState.ENDED:
            end = exits.Ending(Outcome.COMPLETED)
            exits.end(session, ending.pairing, end, SCHEME, actor=None, now=now)
        with pytest.raises(MoveRefused):
            deadlines.note_last_day(session, ending.pairing, SCHEME, now=now + 60 * DAY)
