"""What is due: each room is asked, and what it names becomes a job."""

from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from welcome.buddies.due import tending
from welcome.buddies.privacy import retention
from welcome.editions import artifacts, moves
from welcome.jobs import printing, queue, running
from welcome.jobs.models import Job, JobState
from welcome.messages import delivery
from welcome.messages.ways import GREENWICH

# A job in one of these is there already, or failed for good: a person has to try again.
KNOWN = (*queue.LIVE_STATES, JobState.FAILED)


class Work(NamedTuple):
    """What a room names as due."""

    key: str
    kind: str
    args: dict[str, Any]


def is_quiet(session: Session, now: datetime, zone: ZoneInfo = GREENWICH) -> bool:
    """Return whether there is nothing to write: what is due has its job, no run died."""
    return not (
        list_missing(session, now, zone)
        or running.list_poison(session, now)
        or moves.list_dead(session, now)
    )


def list_missing(
    session: Session, now: datetime, zone: ZoneInfo = GREENWICH
) -> list[Work]:
    """List the messages, artifacts and acts that are due and have no job yet."""
    today = now.astimezone(zone).date()
    wanted = [
        Work(f"deliver:{each}", "deliver", {"message_id": each})
        for each in delivery.due(session, now)
    ]
    wanted += [
        Work(printing.key_of(each), printing.KIND, {"edition_id": each})
        for each in artifacts.list_missing_prints(session)
    ]
    # What failed is tried again the next day: people wait for it.
    wanted += [
        Work(
            f"tend:{each.act}:{each.subject_id}:{today}",
            "tend",
            {"act": each.act.value, "subject_id": each.subject_id},
        )
        for each in tending.list_due(session, now, zone)
    ]
    if retention.is_any_due(session, now.date()):
        wanted.append(Work(f"retain:{now.date()}", "retain", {}))
    known = _list_known(session, [each.key for each in wanted])
    return [each for each in wanted if each.key not in known]


def find_work(session: Session, now: datetime, zone: ZoneInfo = GREENWICH) -> list[Job]:
    """Write a job for everything that is due and has none; one each at a time."""
    return [
        queue.enqueue(session, each.kind, unique_key=each.key, now=now, **each.args)
        for each in list_missing(session, now, zone)
    ]


def list_to_wake(session: Session, now: datetime) -> list[int]:
    """List jobs that nobody was woken for, after failing what dead runs left."""
    running.contain_poison(session, now)
    moves.clean_up(session, now)
    return running.list_due(session, now)


def _list_known(session: Session, keys: list[str]) -> set[str | None]:
    known = select(Job.unique_key).where(
        col(Job.unique_key).in_(keys), col(Job.state).in_(KNOWN)
    )
    return set(session.exec(known))
