"""Putting a backup in the place of tables in PostgreSQL: all in one transaction."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from welcome.backups import loading, naming, rows
from welcome.backups.errors import InUse, Unfit
from welcome.backups.reading import Backup
from welcome.database import connect
from welcome.migrations import schema
from welcome.sealing import Keyring

OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
# Made by a step beside the tables.
FUNCTIONS = (
    "journal_entry_refuse()",
    "concern_note_refuse()",
    "concern_reading_refuse()",
)
NEWEST = "SELECT setval(pg_get_serial_sequence(:name, 'id'), greatest(:at, 1), :at > 0)"


def replace(
    backup: Backup,
    url: str,
    finish: Callable[[sa.Connection], None],
    keys: Keyring | None,
    *,
    replace: bool,
    now: datetime,
) -> str:
    """Make the tables and have them appear together; say where the old ones are kept.

    Raises Unfit, and InUse while anybody else is connected.
    """
    engine = connect(url, keys)
    try:
        with engine.begin() as connection:
            _refuse_others(connection)
            connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
            kept = _make_room(connection, replace=replace, now=now)
            schema.upgrade(connection, backup.manifest.step)
            _look_at_foreign_keys(connection, at_the_end=True)
            loading.fill(connection, backup)
            _look_at_foreign_keys(connection, at_the_end=False)
            _set_counters(connection, backup)
            schema.upgrade(connection)
            finish(connection)
    except sa.exc.DBAPIError as problem:
        raise Unfit(f"the database says: {loading.explain(problem)}") from None
    finally:
        engine.dispose()
    return kept


def _refuse_others(connection: sa.Connection) -> None:
    others = connection.exec_driver_sql(OTHERS).scalar()
    if others:
        raise InUse(what=f"{others} others are connected to the database")


def _make_room(connection: sa.Connection, *, replace: bool, now: datetime) -> str:
    """Move the tables that are there to a schema of their own; name it."""
    inspected = sa.inspect(connection)
    ours = {shape.name for shape in rows.shapes(connection)} | {"alembic_version"}
    found = sorted(ours & set(inspected.get_table_names()))
    if not found:
        return ""
    is_filled = next(loading.list_filled(connection), None) is not None
    if is_filled and not replace:
        raise Unfit(
            "the database holds something already. Say --replace to put the backup in its"
            " place; the old tables are kept in a schema of their own"
        )
    taken = set(inspected.get_schema_names())
    kept = naming.unused(f"before_{now:%Y%m%dt%H%M%S}", taken.__contains__)
    connection.exec_driver_sql(f'CREATE SCHEMA "{kept}"')
    for name in found:
        connection.exec_driver_sql(f'ALTER TABLE "{name}" SET SCHEMA "{kept}"')
    for name in FUNCTIONS:
        exists = sa.text("SELECT to_regprocedure(:name) IS NOT NULL")
        if connection.execute(exists, {"name": name}).scalar():
            connection.exec_driver_sql(f'ALTER FUNCTION {name} SET SCHEMA "{kept}"')
    if not is_filled:
        connection.exec_driver_sql(f'DROP SCHEMA "{kept}" CASCADE')
        return ""
    return f'schema "{kept}"'


def _look_at_foreign_keys(connection: sa.Connection, *, at_the_end: bool) -> None:
    """Have PostgreSQL look at them when all rows are there, or as ever; raises Unfit."""
    if not at_the_end:
        try:
            connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        except sa.exc.IntegrityError:
            raise Unfit("a row points to one that is not there") from None
    how = "DEFERRABLE INITIALLY DEFERRED" if at_the_end else "NOT DEFERRABLE"
    inspected = sa.inspect(connection)
    for shape in rows.shapes(connection):
        for key in inspected.get_foreign_keys(shape.name):
            connection.exec_driver_sql(
                f'ALTER TABLE "{shape.name}" ALTER CONSTRAINT "{key["name"]}" {how}'
            )


def _set_counters(connection: sa.Connection, backup: Backup) -> None:
    """Have new ids begin after all that were ever given."""
    for shape in rows.shapes(connection):
        key = shape.table.c.get("id")
        if key is None or shape.columns["id"] != "integer":
            continue
        highest = connection.execute(sa.select(sa.func.max(key))).scalar() or 0
        at = max(highest, backup.manifest.counters.get(shape.name, 0))
        connection.execute(sa.text(NEWEST), {"name": shape.name, "at": at})
