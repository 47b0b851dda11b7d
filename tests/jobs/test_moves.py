"""A job moves only from where it stands in the database, and only where it may."""

from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlmodel import col

from welcome import clock
from welcome.jobs import running, waking
from welcome.jobs.models import MOVES, Job, JobState, states_before


@pytest.fixture
def put(maker):
    """Write a job in a state, as a worker that has died left it."""

    def written(state, key=None):
        past = clock.now() - timedelta(seconds=1)
        job = Job(
            kind="note",
            state=state,
            unique_key=key,
            run_at=past,
            created_at=past,
            lease_until=past,
        )
        with maker.begin() as session:
            session.add(job)
            session.flush()
        return job.id

    return written


def _state(maker, job_id):
    with maker() as session:
        return session.get_one(Job, job_id).state


def _cancel(maker, settings, job_id):
    with maker.begin() as session:
        running.cancel(
            session, session.get_one(Job, job_id), actor=None, now=clock.now()
        )


def _retry(maker, settings, job_id):
    with maker.begin() as session:
        running.retry(session, session.get_one(Job, job_id), now=clock.now())


def _run(maker, settings, job_id):
    running.run(maker, settings, {"note": lambda _context: None}, job_id)


def _break(maker, settings, job_id):
    def broken(_context):
        raise ValueError

    running.run(maker, settings, {"note": broken}, job_id)


ACTS = {
    _cancel: (JobState.CANCELLED, {JobState.WAITING, JobState.RUNNING}),
    _retry: (JobState.WAITING, {JobState.FAILED}),
    _run: (JobState.DONE, {JobState.WAITING, JobState.RUNNING}),
    _break: (JobState.WAITING, {JobState.WAITING, JobState.RUNNING}),
}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("state", JobState)
def test_an_act_moves_a_job_from_these_states_alone(maker, settings, put, state, act):
    leads_to, moved = ACTS[act]
    job_id = put(state)
    act(maker, settings, job_id)
    assert _state(maker, job_id) == (leads_to if state in moved else state)


def test_the_moves_are_the_listed_ones():
    live = {JobState.WAITING, JobState.RUNNING}
    assert states_before(JobState.CANCELLED) == live
    assert MOVES[JobState.FAILED] == {JobState.WAITING}
    assert not MOVES[JobState.DONE] | MOVES[JobState.CANCELLED]


@pytest.mark.parametrize(
    ("read_as", "became", "act"),
    [
        (JobState.RUNNING, JobState.DONE, partial(running.cancel, actor=None)),
        (JobState.FAILED, JobState.WAITING, running.retry),
    ],
    ids=["cancel", "retry"],
)
def test_what_was_read_before_counts_for_nothing(maker, put, read_as, became, act):
    job_id = put(read_as)
    with maker() as session:
        job = session.get_one(Job, job_id)
        session.commit()
        with maker.begin() as other:
            change = sa.update(Job).where(col(Job.id) == job_id).values(state=became)
            other.connection().execute(change)
        assert not act(session, job, now=clock.now())
        session.commit()
        assert job.state is became
    assert _state(maker, job_id) is became


def test_a_failed_job_does_not_run_beside_another_with_its_key(maker, put):
    failed = put(JobState.FAILED, "print:1")
    put(JobState.WAITING, "print:1")
    with maker.begin() as session:
        assert not running.retry(session, session.get_one(Job, failed), now=clock.now())
    assert _state(maker, failed) is JobState.FAILED


def test_what_runs_again_wakes_a_worker(maker, put):
    failed, woken = put(JobState.FAILED), []
    waking.call_after_commit(maker, woken.append)
    with maker.begin() as session:
        running.retry(session, session.get_one(Job, failed), now=clock.now())
    assert woken == [[failed]]
