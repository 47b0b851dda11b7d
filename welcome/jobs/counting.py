"""How many jobs there are, how long the oldest waits, and whether anybody works."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from welcome.jobs.models import Job, JobState
from welcome.since import machines


def count_by_kind(session: Session) -> dict[tuple[str, JobState], int]:
    """Count the jobs by kind and state, where there are any."""
    asked = select(Job.kind, Job.state, func.count())
    grouped = asked.group_by(col(Job.kind), col(Job.state))
    return {
        (kind, JobState(state)): count for kind, state, count in session.exec(grouped)
    }


def find_oldest_due(session: Session, now: datetime) -> datetime | None:
    """Find since when the oldest job waits that could run; None where none waits."""
    waiting = sa.and_(col(Job.state) == JobState.WAITING, col(Job.run_at) <= now)
    return session.exec(select(func.min(Job.run_at)).where(waiting)).one()


def count_failed(session: Session, since: datetime) -> int:
    """Count the jobs that were given up since a moment."""
    failed = (Job.state == JobState.FAILED, col(Job.finished_at) >= since)
    return session.exec(select(func.count()).select_from(Job).where(*failed)).one()


def count_put_off(session: Session) -> int:
    """Count the jobs that wait for something that is down, and say so."""
    put_off = (Job.state == JobState.WAITING, Job.problem != "")
    return session.exec(select(func.count()).select_from(Job).where(*put_off)).one()


def is_held(session: Session, now: datetime) -> bool:
    """Tell whether somebody works on a job just now."""
    held = sa.and_(col(Job.state) == JobState.RUNNING, col(Job.lease_until) > now)
    return session.exec(select(Job.id).where(held).limit(1)).first() is not None


def is_worker_alive(session: Session, now: datetime) -> bool:
    """Tell whether any worker is alive: one was heard of, or holds a job."""
    known = machines.list_machines(session)
    return is_held(session, now) or any(machines.is_heard(each, now) for each in known)
