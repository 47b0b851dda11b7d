"""Rows as text that is the same whichever database they lie in, and back.

A line is a JSON list of a row's values, its columns in alphabetical order. Types are
read from the database, not from the models, so that an older schema has rows too.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from welcome.backups.errors import Unfit
from welcome.tables import metadata

AT_ONCE = 500
LONGEST_INTEGER = 2**63

Value = Any
Kinds = tuple[tuple[type[sa.types.TypeEngine[Any]], str], ...]

KINDS: Kinds = (
    (sa.Boolean, "boolean"),
    (sa.JSON, "json"),
    (sa.DateTime, "moment"),
    (sa.Date, "date"),
    (sa.LargeBinary, "bytes"),
    (sa.Float, "float"),
    (sa.Integer, "integer"),
    (sa.String, "text"),
)


@dataclass(frozen=True)
class Shape:
    """A table as the database has it: the kinds of its columns, by name, in order."""

    table: sa.Table
    columns: Mapping[str, str]

    @property
    def name(self) -> str:
        """Name the table."""
        return self.table.name


@dataclass
class Sum:
    """How many rows went by, and the sum over all of them."""

    rows: int = 0
    size: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, line: bytes) -> bytes:
        """Count a line, and give it back."""
        self.rows += 1
        self.size += len(line)
        self._digest.update(line)
        return line

    @property
    def sha256(self) -> str:
        """The sum over the rows so far."""
        digest: str = self._digest.hexdigest()
        return digest


def shapes(connection: sa.Connection) -> list[Shape]:
    """Read the product's tables as they are, those first that others point to."""
    found = sa.MetaData()
    present = set(sa.inspect(connection).get_table_names())
    found.reflect(connection, only=sorted(present & set(metadata.tables)))
    return [_shape(table) for table in found.sorted_tables]


def list_foreign(connection: sa.Connection) -> list[str]:
    """List tables that are not the product's."""
    present = set(sa.inspect(connection).get_table_names())
    return sorted(present - set(metadata.tables) - {"alembic_version"})


def lines_of(connection: sa.Connection, shape: Shape) -> Iterator[bytes]:
    """Give the rows of a table in the order of their keys, a few at a time."""
    chosen = [shape.table.c[name] for name in shape.columns]
    asked = sa.select(*chosen).order_by(*_order(connection, shape))
    streamed = {"stream_results": True, "yield_per": AT_ONCE}
    for row in connection.execute(asked, execution_options=streamed):
        try:
            yield encode(shape.columns, row)
        except (ValueError, TypeError) as problem:
            raise Unfit(f"table {shape.name} holds {problem}") from None


def sum_of(connection: sa.Connection, shape: Shape) -> Sum:
    """Sum up a table."""
    total = Sum()
    for line in lines_of(connection, shape):
        total.add(line)
    return total


def encode(columns: Mapping[str, str], row: Sequence[Value]) -> bytes:
    """Write a row; raises ValueError or TypeError for what no column should hold."""
    kinds = columns.values()
    values = [
        None if value is None else OUT[kind](value)
        for kind, value in zip(kinds, row, strict=True)
    ]
    text = json.dumps(
        values, ensure_ascii=False, sort_keys=True, allow_nan=False,
        separators=(",", ":"),
    )  # fmt: skip
    return f"{text}\n".encode()


def decode(columns: Mapping[str, str], line: bytes) -> dict[str, Value]:
    """Read a row; raises Unfit."""
    try:
        values = json.loads(line)
        if not isinstance(values, list) or len(values) != len(columns):
            raise Unfit("a row has other columns than its table")
        return {
            name: None if value is None else IN[kind](value)
            for (name, kind), value in zip(columns.items(), values, strict=True)
        }
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise Unfit("a row cannot be read") from None


def _shape(table: sa.Table) -> Shape:
    columns = sorted(table.columns, key=lambda column: column.name)
    return Shape(table, {each.name: _kind_of(each) for each in columns})


def _kind_of(column: sa.Column[Any]) -> str:
    for kind, name in KINDS:
        if isinstance(column.type, kind):
            return name
    raise Unfit(f"column {column} is of a type that backups do not know")


def _order(connection: sa.Connection, shape: Shape) -> list[sa.ColumnElement[Any]]:
    """Order by the key, texts by their letters' numbers on every database."""
    is_postgresql = connection.dialect.name == "postgresql"
    return [
        sa.collate(column, "C")
        if is_postgresql and shape.columns[column.name] == "text"
        else column
        for column in shape.table.primary_key
    ]


def _is(*kinds: type) -> Callable[[Value], Value]:
    """Take values of exactly these types: SQLite lets any column hold anything."""

    def check(value: Value) -> Value:
        if type(value) not in kinds:
            raise TypeError(f"a {type(value).__name__} in the wrong place")
        return value

    return check


def _integer(value: Value) -> int:
    if type(value) is not int or not -LONGEST_INTEGER <= value < LONGEST_INTEGER:
        raise TypeError("a number that is none")
    return value


def _write_moment(value: datetime) -> str:
    moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _read_moment(value: Value) -> datetime:
    return datetime.fromisoformat(_is(str)(value)).astimezone(UTC)


def _read_json(value: Value) -> Value:
    return value


OUT: Mapping[str, Callable[[Value], Value]] = {
    "boolean": _is(bool),
    "json": _read_json,
    "moment": _write_moment,
    "date": date.isoformat,
    "bytes": lambda value: base64.b64encode(value).decode(),
    "float": lambda value: float(_is(float, int)(value)),
    "integer": _integer,
    "text": _is(str),
}
IN: Mapping[str, Callable[[Value], Value]] = {
    "boolean": _is(bool),
    "json": _read_json,
    "moment": _read_moment,
    "date": lambda value: date.fromisoformat(_is(str)(value)),
    "bytes": lambda value: base64.b64decode(_is(str)(value), validate=True),
    "float": _is(float),
    "integer": _integer,
    "text": _is(str),
}
