"""Jobs: once, under a lease, in the caller's transaction; poison is contained."""

import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import col, select

from welcome import clock
from welcome.editions import problems
from welcome.errors import NotNow, RuleBroken
from welcome.jobs import queue, running
from welcome.jobs.errors import LeaseLost, Postponed
from welcome.jobs.models import Job, JobState


@dataclass
class Desk:
    """Handlers that note what they were asked, and do what the test wants."""

    done: list[dict] = field(default_factory=list)

    def note(self, context, **args):
        self.done.append(args)

    def count(self, context, **_args):
        context.step(1, 3)
        context.step(2, 3)

    def break_down(self, context):
        raise ValueError("broken")

    def refuse(self, context):
        raise RuleBroken

    def wait(self, context):
        raise Postponed(NotNow(address="x"))

    @property
    def handlers(self):
        return {
            "note": self.note,
            "count": self.count,
            "break": self.break_down,
            "refuse": self.refuse,
            "wait": self.wait,
        }


@pytest.fixture
def desk() -> Desk:
    return Desk()


def enqueue(maker, kind: str, **args) -> int:
    with maker.begin() as session:
        return queue.enqueue(session, kind, now=clock.now(), **args).id


def job(maker, job_id: int) -> Job:
    with maker() as session:
        return session.exec(select(Job).where(Job.id == job_id)).one()


def change(maker, job_id: int, **values) -> None:
    with maker.begin() as session:
        session.connection().execute(
            sa.update(Job).where(col(Job.id) == job_id).values(**values)
        )


def test_a_job_runs_once_with_its_arguments(maker, settings, desk):
    job_id = enqueue(maker, "note", page="doctor")
    assert running.run(maker, settings, desk.handlers, job_id)
    assert not running.run(maker, settings, desk.handlers, job_id)
    assert desk.done == [{"page": "doctor"}]
    assert job(maker, job_id).state is JobState.DONE


def test_a_job_of_a_rolled_back_transaction_never_was(maker):
    with maker() as session:
        queue.enqueue(session, "note", now=clock.now())
        session.rollback()
    with maker() as session:
        assert session.exec(select(Job)).all() == []


def test_a_key_gives_one_live_job(maker, settings, desk):
    first = enqueue(maker, "note", unique_key="print:1")
    assert enqueue(maker, "note", unique_key="print:1") == first
    running.run(maker, settings, desk.handlers, first)
    assert enqueue(maker, "note", unique_key="print:1") != first


def test_progress_is_seen_by_whoever_waits(maker, settings, desk):
    job_id = enqueue(maker, "count")
    running.run(maker, settings, desk.handlers, job_id)
    assert (job(maker, job_id).done_steps, job(maker, job_id).all_steps) == (2, 3)


def test_what_breaks_is_tried_again_later_and_fails_in_the_end(maker, settings, desk):
    job_id = enqueue(maker, "break")
    running.run(maker, settings, desk.handlers, job_id)
    waiting = job(maker, job_id)
    assert waiting.state is JobState.WAITING
    assert waiting.run_at > clock.now()
    assert "ValueError: broken" in waiting.problem
    change(maker, job_id, run_at=clock.now(), attempts=4)
    running.run(maker, settings, desk.handlers, job_id)
    assert job(maker, job_id).state is JobState.FAILED


def test_a_broken_rule_is_not_tried_again(maker, settings, desk):
    job_id = enqueue(maker, "refuse")
    running.run(maker, settings, desk.handlers, job_id)
    assert job(maker, job_id).state is JobState.FAILED


def test_what_needs_something_that_is_down_waits_and_never_fails(maker, settings, desk):
    job_id = enqueue(maker, "wait")
    for _ in range(7):
        change(maker, job_id, run_at=clock.now())
        assert running.run(maker, settings, desk.handlers, job_id)
        waiting = job(maker, job_id)
        assert (waiting.state, waiting.attempts) == (JobState.WAITING, 0)
        assert problems.find(waiting.problem) == ("not_now", {"address": "x"})
        assert clock.now() < waiting.run_at <= clock.now() + running.POSTPONED
    assert not running.run(maker, settings, desk.handlers, job_id)


def test_whoever_lost_the_lease_cannot_finish(maker, settings, desk):
    job_id = enqueue(maker, "note")

    def slow(context, **_args):
        change(maker, job_id, lease_token="somebody else")
        context.step(1, 2)

    assert not running.run(maker, settings, {"note": slow}, job_id)
    assert job(maker, job_id).state is JobState.RUNNING


def test_an_abandoned_job_is_due_again_and_poison_is_contained(maker, settings, desk):
    job_id = enqueue(maker, "note")
    past = clock.now() - timedelta(seconds=1)
    change(maker, job_id, state=JobState.RUNNING, lease_until=past, attempts=1)
    with maker() as session:
        assert running.list_due(session, clock.now()) == [job_id]
    change(maker, job_id, attempts=5)
    with maker.begin() as session:
        assert running.contain_poison(session, clock.now()) == 1
    assert job(maker, job_id).state is JobState.FAILED


@pytest.mark.parametrize(
    ("state", "moment"),
    [(JobState.WAITING, "run_at"), (JobState.RUNNING, "lease_until")],
)
@pytest.mark.parametrize(("days", "is_due"), [(0.9, False), (30, True)])
def test_a_clock_that_was_far_ahead_holds_nothing_up(
    maker, state, moment, days, is_due
):
    job_id = enqueue(maker, "note")
    then = clock.now() + timedelta(days=days)
    change(maker, job_id, **{"state": state, moment: then})
    with maker() as session:
        assert (job_id in running.list_due(session, clock.now())) is is_due


def test_a_cancelled_job_stops_at_its_next_step(maker, settings, desk):
    job_id = enqueue(maker, "count")

    def cancelled(context, **_args):
        with maker.begin() as session:
            standing = session.exec(select(Job).where(Job.id == job_id)).one()
            running.cancel(session, standing, actor=None, now=clock.now())
        with pytest.raises(LeaseLost):
            context.step(1, 3)

    running.run(maker, settings, {"count": cancelled}, job_id)
    assert job(maker, job_id).state is JobState.CANCELLED


def test_a_failed_job_can_be_tried_again(maker, settings, desk):
    job_id = enqueue(maker, "refuse")
    running.run(maker, settings, desk.handlers, job_id)
    with maker.begin() as session:
        standing = session.exec(select(Job).where(Job.id == job_id)).one()
        running.retry(session, standing, now=clock.now())
    assert job(maker, job_id).state is JobState.WAITING


def test_the_lease_is_held_while_the_work_goes_on(maker, settings, desk):
    job_id = enqueue(maker, "note")
    short = replace(settings, job_lease_seconds=1)
    seen = []

    def long(context, **_args):
        context_end = clock.now() + timedelta(seconds=1.6)
        while clock.now() < context_end:
            seen.append(job(maker, job_id).lease_until)

    assert running.run(maker, short, {"note": long}, job_id)
    assert len(set(seen)) >= 3


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_the_lease_is_held_again_after_the_database_was_away(
    maker, settings, monkeypatch, kind
):
    job_id = enqueue(maker, "note")
    short = replace(settings, job_lease_seconds=1)
    beat, tries, held = running.Context.beat, count(), threading.Event()

    def away_at_first(context):
        if next(tries) == 0:
            raise kind("UPDATE job", {}, Exception("connection is closed"))
        beat(context)
        held.set()

    def wait(_context):
        assert held.wait(10)

    monkeypatch.setattr(running.Context, "beat", away_at_first)
    running.run(maker, short, {"note": wait}, job_id)
    assert job(maker, job_id).state is JobState.DONE
