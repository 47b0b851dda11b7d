"""Changing the keys that seal, while people work.

A new key is put before the old one in the file of keys; everybody who seals looks at
that file each time, so from then on the new one seals. Then every row that an older key
sealed is sealed anew, some at a time. Once none is left, the old key is dropped. Each
step may be killed at any point: the next run goes on where it stopped.
"""

import fcntl
import os
import secrets as chance
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import sqlalchemy as sa
import tomli_w
from sqlmodel import Session

from welcome import config
from welcome.config import NotPrepared, Secrets, Settings
from welcome.database import Keys, Sealed, Sessions
from welcome.errors import RuleBroken, WelcomeError
from welcome.sealing import BETWEEN_KEYS, Keyring, SealBroken, derive_text

FILE = "secrets.toml"
# Rows in one transaction; others wait no longer than these take.
AT_ONCE = 50
# What the second step of signing in is derived for, from the first key there was.
SECOND_STEP = ("second step", "recovery codes")

Columns = Mapping[sa.Table, list[sa.Column[str]]]


class OldKeysNeeded(RuleBroken):
    """Something is sealed by them still."""

    code = "old_keys_needed"


@dataclass
class Counts:
    """How many texts the newest key sealed, an older one, or none that is here."""

    newest: int = 0
    older: int = 0
    broken: int = 0


@dataclass
class LivingKeys:
    """The keys as the file has them now; it is read again when it was replaced."""

    file: Path
    ring: Keyring
    seen: tuple[int, int] | None = field(default=None)

    def __call__(self) -> Keyring:
        """Give the keys; those known before, where the file cannot be read."""
        with suppress(OSError):
            told = self.file.stat()
            now = (told.st_mtime_ns, told.st_ino)
            if now != self.seen:
                self._read(now)
        return self.ring

    def _read(self, now: tuple[int, int]) -> None:
        with suppress(WelcomeError):
            found = config.find_secrets(self.file.parent)
            if found:
                self.ring = Keyring(found.field_encryption, found.blind_index)
            self.seen = now


def living(settings: Settings) -> Keys | None:
    """Give an installation's keys as they are each time; None before they are made."""
    ring = settings.keyring
    return LivingKeys(settings.instance / FILE, ring) if ring else None


def second_step_keys(secrets: Secrets) -> list[str]:
    """Give what the second step of signing in needs; changing keys does not change it."""
    if secrets.second_step:
        return secrets.second_step.split(BETWEEN_KEYS)
    return [derive_text(secrets.field_encryption, each) for each in SECOND_STEP]


def add_key(settings: Settings) -> bool:
    """Put a new key before the one there is; False where one was put there already."""
    with _alone(settings.instance):
        found = _found(settings.instance)
        if BETWEEN_KEYS in found.field_encryption:
            return False
        new = chance.token_urlsafe(32)
        _write(
            settings.instance,
            replace(
                found,
                field_encryption=f"{new}{BETWEEN_KEYS}{found.field_encryption}",
                second_step=BETWEEN_KEYS.join(second_step_keys(found)),
            ),
        )
    return True


def seal_anew(sessions: Sessions, ring: Keyring, tables: sa.MetaData) -> int:
    """Seal with the newest key whatever an older one sealed; count the texts.

    Runs until a look through every table finds none; what no key opens stays as it is.
    """
    done, found = 0, -1
    while found:
        found = sum(
            _seal_table(sessions, table, columns, ring)
            for table, columns in sealed_columns(tables).items()
        )
        done += found
    return done


def count(session: Session, ring: Keyring, tables: sa.MetaData) -> dict[str, Counts]:
    """Count the sealed texts of each table by what opens them."""
    found = {}
    for table, columns in sealed_columns(tables).items():
        counts = found[table.name] = Counts()
        asked = sa.select(*map(_lying, columns))
        for row in session.connection().execute(asked):
            for sealed in filter(None, row):
                _sort(counts, ring, bytes(sealed))
    return found


def finish(sessions: Sessions, settings: Settings, tables: sa.MetaData) -> bool:
    """Drop the old keys; raises OldKeysNeeded where anything is sealed by them still.

    False where there are none. Nobody writes meanwhile.
    """
    with _alone(settings.instance), sessions.begin() as session:
        found = _found(settings.instance)
        newest, _, old = found.field_encryption.partition(BETWEEN_KEYS)
        if not old:
            return False
        _hold_writers(session, tables)
        ring = Keyring(found.field_encryption, found.blind_index)
        left = {name: each.older for name, each in count(session, ring, tables).items()}
        if any(left.values()):
            where = ", ".join(name for name, number in left.items() if number)
            raise OldKeysNeeded(count=sum(left.values()), tables=where)
        _write(settings.instance, replace(found, field_encryption=newest))
    return True


def sealed_columns(tables: sa.MetaData) -> Columns:
    """List every column that lies sealed, by table."""
    found = {
        table: [each for each in table.columns if isinstance(each.type, Sealed)]
        for table in tables.sorted_tables
    }
    return {table: columns for table, columns in found.items() if columns}


def _seal_table(
    sessions: Sessions, table: sa.Table, columns: list[sa.Column[str]], ring: Keyring
) -> int:
    """Go through a table in the order of its ids, some rows at a time."""
    done = last = 0
    while True:
        with sessions.begin() as session:
            asked = sa.select(table.c.id, *map(_lying, columns))
            after = asked.where(table.c.id > last).order_by(table.c.id).limit(AT_ONCE)
            rows = session.connection().execute(after).all()
            if not rows:
                return done
            last = rows[-1].id
            old = [
                (row[0], column, bytes(sealed))
                for row in rows
                for column, sealed in zip(columns, row[1:], strict=True)
                if sealed and _is_older(ring, bytes(sealed))
            ]
            if old:
                with _guards_lifted(session.connection(), table):
                    done += sum(_seal(session, ring, *each) for each in old)


def _seal(
    session: Session, ring: Keyring, number: int, column: sa.Column[str], old: bytes
) -> int:
    """Seal one text anew, unless somebody wrote another meanwhile."""
    table = column.table
    change = (
        sa.update(table)
        .where(table.c.id == number, _lying(column) == old)
        .values({column.name: sa.literal(ring.seal_anew(old), sa.LargeBinary())})
    )
    return session.connection().execute(change).rowcount


def _lying(column: sa.Column[str]) -> sa.ColumnElement[bytes]:
    """Take a column as it lies, without opening it."""
    return sa.type_coerce(column, sa.LargeBinary())


def _is_older(ring: Keyring, sealed: bytes) -> bool:
    counts = Counts()
    _sort(counts, ring, sealed)
    return counts.older == 1


def _sort(counts: Counts, ring: Keyring, sealed: bytes) -> None:
    if ring.is_newest(sealed):
        counts.newest += 1
        return
    try:
        ring.open(sealed)
    except SealBroken:
        counts.broken += 1
    else:
        counts.older += 1


@contextmanager
def _guards_lifted(connection: sa.Connection, table: sa.Table) -> Iterator[None]:
    """Let texts be sealed anew that nobody may change; only in this transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
        yield
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')
        return
    known = sa.text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :name"
    )
    guards = connection.execute(known, {"name": table.name}).all()
    for each in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{each.name}"')
    yield
    for each in guards:
        connection.exec_driver_sql(each.sql)


def _hold_writers(session: Session, tables: sa.MetaData) -> None:
    """Wait for whoever writes, and let nobody begin; on SQLite that is so already."""
    if session.get_bind().dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in sealed_columns(tables))
        lock = f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"
        session.connection().exec_driver_sql(lock)


def _found(instance: Path) -> Secrets:
    found = config.find_secrets(instance)
    if found is None:
        raise NotPrepared(folder=str(instance))
    return found


@contextmanager
def _alone(instance: Path) -> Iterator[None]:
    """Be the only one who changes the file of keys: two new keys would be one too many."""
    handle = os.open(instance, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(instance: Path, secrets: Secrets) -> None:
    """Replace the file of keys at once, for its owner alone, and have it reach the disk."""
    file = instance / FILE
    beside = instance / f".{FILE}.{chance.token_hex(4)}"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        if os.geteuid() == 0:
            owner = file.stat()
            os.fchown(handle, owner.st_uid, owner.st_gid)
        tomli_w.dump({k: v for k, v in asdict(secrets).items() if v}, out)
        out.flush()
        os.fsync(handle)
    beside.replace(file)
    folder = os.open(instance, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
