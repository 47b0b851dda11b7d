"""The one door to the queue library: rows are written here, the library wakes workers."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from huey import PostgresHuey, RedisHuey, SqliteHuey
from huey.api import Huey
from huey.consumer import Consumer, Scheduler
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.database import Base
from welcome.jobs.models import LIVE, LONGEST_KEY, Job, JobState

# How long a worker sleeps where the queue has to be asked: a file tells nobody.
LONGEST_NAP = 0.25
# In seconds. A worker asks Redis for a second at a time; it must not give up sooner.
REDIS_WAITS = "socket_connect_timeout=2&socket_timeout=5"
POSTGRESQL_WAITS = "connect_timeout=2"

TO_WAKE = "jobs to wake"
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
    session.info.setdefault(TO_WAKE, []).append(job.id)


def carrier(url: str, instance: Path) -> Huey:
    """Make the queue for an address: a SQLite file in the instance unless set."""
    if url.startswith(("redis://", "rediss://")):
        return RedisHuey("welcome", url=_impatient(url, REDIS_WAITS), results=False)
    if url.startswith(("postgresql://", "postgres://")):
        dsn = _impatient(url, POSTGRESQL_WAITS)
        return PostgresHuey("welcome", dsn=dsn, results=False)
    instance.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("welcome", filename=str(instance / "queue.sqlite"), results=False)


def waker(queue: Huey, run: Callable[[int], object]) -> Wake:
    """Make the task that carries a job's id to a worker, which runs it."""

    # The library names a task by its module: all who wake must share this one.
    def run_job(job_id: int) -> None:
        run(job_id)

    task: Wake = queue.task()(run_job)
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
    _Consumer(queue, initial_delay=0.05, max_delay=LONGEST_NAP, **options).run()


def _impatient(url: str, waits: str) -> str:
    """Let an address that does not answer be given up soon, unless it says otherwise."""
    return url if "timeout=" in url else f"{url}{'&' if '?' in url else '?'}{waits}"


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
