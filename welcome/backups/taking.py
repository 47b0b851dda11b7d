"""Taking a backup while everything runs: what it holds stood together at one moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from welcome.backups import dumping, manifest, rows, writing
from welcome.backups.errors import BackupFailed, Unfit
from welcome.backups.manifest import Copy, Manifest, Table
from welcome.backups.rows import Shape
from welcome.backups.writing import Archive
from welcome.config import Settings
from welcome.database import connect, reading
from welcome.since import lines
from welcome.translation.machine.argos import packages

SQLITE_COPY = "database.sqlite"
POSTGRESQL_COPY = "database.dump"
COUNTER = (
    "SELECT last_value FROM pg_sequences WHERE schemaname || '.' || sequencename"
    " = pg_get_serial_sequence(:name, 'id')"
)


@dataclass
class _Moment:
    """A database as it stood at one moment, and its own copy if one was made."""

    connection: sa.Connection
    copy: Path | None


def take(
    engine: Engine,
    target: Path,
    settings: Settings,
    *,
    now: datetime,
    with_copy: bool = True,
) -> Manifest:
    """Write the whole database to a file; raises BackupFailed, and leaves nothing then."""
    if target.exists():
        raise BackupFailed(f"{target} is there already; choose another name")
    look = _look_at_sqlite if engine.dialect.name == "sqlite" else _look_at_postgresql
    try:
        with (
            writing.appearing(target, now) as archive,
            look(engine, archive.folder, with_copy=with_copy) as moment,
        ):
            told = _fill(archive, moment, settings, now)
            archive.close(told)
    except Unfit as problem:
        raise BackupFailed(str(problem)) from None
    except (SQLAlchemyError, sqlite3.Error) as problem:
        said = str(getattr(problem, "orig", problem)).strip().splitlines()[0]
        raise BackupFailed(f"the database says: {said}") from None
    return told


@contextmanager
def _look_at_sqlite(
    engine: Engine, folder: Path, *, with_copy: bool
) -> Iterator[_Moment]:
    """Copy the file as it stands, in one step, so that no writer makes it begin anew."""
    file = engine.url.database
    if not file or not Path(file).is_file():
        raise BackupFailed(f"{file or 'the database'} is not there")
    copy = folder / SQLITE_COPY
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
        source.execute("PRAGMA busy_timeout=10000")
        with closing(sqlite3.connect(copy)) as made:
            source.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
    opened = connect(f"sqlite:///{copy}")
    try:
        with reading(), opened.connect() as connection:
            yield _Moment(connection, copy if with_copy else None)
    finally:
        opened.dispose()


@contextmanager
def _look_at_postgresql(
    engine: Engine, folder: Path, *, with_copy: bool
) -> Iterator[_Moment]:
    """Hold one snapshot for the rows and for the database's own tool alike."""
    quiet = engine.execution_options(isolation_level="REPEATABLE READ")
    with quiet.connect() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        copy = folder / POSTGRESQL_COPY if with_copy else None
        if copy:
            asked = connection.exec_driver_sql("SELECT pg_export_snapshot()")
            dumping.dump(connection, str(asked.scalar()), copy)
        yield _Moment(connection, copy)


def _fill(
    archive: Archive, moment: _Moment, settings: Settings, now: datetime
) -> Manifest:
    """Put the rows in, and all that is to be known of them."""
    connection = moment.connection
    found = rows.shapes(connection)
    step = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
    tables = tuple(_add_table(archive, connection, shape) for shape in found)
    return Manifest(
        engine=connection.dialect.name,
        step=str(step.scalar()),
        taken_at=now,
        keys=manifest.mark_of_keys(settings),
        machines=_machines(connection, found),
        since=_since(settings),
        tables=tables,
        counters=_counters(connection, found),
        copy=_add_copy(archive, moment),
        models=_models(settings),
        left_out=_left_out(connection, settings),
    )


def _add_table(archive: Archive, connection: sa.Connection, shape: Shape) -> Table:
    member = f"rows/{shape.name}.jsonl"
    total = archive.add_rows(member, rows.lines_of(connection, shape))
    return Table(shape.name, shape.columns, total.rows, total.size, total.sha256)


def _add_copy(archive: Archive, moment: _Moment) -> Copy | None:
    return archive.add_copy(moment.copy) if moment.copy else None


def _machines(connection: sa.Connection, found: list[Shape]) -> tuple[str, ...]:
    """List the machines whose files a restore has to ask for."""
    known = [shape.table for shape in found if shape.name == "machine"]
    return tuple(
        sorted(
            str(name)
            for table in known
            for name in connection.execute(sa.select(table.c.name)).scalars()
        )
    )


def _since(settings: Settings) -> dict[str, int]:
    file = settings.instance / lines.NAME
    if not file.exists():
        return {}
    return {lines.machine_of(file): file.stat().st_size}


def _counters(connection: sa.Connection, found: list[Shape]) -> dict[str, int]:
    """Say which ids were given last, so that none is given to two things."""
    if connection.dialect.name != "postgresql":
        return {}
    counted = {
        shape.name: connection.execute(sa.text(COUNTER), {"name": shape.name}).scalar()
        for shape in found
        if "id" in shape.columns
    }
    return {name: at for name, at in counted.items() if at is not None}


def _models(settings: Settings) -> tuple[dict[str, str], ...]:
    """List the packages for machine translation: they can be installed again."""
    shelf = packages.look(settings.models).packages
    return tuple(
        {
            "from": each.pair[0],
            "to": each.pair[1],
            "version": each.version,
            "file": each.file,
            "sha256": each.sha256,
        }
        for _pair, each in sorted(shelf.items())
    )


def _left_out(connection: sa.Connection, settings: Settings) -> tuple[str, ...]:
    """Say what is not in the file, why, and what to do about it."""
    told = [
        f"the keys in {settings.instance / 'secrets.toml'}: with them the file would"
        " open every account. Keep a copy elsewhere; without it nobody signs in again.",
        f"the settings in {settings.instance / 'config.toml'}: keep a copy of them.",
        f"published editions in {settings.editions}: after a restore,"
        " `welcome editions check --mend` makes them again byte for byte where the"
        " templates are the same; copy the folder to have them in any case.",
        f"{settings.instance / lines.NAME}: it goes on growing, and a restore needs it"
        " as it is then. Leave it where it is; copy it elsewhere often.",
        "the queue: jobs stand in the database, workers find them there.",
        f"packages for machine translation in {settings.models}: their list with sums"
        " is in the file; `welcome mt install` installs them again.",
    ]
    if not settings.mail_server:
        told.append(f"letters written to {settings.instance / 'mail'} as files.")
    foreign = ", ".join(rows.list_foreign(connection))
    if foreign:
        told.append(f"tables that are not Welcome's: {foreign}.")
    return tuple(told)
