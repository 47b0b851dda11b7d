"""The one door to the queue library: it carries the ids of jobs to whoever runs them."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from huey import PostgresHuey, RedisHuey, SqliteHuey
from huey.api import Huey
from huey.consumer import Consumer, Scheduler, Worker

from welcome.jobs import orphans
from welcome.jobs.waking import Wake

# How long a worker sleeps where the queue has to be asked: a file tells nobody.
LONGEST_NAP = 0.25
# In seconds. A worker asks Redis for a second at a time; it must not give up sooner.
REDIS_WAITS = "socket_connect_timeout=2&socket_timeout=5"
POSTGRESQL_WAITS = "connect_timeout=2"
# Any number that nobody else locks by; it spells "welcome".
TURN = int.from_bytes(b"welcome")
# How soon a process that died is missed, and started again.
SECONDS_BETWEEN_COUNTS = 2


def carrier(url: str, instance: Path) -> Huey:
    """Make the queue for an address: a SQLite file in the instance unless set."""
    if url.startswith(("redis://", "rediss://")):
        return RedisHuey("welcome", url=_impatient(url, REDIS_WAITS), results=False)
    if url.startswith(("postgresql://", "postgres://")):
        return _in_postgresql(_impatient(url, POSTGRESQL_WAITS))
    instance.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("welcome", filename=str(instance / "queue.sqlite"), results=False)


def waker(queue: Huey, run: Callable[[int], object]) -> Wake:
    """Make the task that carries a job's id to a worker, which runs it."""

    # The library names a task by its module: all who wake must share this one.
    def run_job(job_id: int) -> None:
        run(job_id)

    task: Wake = queue.task()(run_job)
    return task


def caller(url: str, instance: Path) -> Wake:
    """Open a queue to wake workers elsewhere; nothing runs here."""
    return waker(carrier(url, instance), _run_elsewhere)


class _Looker(Scheduler):
    """The library's scheduler, looking every other second instead of each minute."""

    periodic_task_seconds = 2

    def initialize(self) -> None:
        """End with whoever started it."""
        orphans.end_with(os.getppid())


class _Runner(Worker):
    """The library's worker, which would go on unseen when the one that counts it died."""

    def initialize(self) -> None:
        """End with whoever started it."""
        orphans.end_with(os.getppid())
        super().initialize()


class _Consumer(Consumer):
    scheduler_class = _Looker
    worker_class = _Runner


def at_each_look(queue: Huey, act: Callable[[], object]) -> None:
    """Have a worker do something every other second."""
    queue.periodic_task(lambda _moment: True, name=act.__name__)(act)


def work(queue: Huey, *, workers: int) -> None:
    """Work until told to stop; a worker that dies is started again."""
    options: dict[str, Any] = {"worker_type": "process", "workers": workers}
    options["health_check_interval"] = SECONDS_BETWEEN_COUNTS
    _Consumer(queue, initial_delay=0.05, max_delay=LONGEST_NAP, **options).run()


def _in_postgresql(dsn: str) -> Huey:
    """Open the queue in PostgreSQL, one after the other.

    It makes its tables if they are not there, and the server fails one of two who come
    first in the same moment.
    """
    with psycopg.connect(dsn) as turn:
        turn.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        return PostgresHuey("welcome", dsn=dsn, results=False)


def _impatient(url: str, waits: str) -> str:
    """Let an address that does not answer be given up soon, unless it says otherwise."""
    return url if "timeout=" in url else f"{url}{'&' if '?' in url else '?'}{waits}"


def _run_elsewhere(job_id: int) -> None:
    """Stand for the work where jobs are only called for, never run."""
    raise RuntimeError(f"job {job_id}: workers alone run jobs")
