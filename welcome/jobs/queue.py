"""Writing jobs, in the transaction that causes them."""

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.database import Base
from welcome.jobs.models import LIVE, LONGEST_KEY, Job, JobState

TO_WAKE = "jobs to wake"
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
