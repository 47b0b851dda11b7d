"""Taking tasks off the desk whose reason is gone."""

from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import tasks
from welcome.buddies.links import About
from welcome.buddies.models.desk import Task, TaskKind


def finish(
    session: Session,
    kind: TaskKind,
    about: About,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Say that the task of a kind about a subject is done, where one waits."""
    asked = select(Task).where(
        Task.kind == kind,
        Task.subject == about.subject,
        Task.subject_id == about.subject_id,
        col(Task.done_at).is_(None),
    )
    found = session.exec(asked).one_or_none()
    if found is not None:
        tasks.done(session, found, actor=actor, now=now)
