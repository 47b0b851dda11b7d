"""Running one job under a lease: whoever loses the lease loses the right to finish."""

import logging
import secrets
import threading
import traceback
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session, col, select

from welcome import clock
from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.config import Settings
from welcome.database import Sessions
from welcome.editions import problems
from welcome.errors import WelcomeError
from welcome.jobs import queue
from welcome.jobs.errors import LeaseLost, Postponed, WorkerDied
from welcome.jobs.models import Job, JobState, states_before

log = logging.getLogger(__name__)

BEATS_PER_LEASE = 4
# Waking more than the workers can take only fills the queue with the same again.
MOST_AT_ONCE = 20
LONGEST_WAIT = timedelta(hours=1)
# How long a job waits for something that is down.
POSTPONED = timedelta(seconds=15)
# Nothing waits or is leased for so long: the clock was ahead of itself when it was set.
TOO_FAR = timedelta(days=1)
# What fits into the job's row.
MOST = 4000

# A handler may return a problem that is none: the job is done, with a note.
Handler = Callable[..., WelcomeError | None]


@dataclass(frozen=True)
class Context:
    """What a handler has: sessions, settings, and a way to say how far it is."""

    sessions: Sessions
    settings: Settings
    job: Job
    token: str

    def step(self, done: int, of: int) -> None:
        """Say how far the work is; raises LeaseLost where it was taken or cancelled."""
        self.own(done_steps=done, all_steps=of, lease_until=self._lease())

    def beat(self) -> None:
        """Hold the lease a while longer."""
        self.own(lease_until=self._lease())

    def forgive(self) -> None:
        """Forget the attempts before: this one kept what need not be done again."""
        if self.job.attempts > 1:
            self.own(attempts=1)
            self.job.attempts = 1

    def own(self, **values: object) -> None:
        """Change the job's row while the lease is ours; raises LeaseLost."""
        mine = (
            col(Job.id) == self.job.id,
            col(Job.lease_token) == self.token,
            col(Job.state) == JobState.RUNNING,
        )
        with self.sessions.begin() as session:
            change = sa.update(Job).where(*mine).values(**values)
            if session.connection().execute(change).rowcount != 1:
                raise LeaseLost(self.job.id)

    def _lease(self) -> datetime:
        return clock.now() + timedelta(seconds=self.settings.job_lease_seconds)


def run(
    sessions: Sessions,
    settings: Settings,
    handlers: Mapping[str, Handler],
    job_id: int,
) -> bool:
    """Run a job if it is due and free; tell whether it was ours to run."""
    claimed = _claim(sessions, settings, job_id)
    if claimed is None:
        return False
    stop = threading.Event()
    beater = threading.Thread(target=_keep_beating, args=(claimed, stop), daemon=True)
    beater.start()
    try:
        note = handlers[claimed.job.kind](claimed, **claimed.job.args)
        claimed.own(
            state=JobState.DONE,
            finished_at=clock.now(),
            lease_until=None,
            problem=_describe(note) if note else "",
        )
    except LeaseLost:
        return False
    except Postponed as problem:
        _postpone(claimed, problem)
    except Exception as problem:
        log.exception("job %s (%s) failed", job_id, claimed.job.kind)
        _give_up(claimed, problem)
    finally:
        stop.set()
        beater.join()
    return True


def cancel(session: Session, job: Job, *, actor: Account | None, now: datetime) -> bool:
    """Cancel a job, a running one notices at its next step; tell if it was not over."""
    values = {"state": JobState.CANCELLED, "finished_at": now}
    taken = _move(session, job, states_before(JobState.CANCELLED), values)
    if taken:
        journal.write(
            session, "job.cancelled", "job", job.id, actor=actor, now=now, kind=job.kind
        )
    return taken


def retry(session: Session, job: Job, *, now: datetime) -> bool:
    """Let a failed job run once more; tell whether it will.

    It will not where it had not failed, or where another with its key is live.
    """
    values = {
        "state": JobState.WAITING,
        "run_at": now,
        "attempts": 0,
        "finished_at": None,
        "problem": "",
    }
    try:
        with session.begin_nested():
            taken = _move(session, job, {JobState.FAILED}, values)
    except IntegrityError:
        return False
    if taken:
        queue.wake_later(session, job)
    return taken


def list_due(session: Session, now: datetime) -> list[int]:
    """List waiting jobs whose time has come and running ones whose worker died."""
    return list(
        session.exec(
            select(Job.id)
            .where(_is_due(now))
            .order_by(col(Job.run_at))
            .limit(MOST_AT_ONCE)
        )
    )


def list_poison(session: Session, now: datetime) -> list[int]:
    """List jobs that killed their worker each time."""
    return list(session.exec(select(Job.id).where(_is_poison(now))))


def contain_poison(session: Session, now: datetime) -> int:
    """Fail jobs that killed their worker each time; count them."""
    values = {
        "state": JobState.FAILED,
        "finished_at": now,
        "problem": problems.keep(WorkerDied(), MOST),
    }
    change = sa.update(Job).where(_is_poison(now)).values(**values)
    return session.connection().execute(change).rowcount


def _move(
    session: Session, job: Job, before: Collection[JobState], values: dict[str, Any]
) -> bool:
    """Change a job that stands in one of some states now, whatever we read before."""
    change = (
        sa.update(Job)
        .where(col(Job.id) == job.id, col(Job.state).in_(before))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    taken = session.exec(change).rowcount == 1
    session.refresh(job)
    return taken


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    far = col(Job.run_at) > now + TOO_FAR
    has_come = sa.or_(col(Job.run_at) <= now, far)
    waiting = sa.and_(col(Job.state) == JobState.WAITING, has_come)
    return sa.or_(waiting, _is_abandoned(now))


def _is_abandoned(now: datetime) -> sa.ColumnElement[bool]:
    far = col(Job.lease_until) > now + TOO_FAR
    is_over = sa.or_(col(Job.lease_until) < now, far)
    return sa.and_(col(Job.state) == JobState.RUNNING, is_over)


def _is_poison(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_is_abandoned(now), col(Job.attempts) >= col(Job.max_attempts))


def _claim(sessions: Sessions, settings: Settings, job_id: int) -> Context | None:
    """Take the lease by one conditional update; nobody else can have it then."""
    token, now = secrets.token_hex(16), clock.now()
    values = {
        "state": JobState.RUNNING,
        "lease_token": token,
        "lease_until": now + timedelta(seconds=settings.job_lease_seconds),
        "attempts": col(Job.attempts) + 1,
        "started_at": now,
    }
    with sessions.begin() as session:
        take = sa.update(Job).where(col(Job.id) == job_id, _is_due(now)).values(values)
        if session.connection().execute(take).rowcount != 1:
            return None
        job = session.exec(select(Job).where(Job.id == job_id)).one()
    return Context(sessions, settings, job, token)


def _keep_beating(context: Context, stop: threading.Event) -> None:
    while not stop.wait(context.settings.job_lease_seconds / BEATS_PER_LEASE):
        try:
            context.beat()
        except LeaseLost:
            return
        except SQLAlchemyError:
            log.warning("job %s: the lease could not be held just now", context.job.id)


def _postpone(context: Context, problem: Postponed) -> None:
    """Have the job wait for what it needs; that it does not come is no failure of it."""
    log.warning("job %s (%s) waits: %s", context.job.id, context.job.kind, problem)
    wanted = {
        "state": JobState.WAITING,
        "lease_until": None,
        "attempts": 0,
        "problem": _describe(problem.why),
        "run_at": clock.now() + POSTPONED,
    }
    with suppress(LeaseLost):
        context.own(**wanted)


def _give_up(context: Context, problem: Exception) -> None:
    """Write down what went wrong and wait longer each time; rules do not change."""
    job, now = context.job, clock.now()
    final = isinstance(problem, WelcomeError) or job.attempts >= job.max_attempts
    values: dict[str, Any] = {
        "state": JobState.FAILED if final else JobState.WAITING,
        "lease_until": None,
        "problem": _describe(problem),
        "run_at": now + min(LONGEST_WAIT, timedelta(seconds=2**job.attempts)),
        "finished_at": now if final else None,
    }
    try:
        context.own(**values)
    except LeaseLost:
        log.info("job %s was taken or cancelled meanwhile", job.id)


def _describe(problem: Exception) -> str:
    if isinstance(problem, WelcomeError):
        return problems.keep(problem, MOST)
    return "".join(traceback.format_exception_only(problem))[-MOST:]
