"""The engine, its sessions, the column types and the naming of constraints."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import registry, sessionmaker
from sqlmodel import Session, SQLModel

from welcome.sealing import Keyring, KeysNeeded

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

PRAGMAS = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    # What is erased is written over, not only forgotten.
    "secure_delete=ON",
)

BeginMode = Literal["DEFERRED", "IMMEDIATE"]
Sessions = sessionmaker[Session]

# Gives what seals and opens just now; keys change while people work.
Keys = Callable[[], Keyring]

# The keys of the columns of each engine; its dialect is what types are told.
_keys: WeakKeyDictionary[Dialect, Keys] = WeakKeyDictionary()
_is_blind: ContextVar[bool] = ContextVar("is_blind", default=False)

# SQLite only: readers never queue behind a writer, writers never lose an update.
# Everything writes unless the edge says that it reads.
begin_mode: ContextVar[BeginMode] = ContextVar("begin_mode", default="IMMEDIATE")


class Base(SQLModel, registry=registry(metadata=sa.MetaData(naming_convention=NAMING))):
    """All tables hang here: own metadata, stable names of constraints."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware moments in, aware UTC out, on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Refuse naive moments and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive moment cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Give every moment its zone back."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


class LanguageTag(sa.types.TypeDecorator[str]):
    """A BCP 47 tag; 35 characters hold every one we use."""

    impl = sa.String(35)
    cache_ok = True


class Sealed(sa.types.TypeDecorator[str]):
    """A text that lies sealed in the database; no query can look into it.

    What must be found has an index of its own (`Keyring.index`) in another column. An
    empty text is empty there too.
    """

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal a text."""
        if not value:
            return None if value is None else b""
        return keyring_on(dialect).seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open it again; raises SealBroken."""
        if not value or _is_blind.get():
            return None if value is None else ""
        return keyring_on(dialect).open(bytes(value))


def choice(members: type[StrEnum], *, length: int = 32) -> sa.Enum:
    """Store an enum by its value, in a plain column that a CHECK guards."""
    return sa.Enum(
        members,
        native_enum=False,
        length=length,
        create_constraint=True,
        name=members.__name__.lower(),
        values_callable=lambda enum: [member.value for member in enum],
    )


def json_list() -> sa.types.TypeEngine[Any]:
    """Store a list as JSON; changes in place are seen."""
    return MutableList.as_mutable(_json())


def json_dict() -> sa.types.TypeEngine[Any]:
    """Store a mapping as JSON; changes in place are seen."""
    return MutableDict.as_mutable(_json())


def _json() -> sa.JSON:
    return sa.JSON().with_variant(JSONB(), "postgresql")


def connect(url: str, keys: Keyring | Keys | None = None) -> Engine:
    """Make the engine for an address; SQLite gets its journal, locks and keys set.

    Without keys, what is sealed can be neither read nor written through it.
    """
    scheme, colon, rest = url.partition(":")
    if scheme in {"postgres", "postgresql"}:
        url = f"postgresql+psycopg{colon}{rest}"
    engine = sa.create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    if isinstance(keys, Keyring):
        ring = keys
        _keys[engine.dialect] = lambda: ring
    elif keys:
        _keys[engine.dialect] = keys
    return engine


def keyring_of(session: Session) -> Keyring:
    """Return the keys with which a session's engine seals."""
    return keyring_on(session.get_bind().dialect)


def keyring_on(dialect: Dialect) -> Keyring:
    """Return the keys of an engine by its dialect; raises KeysNeeded."""
    keys = _keys.get(dialect)
    if keys is None:
        raise KeysNeeded
    return keys()


@contextmanager
def unopened() -> Iterator[None]:
    """Let rows be read without opening anything: what is sealed reads as empty.

    For acts that need no text, where the keys may be missing.
    """
    token = _is_blind.set(True)
    try:
        yield
    finally:
        _is_blind.reset(token)


def sessions(engine: Engine) -> Sessions:
    """Make the maker of sessions for an engine."""
    return sessionmaker(engine, class_=Session, expire_on_commit=False)


def empty_log(engine: Engine) -> None:
    """Take what SQLite's log still holds of erased rows out of it, if nobody reads.

    A server of its own (PostgreSQL) cleans up after itself; it is not told when.
    """
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as opened:
            opened.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


@contextmanager
def reading() -> Iterator[None]:
    """Say that what follows only reads."""
    token = begin_mode.set("DEFERRED")
    try:
        yield
    finally:
        begin_mode.reset(token)


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is ours, below
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {begin_mode.get()}")
