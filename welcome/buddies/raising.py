"""Raising a task for a coordinator: one open of a kind about one subject."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from welcome.buddies.models.desk import Task, TaskKind


def raise_task(
    session: Session,
    kind: TaskKind,
    subject: tuple[str, int],
    *,
    organisation_id: int,
    now: datetime,
) -> None:
    """Have somebody look at something; where that is asked already, nothing changes."""
    name, number = subject
    task = Task(
        organisation_id=organisation_id,
        kind=kind,
        subject=name,
        subject_id=number,
        raised_at=now,
    )
    try:
        with session.begin_nested():
            session.add(task)
    except IntegrityError:
        return
