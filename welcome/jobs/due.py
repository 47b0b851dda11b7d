"""What is due: each room is asked, and what it names becomes a job."""

from datetime import datetime

from sqlmodel import Session

from welcome.editions import artifacts
from welcome.jobs import queue, running
from welcome.jobs.models import Job
from welcome.messages import delivery


def find_work(session: Session, now: datetime) -> list[Job]:
    """Write a job for every message and artifact that is due; one each at a time."""
    jobs = [
        queue.enqueue(
            session, "deliver", unique_key=f"deliver:{each}", now=now, message_id=each
        )
        for each in delivery.due(session, now)
    ]
    jobs += [
        queue.enqueue(
            session, "print", unique_key=f"print:{each}", now=now, edition_id=each
        )
        for each in artifacts.list_missing_prints(session)
    ]
    return jobs


def list_to_wake(session: Session, now: datetime) -> list[int]:
    """List jobs that nobody was woken for, after failing those that kill workers."""
    running.contain_poison(session, now)
    return running.list_due(session, now)
