"""What somebody has to look at: one task of a kind about one subject at a time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission
from welcome.buddies.errors import MoveRefused, NoColleague, TooLongSaid
from welcome.buddies.links import About
from welcome.buddies.models.desk import IS_OPEN, Task, TaskKind
from welcome.database import Base
from welcome.errors import NotFound
from welcome.partners.access import list_members

SUBJECT = "task"
LONGEST_NOTE = 2000
# What was done stands on the desk for so long.
SHOWN_DONE = timedelta(days=30)


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
        "public_id": uuid4().hex,
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


def raise_and_take(
    session: Session,
    kind: TaskKind,
    organisation_id: int,
    about: About,
    *,
    now: datetime,
) -> Task:
    """Raise a task as `raise_task` does, and let nobody finish it until the commit."""
    asked = _waiting(kind, about).with_for_update()
    asked = asked.execution_options(populate_existing=True)
    while True:
        raise_task(session, kind, organisation_id, about, now=now)
        # None is there where somebody finished it in this very moment.
        if found := session.exec(asked).first():
            return found


def finish(
    session: Session,
    kind: TaskKind,
    about: About,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Take a task off the desk whose reason is gone, where one waits."""
    found = session.exec(_waiting(kind, about)).one_or_none()
    if found is not None:
        done(session, found, actor=actor, now=now)


def _waiting(kind: TaskKind, about: About) -> SelectOfScalar[Task]:
    return select(Task).where(
        Task.kind == kind,
        Task.subject == about.subject,
        Task.subject_id == about.subject_id,
        col(Task.done_at).is_(None),
    )


def done(
    session: Session,
    task: Task,
    note: str = "",
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Say that it was looked at, and what was done; forms kept with it go.

    Raises MoveRefused where somebody was faster, TooLongSaid.
    """
    if len(note) > LONGEST_NOTE:
        raise TooLongSaid
    closed = session.exec(
        sa.update(Task)
        .where(col(Task.id) == task.id, col(Task.done_at).is_(None))
        .values(
            done_at=now,
            done_by_id=actor.id if actor else None,
            note=note or None,
            told=None,
        )
        .execution_options(synchronize_session=False)
    )
    session.refresh(task)
    if closed.rowcount != 1:
        raise MoveRefused(state="done", wanted="done")
    if actor is not None:
        journal.write(
            session, "task.done", SUBJECT, task.id, actor=actor, now=now,
            kind=task.kind.value,
        )  # fmt: skip


def assign(
    session: Session,
    task: Task,
    colleague: Account | None,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Have a colleague see to it, or whoever comes first.

    Raises NoColleague, and MoveRefused where it is done.
    """
    if colleague is not None:
        known = list_members(session, task.organisation_id, Permission.COORDINATE)
        if colleague.id not in {each.id for each in known}:
            raise NoColleague
    changed = session.exec(
        sa.update(Task)
        .where(col(Task.id) == task.id, col(Task.done_at).is_(None))
        .values(assigned_to_id=colleague.id if colleague else None)
        .execution_options(synchronize_session=False)
    )
    session.refresh(task)
    if changed.rowcount != 1:
        raise MoveRefused(state="done", wanted="open")
    journal.write(
        session, "task.assigned", SUBJECT, task.id, actor=actor, now=now,
        to=colleague.id if colleague else None,
    )  # fmt: skip


def list_open(
    session: Session,
    organisations: Collection[int],
    *,
    mine: Account | None = None,
    limit: int = 200,
) -> list[Task]:
    """List what waits for the coordinators of some organisations, the oldest first.

    With an account, only what was given to them.
    """
    asked = (
        select(Task)
        .where(
            col(Task.organisation_id).in_(organisations), col(Task.done_at).is_(None)
        )
        .order_by(col(Task.raised_at), col(Task.id))
        .limit(limit)
    )
    if mine is not None:
        asked = asked.where(Task.assigned_to_id == mine.id)
    return list(session.exec(asked))


def list_done(
    session: Session, organisations: Collection[int], *, now: datetime, limit: int = 200
) -> list[Task]:
    """List what was done lately, the newest first."""
    asked = (
        select(Task)
        .where(
            col(Task.organisation_id).in_(organisations),
            col(Task.done_at) > now - SHOWN_DONE,
        )
        .order_by(col(Task.done_at).desc(), col(Task.id).desc())
        .limit(limit)
    )
    return list(session.exec(asked))


def get_task(session: Session, organisations: Collection[int], public_id: str) -> Task:
    """Return a task of some organisations; raises NotFound."""
    asked = select(Task).where(
        Task.public_id == public_id, col(Task.organisation_id).in_(organisations)
    )
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found
