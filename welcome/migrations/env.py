"""How Alembic reaches our database: plain types, safe batches, foreign keys kept."""

from functools import partial
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from welcome.database import LanguageTag, Sealed, UtcDateTime, connect, keyring_on
from welcome.tables import metadata


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write plain SQLAlchemy types: steps import neither SQLModel nor our code."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, LanguageTag):
        return "sa.String(length=35)"
    if isinstance(item, Sealed):
        return "sa.LargeBinary()"
    if type(item).__name__ == "AutoString":
        length = getattr(item, "impl", item).length
        return f"sa.String(length={length})" if length else "sa.String()"
    if isinstance(item, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


def run(connection: sa.Connection) -> None:
    """Run the steps; on SQLite a batch must not fire ON DELETE CASCADE."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # A batch drops and remakes a table: it would empty those that point to it.
        set_foreign_keys(connection, "OFF")
    try:
        take_steps(connection, sqlite=sqlite)
    finally:
        if sqlite:
            # The connection goes back to a pool, to others who count on them.
            set_foreign_keys(connection, "ON")


def take_steps(connection: sa.Connection, *, sqlite: bool) -> None:
    """Run the steps that are missing, and refuse what broke a foreign key."""
    context.config.attributes["keys_needed"] = partial(keyring_on, connection.dialect)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        render_item=render_item,
        transaction_per_migration=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"foreign keys broken by a step: {broken[:5]}")


def set_foreign_keys(connection: sa.Connection, state: Literal["ON", "OFF"]) -> None:
    """Turn SQLite's foreign keys on or off; inside a transaction that does nothing."""
    connection.rollback()
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys={state}")


def main() -> None:
    """Take the connection or engine we were given, else open the configured one."""
    given = context.config.attributes.get("connection")
    if isinstance(given, sa.Connection):
        run(given)
        return
    engine = given or connect(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        run(connection)


main()
