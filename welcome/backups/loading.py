"""Filling an empty database from a backup, at the schema step it was taken at."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from welcome import standing
from welcome.backups import rows
from welcome.backups.errors import Unfit
from welcome.backups.manifest import Table
from welcome.backups.reading import Backup
from welcome.backups.rows import Shape

# What SQLite and PostgreSQL say without saying any value.
QUIET = ("UNIQUE", "NOT NULL", "CHECK", "FOREIGN KEY", "datatype")


def refuse_unknown_step(backup: Backup) -> None:
    """Refuse what a newer Welcome saved, or none did; raises Unfit."""
    step, known = backup.manifest.step, standing.steps()
    if step in known:
        return
    if step.isdigit() and step > known[-1]:
        raise Unfit(
            f"it is at schema step {step}, which this Welcome does not know yet"
            f" (it knows {known[-1]}). Install the newer Welcome first"
        )
    raise Unfit(f"its schema step {step!r} is none of Welcome's")


def fill(connection: sa.Connection, backup: Backup) -> None:
    """Put all rows in, and prove by their sums that they are there; raises Unfit.

    The connection is to empty tables at the backup's step, and does not look at foreign
    keys meanwhile: an older row may point to a younger one.
    """
    found = rows.shapes(connection)
    told = {table.name: table for table in backup.manifest.tables}
    _refuse_other_tables(found, told)
    for shape in found:
        _insert(connection, shape, backup, told[shape.name])
    for shape in found:
        total = rows.sum_of(connection, shape)
        if (total.rows, total.sha256) != (
            told[shape.name].rows,
            told[shape.name].sha256,
        ):
            raise Unfit(f"table {shape.name} did not come out as it was saved")


def _refuse_other_tables(found: list[Shape], told: dict[str, Table]) -> None:
    names = {shape.name for shape in found}
    if names != set(told):
        odd = sorted(names ^ set(told))[0]
        raise Unfit(f"its tables are not those of its schema step: {odd}")
    for shape in found:
        if dict(shape.columns) != dict(told[shape.name].columns):
            raise Unfit(f"the columns of {shape.name} are not those of its schema step")


def _insert(
    connection: sa.Connection, shape: Shape, backup: Backup, table: Table
) -> None:
    given = backup.rows_of(table)
    first = 1
    while some := list(islice(given, rows.AT_ONCE)):
        try:
            connection.execute(sa.insert(shape.table), some)
        except (SQLAlchemyError, OverflowError, ValueError) as problem:
            place = f"table {table.name}, rows {first} to {first + len(some) - 1}"
            raise Unfit(f"{place}: {explain(problem)}") from None
        first += len(some)


def explain(problem: Exception) -> str:
    """Say what the database refused, without the values of the row."""
    original = getattr(problem, "orig", None)
    diagnosis = getattr(original, "diag", None)
    if diagnosis is not None and diagnosis.message_primary:
        return str(diagnosis.message_primary)
    said = str(original or "")
    if isinstance(problem, OperationalError) or any(word in said for word in QUIET):
        return said
    return "a value that this database cannot hold"


def list_filled(connection: sa.Connection) -> Iterator[Any]:
    """List the product's tables that hold rows."""
    for shape in rows.shapes(connection):
        one = connection.execute(
            sa.select(sa.literal(1)).select_from(shape.table).limit(1)
        )
        if one.first():
            yield shape.name
