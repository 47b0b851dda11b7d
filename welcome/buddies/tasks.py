"""What somebody has to look at: one task of a kind about one subject at a time."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies.errors import MoveRefused
from welcome.buddies.links import About
from welcome.buddies.models.desk import IS_OPEN, Task, TaskKind
from welcome.database import Base
from welcome.errors import NotFound

SUBJECT = "task"


def raise_task(
    session: Session,
    kind: TaskKind,
    organisation_id: int,
    about: About,
    *,
    now: datetime,
) -> None:
    """Give an organisation's coordinators something to look at, unless it waits there.

    `about` names a table of this room and the row.
    """
    postgresql = session.get_bind().dialect.name == "postgresql"
    table = Base.metadata.tables["task"]
    values = {
        "organisation_id": organisation_id,
        "kind": kind,
        "subject": about.subject,
        "subject_id": about.subject_id,
        "raised_at": now,
    }
    insert = (insert_postgresql if postgresql else insert_sqlite)(table).values(values)
    session.connection().execute(
        insert.on_conflict_do_nothing(
            index_elements=["kind", "subject", "subject_id"],
            index_where=sa.text(IS_OPEN),
        )
    )


def done(session: Session, task: Task, *, actor: Account | None, now: datetime) -> None:
    """Say that it was looked at; raises MoveRefused where somebody was faster."""
    closed = session.exec(
        sa.update(Task)
        .where(col(Task.id) == task.id, col(Task.done_at).is_(None))
        .values(done_at=now, done_by_id=actor.id if actor else None)
        .execution_options(synchronize_session=False)
    )
    if closed.rowcount != 1:
        raise MoveRefused(state="done", wanted="done")
    session.refresh(task)
    if actor is not None:
        journal.write(
            session, "task.done", SUBJECT, task.id, actor=actor, now=now,
            kind=task.kind.value,
        )  # fmt: skip


def list_open(
    session: Session, organisations: Collection[int], *, limit: int = 200
) -> list[Task]:
    """List what waits for the coordinators of some organisations, the oldest first."""
    asked = (
        select(Task)
        .where(
            col(Task.organisation_id).in_(organisations), col(Task.done_at).is_(None)
        )
        .order_by(col(Task.raised_at), col(Task.id))
        .limit(limit)
    )
    return list(session.exec(asked))


def get_task(session: Session, organisations: Collection[int], task_id: int) -> Task:
    """Return a task of some organisations; raises NotFound."""
    asked = select(Task).where(
        Task.id == task_id, col(Task.organisation_id).in_(organisations)
    )
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found
