"""The one door to the queue library: rows are written here, the library wakes workers."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from huey import PostgresHuey, RedisHuey, SqliteHuey
from huey.api import Huey
from huey.consumer import Consumer, Scheduler
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.database import Base, Sessions
from welcome.jobs.models import LIVE, LONGEST_KEY, Job, JobState

log = logging.getLogger(__name__)

Wake = Callable[[int], object]
LIVE_STATES = (JobState.WAITING, JobState.RUNNING)


def enqueue(
    session: Session,
    kind: str,
    *,
    now: datetime,
    unique_key: str | None = None,
    asked_by: Account | None = None,
    **args: object,
) -> Job:
    """Write a job in the caller's transaction; a live one with the key is returned."""
    job = Job(
        kind=kind,
        args=args,
        unique_key=unique_key and short_key(unique_key),
        run_at=now,
        created_at=now,
        asked_by=asked_by.id if asked_by else None,
    )
    if unique_key is None:
        session.add(job)
        session.flush()
    else:
        job = _insert_once(session, job)
    wake_later(session, job)
    return job


def short_key(key: str) -> str:
    """Return a key as its column holds it: a long one ends in its fingerprint."""
    if len(key) <= LONGEST_KEY:
        return key
    ending = f"#{hashlib.sha256(key.encode()).hexdigest()}"
    return key[: LONGEST_KEY - len(ending)] + ending


def wake_later(session: Session, job: Job) -> None:
    """Have a worker woken for a job, once the transaction is committed."""
    session.info.setdefault("jobs to wake", []).append(job.id)


def wake_after_commit(sessions: Sessions, wake: Wake) -> None:
    """Wake a worker for the jobs of each transaction once it is committed."""

    def committed(session: Session) -> None:
        for job_id in session.info.pop("jobs to wake", []):
            try:
                wake(job_id)
            except Exception:  # the row is safe; `due` finds it
                log.warning("job %s: no worker could be woken", job_id, exc_info=True)

    def rolled_back(session: Session) -> None:
        session.info.pop("jobs to wake", None)

    event.listen(sessions, "after_commit", committed)
    event.listen(sessions, "after_rollback", rolled_back)


def carrier(url: str, instance: Path) -> Huey:
    """Make the queue for an address: a SQLite file in the instance unless set."""
    if url.startswith(("redis://", "rediss://")):
        return RedisHuey("welcome", url=url, results=False)
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresHuey("welcome", dsn=url, results=False)
    instance.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("welcome", filename=str(instance / "queue.sqlite"), results=False)


def waker(queue: Huey, run: Callable[[int], object]) -> Wake:
    """Make the task that carries a job's id to a worker, which runs it."""
    task: Wake = queue.task(name="run_job")(run)
    return task


class _Looker(Scheduler):
    """The library's scheduler, looking every other second instead of each minute."""

    periodic_task_seconds = 2


class _Consumer(Consumer):
    scheduler_class = _Looker


def at_each_look(queue: Huey, act: Callable[[], object]) -> None:
    """Have a worker do something every other second."""
    queue.periodic_task(lambda _moment: True, name=act.__name__)(act)


def work(queue: Huey, *, workers: int) -> None:
    """Work until told to stop; a worker that dies is started again."""
    options: dict[str, Any] = {"worker_type": "process", "workers": workers}
    _Consumer(queue, initial_delay=0.05, max_delay=1.0, **options).run()


def _insert_once(session: Session, job: Job) -> Job:
    """Insert a job unless a live one has its key; return the one that stands."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    table = Base.metadata.tables["job"]
    values = job.model_dump(exclude={"id"})
    insert = (insert_postgresql if postgresql else insert_sqlite)(table).values(values)
    once = insert.on_conflict_do_nothing(
        index_elements=["unique_key"], index_where=sa.text(LIVE)
    )
    standing = select(Job).where(
        Job.unique_key == job.unique_key, col(Job.state).in_(LIVE_STATES)
    )
    found = None
    # The one in the way may end before it is read; then there is room for ours.
    while found is None:
        session.connection().execute(once)
        found = session.exec(standing).one_or_none()
    return found
