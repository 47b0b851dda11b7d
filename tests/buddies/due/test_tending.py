"""What the days bring: reminders, lapsed proposals, questions; each listed while due."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies import tasks
from welcome.buddies.due import deadlines
from welcome.buddies.due.tending import list_due, tend
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import proposals
from welcome.buddies.links import About
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import CheckIn, CheckInState, PairingState
from welcome.buddies.models.people import PausedBy, VolunteerState
from welcome.buddies.models.requests import HoldReason, RequestState
from welcome.buddies.proposing import drafts
from welcome.errors import NotFound
from welcome.jobs import due as jobs_due
from welcome.jobs.handlers import HANDLERS
from welcome.jobs.models import Job, JobState
from welcome.jobs.running import Context

DAY = timedelta(days=1)


def run_due(session, now):
    """Do everything that is due, as the jobs do, until nothing is."""
    done = []
    for _ in range(10):
        found = list_due(session, now)
        for each in found:
            tend(session, each, SCHEME, now=now)
        done += [each.act.value for each in found]
        if not found:
            return done
    raise AssertionError(f"never at rest: {done}")


@pytest.mark.parametrize(
    "state", [PairingState.VOLUNTEER_ASKED, PairingState.NEWCOMER_ASKED]
)
def test_who_was_asked_is_reminded_twice_and_then_it_lapses(session, now, state):
    scene = scenes.scene(session, now, state)
    done = {day: run_due(session, now + day * DAY) for day in range(9)}
    assert {day: acts for day, acts in done.items() if acts} == {
        2: ["remind"],
        5: ["remind"],
        7: ["expire"],
    }
    asked = scene.volunteer if "volunteer" in state else scene.newcomer
    both = [("no_longer", scene.newcomer.email), ("no_longer", scene.volunteer.email)]
    told = both[1:] if asked is scene.volunteer else both
    assert scenes.letters(session) == [("proposal_reminder", asked.email)] * 2 + told
    assert scenes.open_tasks(session) == [
        ("nobody-answered", "pairing", scene.pairing.id)
    ]
    assert (scene.volunteer.held, scene.request.state) == (0, RequestState.OPEN)
    assert scene.request.unanswered == int(asked is scene.newcomer)
    assert scene.volunteer.unanswered == int(asked is scene.volunteer)


def test_of_reminders_that_were_missed_one_goes(session, now):
    scene = scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    assert run_due(session, now + 6 * DAY) == ["remind"]
    assert scene.pairing.reminders == 2


def test_nothing_lapses_before_its_time(session, now):
    scene = scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    early = now + 7 * DAY - timedelta(seconds=1)
    with pytest.raises(MoveRefused):
        deadlines.expire(session, scene.pairing, SCHEME, now=early)


@pytest.mark.parametrize("state", [PairingState.DRAFT, PairingState.AGREED])
def test_only_a_question_lapses(session, now, state):
    scenes.scene(session, now, state)
    assert run_due(session, now + 30 * DAY) == []


def propose(session, asks, helper, now, *, is_agreed):
    pairing = drafts.draft(session, asks, helper, actor=None, now=now)
    proposals.ask_volunteer(session, pairing, SCHEME, actor=None, now=now)
    if is_agreed:
        proposals.volunteer_agrees(session, pairing, SCHEME, actor=None, now=now)
    deadlines.expire(session, pairing, SCHEME, now=now + 7 * DAY)
    return pairing


def test_a_newcomer_who_is_silent_three_times_waits_for_contact(session, now):
    asks = scenes.request(session, scenes.newcomer(session, now), now)
    for times in range(3):
        assert (asks.state, asks.unanswered) == (RequestState.OPEN, times)
        helper = scenes.volunteer(session, now)
        propose(session, asks, helper, now, is_agreed=True)
        session.refresh(asks)
    assert (asks.state, asks.hold_reason) == (
        RequestState.ON_HOLD,
        HoldReason.NO_CONTACT,
    )


def test_a_volunteer_who_is_silent_twice_pauses(session, now):
    helper = scenes.volunteer(session, now, capacity=2)
    waiting = scenes.request(session, scenes.newcomer(session, now), now)
    other = drafts.draft(session, waiting, helper, actor=None, now=now)
    for times in range(2):
        assert (helper.state, helper.unanswered) == (VolunteerState.CLEARED, times)
        asks = scenes.request(session, scenes.newcomer(session, now), now)
        propose(session, asks, helper, now, is_agreed=False)
        session.refresh(helper)
    assert (helper.state, helper.paused_by) == (
        VolunteerState.PAUSED,
        PausedBy.SILENCE,
    )
    assert (helper.held, other.state) == (0, PairingState.WITHDRAWN)


def test_an_answer_in_between_starts_the_count_again(session, now):
    helper = scenes.volunteer(session, now)
    for is_agreed in (False, True, False):
        asks = scenes.request(session, scenes.newcomer(session, now), now)
        propose(session, asks, helper, now, is_agreed=is_agreed)
    assert (helper.state, helper.unanswered) == (VolunteerState.CLEARED, 1)


def test_a_pair_is_asked_and_silence_is_noted(session, now):
    scene = scenes.scene(session, now, PairingState.INTRODUCED)
    done = {day: run_due(session, now + day * DAY) for day in range(32)}
    assert {day: acts for day, acts in done.items() if acts} == {
        14: ["ask"],
        21: ["ask", "miss", "miss"],
        28: ["miss", "miss"],
        31: ["ask"],
    }
    assert scenes.open_tasks(session) == [("silent-twice", "pairing", scene.pairing.id)]
    states = [each.state for each in session.exec(select(CheckIn))]
    assert states.count(CheckInState.MISSED) == 4


def test_what_is_held_is_left_alone(session, now):
    scene = scenes.scene(session, now, PairingState.HELD, PairingState.MEETING)
    asked = CheckIn(
        pairing_id=scene.pairing.id, side="newcomer", kind="monthly",
        due_on=now.date(), moved_at=now,
    )  # fmt: skip
    session.add(asked)
    assert run_due(session, now + 60 * DAY) == []


@pytest.mark.parametrize("is_cleared", [True, False])
def test_a_pause_ends_on_its_day(session, now, is_cleared):
    someone = scenes.volunteer(
        session, now, state=VolunteerState.PAUSED, paused_by=PausedBy.THEMSELVES,
        back_on=date(2026, 3, 4),
    )  # fmt: skip
    if not is_cleared:
        session.exec(scenes.sa.delete(scenes.ClearedFor))
    assert run_due(session, now + DAY) == []
    assert run_due(session, now + 2 * DAY) == ["come-back"]
    assert (someone.state, someone.paused_by) == (
        (VolunteerState.CLEARED, None)
        if is_cleared
        else (VolunteerState.PAUSED, PausedBy.CLEARANCE)
    )


def test_what_is_due_is_found_by_three_statements(session, now, engine):
    scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    seen = []

    def note(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    assert list_due(session, now) == []
    assert [each for each in seen if not each.startswith("BEGIN")] == seen[-3:]


def test_what_is_due_becomes_one_job_a_day_that_does_it(session, maker, settings, now):
    scene = scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    late = now + 400 * DAY
    scene.volunteer.heard_at = scene.newcomer.heard_at = late
    [job] = jobs_due.find_work(session, late)
    assert (job.kind, job.args) == (
        "tend",
        {"act": "expire", "subject_id": scene.pairing.id},
    )
    assert jobs_due.find_work(session, late) == []
    args = dict(job.args)
    session.commit()
    context = Context(maker, settings, job, "token")
    # The real clock is far ahead of the day on which the test happens.
    assert HANDLERS["tend"](context, **args) is None
    session.expire_all()
    assert scene.pairing.state is PairingState.EXPIRED
    session.commit()
    assert HANDLERS["tend"](context, **args).code == "move_refused"
    assert list_due(session, late) == []


def test_what_failed_is_tried_again_the_next_day(session, now):
    scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    late = now + 8 * DAY
    [job] = jobs_due.find_work(session, late)
    job.state = JobState.FAILED
    session.flush()
    assert jobs_due.find_work(session, late) == []
    assert len(jobs_due.find_work(session, late + DAY)) == 1
    assert len(session.exec(select(Job)).all()) == 2


def test_a_task_stands_once_until_it_is_done(session, now, cast):
    home = scenes.organisation(session, now)
    about = About("pairing", 7)
    for kind in (TaskKind.DISAGREEMENT, TaskKind.DISAGREEMENT, TaskKind.SILENT_TWICE):
        tasks.raise_task(session, kind, home.id, about, now=now)
    first, second = tasks.list_open(session, [home.id])
    assert (first.kind, second.kind) == (TaskKind.DISAGREEMENT, TaskKind.SILENT_TWICE)
    tasks.done(session, first, actor=cast.writer, now=now)
    with pytest.raises(MoveRefused):
        tasks.done(session, first, actor=cast.writer, now=now)
    tasks.raise_task(session, TaskKind.DISAGREEMENT, home.id, about, now=now)
    assert len(session.exec(select(Task)).all()) == 3
    assert tasks.list_open(session, []) == []
    with pytest.raises(NotFound):
        tasks.get_task(session, [], second.public_id)
    assert tasks.get_task(session, [home.id], second.public_id) is second
