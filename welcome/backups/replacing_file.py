"""Putting a backup in the place of a SQLite file: made beside it, then renamed."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from welcome.backups import loading, locks, naming
from welcome.backups.errors import InUse, Unfit
from welcome.backups.reading import Backup
from welcome.backups.writing import sync_folder
from welcome.database import connect
from welcome.migrations import schema
from welcome.sealing import Keyring

BESIDE = ("-wal", "-shm", "-journal")
# Rows in a database, with their indexes, as a multiple of their text.
ROOM = 2
MEGABYTE = 1024**2
# Empty tables, and the log of filling them.
ROOM_FOR_NONE = 4 * MEGABYTE
PREFIX = ".restoring-"
OLD = ".before-"


def replace(
    backup: Backup,
    url: str,
    finish: Callable[[sa.Connection], None],
    keys: Keyring | None,
    *,
    replace: bool,
    now: datetime,
) -> str:
    """Make the database and put it in place; say where the old one is kept, if it is.

    Raises Unfit, and InUse while anybody works with the old one.
    """
    file = Path(sa.make_url(url).database or "")
    lock = locks.alone(url)
    try:
        _refuse_small_disk(backup, file.parent)
        _sweep(file)
        is_filled = _free(file)
        if is_filled and not replace:
            raise Unfit(
                f"{file} holds something already. Say --replace to put the backup in its"
                " place; the old one is kept beside it"
            )
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=PREFIX) as name:
            made = Path(name) / file.name
            _make(backup, made, finish, keys)
            _give_to_owner_of(file if file.exists() else file.parent, made)
            kept = _keep(file, now) if is_filled else ""
            made.replace(file)
            sync_folder(file.parent)
    finally:
        if lock:
            lock.let_go()
    return kept


def _make(
    backup: Backup,
    file: Path,
    finish: Callable[[sa.Connection], None],
    keys: Keyring | None,
) -> None:
    """Make the whole database in a file of its own, and have it reach the disk."""
    file.touch(mode=0o600)
    engine = connect(f"sqlite:///{file}", keys)
    try:
        schema.upgrade(engine, backup.manifest.step)
        _fill(engine, backup)
        schema.upgrade(engine)
        with engine.begin() as connection:
            finish(connection)
        engine.dispose()
        _leave_log(file)
    except (sa.exc.OperationalError, sqlite3.OperationalError) as problem:
        said = getattr(problem, "orig", problem)
        raise Unfit(f"the database could not be made: {said}") from None
    finally:
        engine.dispose()
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(engine: Engine, backup: Backup) -> None:
    with engine.connect() as connection:
        _turn_foreign_keys(connection, "OFF")
        with connection.begin():
            loading.fill(connection, backup)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken:
                raise Unfit(f"a row of {broken[0]} points to one that is not there")
        _turn_foreign_keys(connection, "ON")


def _leave_log(file: Path, *, seconds: float = 2) -> None:
    """Have all of a database in its one file; SQLite refuses while others use it."""
    with closing(sqlite3.connect(file, timeout=seconds)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")


def _free(file: Path) -> bool:
    """Have the old database in one file that nobody uses; tell whether it holds rows.

    Raises InUse, Unfit. Leaving the log needs the file alone: that is how SQLite knows.
    """
    if not file.exists():
        return False
    try:
        _leave_log(file)
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorname in {"SQLITE_BUSY", "SQLITE_LOCKED"}:
            raise InUse(what=f"{file} is in use ({problem})") from None
        raise Unfit(
            f"{file} does not open ({problem}); perhaps the disk is full"
        ) from None
    except sqlite3.DatabaseError:
        # It is no database any more; what is left of it is kept all the same.
        return True
    engine = connect(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            found = next(loading.list_filled(connection), None)
    finally:
        engine.dispose()
    _leave_log(file)
    return found is not None


def _keep(file: Path, now: datetime) -> str:
    """Keep the old database under another name too, before its own is taken."""
    kept = file.with_name(_name_for_old(file, now))
    for ending in BESIDE:
        beside = file.with_name(file.name + ending)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + ending))
    try:
        os.link(file, kept)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        _copy(file, kept)
    sync_folder(file.parent)
    return str(kept)


def _copy(file: Path, kept: Path) -> None:
    """Copy a database for its owner alone, and have the copy reach the disk."""
    handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, file.open("rb") as given:
        shutil.copyfileobj(given, out)
        out.flush()
        os.fsync(out.fileno())
    _give_to_owner_of(file, kept)


def _name_for_old(file: Path, now: datetime) -> str:
    beside = {each.name for each in file.parent.iterdir()}
    return naming.unused(f"{file.name}{OLD}{now:%Y%m%dT%H%M%S}", beside.__contains__)


def _give_to_owner_of(other: Path, made: Path) -> None:
    """Leave what root made to whom the place belongs: servers seldom run as root."""
    if os.geteuid() == 0:
        owner = other.stat()
        os.chown(made, owner.st_uid, owner.st_gid)


def _sweep(file: Path) -> None:
    """Remove what a restore left that was killed; nobody else restores now."""
    for left in file.parent.glob(f"{PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    for kept in file.parent.glob(f"{file.name}{OLD}*"):
        # A second name of the database itself, which was not replaced after all.
        if file.exists() and kept.samefile(file):
            kept.unlink()


def _refuse_small_disk(backup: Backup, folder: Path) -> None:
    wanted = backup.manifest.size * ROOM + ROOM_FOR_NONE
    free = shutil.disk_usage(folder).free
    if wanted > free:
        raise Unfit(
            f"there is too little room in {folder}: {wanted // MEGABYTE + 1} MB are"
            f" needed, {free // MEGABYTE} MB are free"
        )


def _turn_foreign_keys(connection: sa.Connection, state: str) -> None:
    """Turn them on or off; SQLite does not listen inside a transaction."""
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys={state}")
