"""The machines that work on this database, and whether their workers are alive."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, col, select

from welcome.database import Base
from welcome.since.models import Machine

LONGEST_HOST = 120
# Workers say every ten seconds that they are alive.
LONGEST_SILENCE = timedelta(minutes=1)


def register(session: Session, name: str) -> None:
    """Know a machine by the name in its file; twice is once."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    insert = insert_postgresql if postgresql else insert_sqlite
    once = insert(Base.metadata.tables["machine"]).values(name=name, host="")
    session.connection().execute(once.on_conflict_do_nothing())


def beat(session: Session, name: str, host: str, *, now: datetime) -> None:
    """Say that a worker on a machine is alive."""
    register(session, name)
    alive = sa.update(Machine).where(col(Machine.name) == name)
    said = alive.values(host=host[:LONGEST_HOST], beat_at=now)
    session.connection().execute(said)


def list_machines(session: Session) -> list[Machine]:
    """List the machines, the one that was heard of last first."""
    newest = col(Machine.beat_at).desc().nulls_last()
    return list(session.exec(select(Machine).order_by(newest, col(Machine.name))))


def is_heard(machine: Machine, now: datetime) -> bool:
    """Tell whether a worker on a machine said just now that it is alive."""
    return machine.beat_at is not None and now - machine.beat_at <= LONGEST_SILENCE


def list_names(session: Session) -> list[str]:
    """List the names of all machines whose files tell of this database."""
    return sorted(session.exec(select(Machine.name)))
