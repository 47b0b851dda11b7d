"""What is due: each room is asked, and what it names becomes a job."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from welcome.editions import artifacts, moves
from welcome.jobs import printing, queue, running
from welcome.jobs.models import Job, JobState
from welcome.messages import delivery


def find_work(session: Session, now: datetime) -> list[Job]:
    """Write a job for every message and artifact that is due; one each at a time."""
    wanted: list[tuple[str, str, dict[str, Any]]] = [
        (f"deliver:{each}", "deliver", {"message_id": each})
        for each in delivery.due(session, now)
    ]
    wanted += [
        (printing.key_of(each), printing.KIND, {"edition_id": each})
        for each in artifacts.list_missing_prints(session)
    ]
    given_up = _list_given_up(session, [key for key, _kind, _args in wanted])
    return [
        queue.enqueue(session, kind, unique_key=key, now=now, **args)
        for key, kind, args in wanted
        if key not in given_up
    ]


def list_to_wake(session: Session, now: datetime) -> list[int]:
    """List jobs that nobody was woken for, after failing what dead runs left."""
    running.contain_poison(session, now)
    moves.clean_up(session, now)
    return running.list_due(session, now)


def _list_given_up(session: Session, keys: list[str]) -> set[str | None]:
    """List the keys whose job failed for good: a person has to try those again."""
    failed = select(Job.unique_key).where(
        col(Job.unique_key).in_(keys), Job.state == JobState.FAILED
    )
    return set(session.exec(failed))
