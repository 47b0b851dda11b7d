"""The database's own copy in a backup, where others use the same database."""

import zipfile

import pytest
import sqlalchemy as sa

from welcome.backups import rows
from welcome.database import connect, reading

pytestmark = pytest.mark.postgresql

OF_OTHERS = (
    'CREATE TABLE "Queue" (id serial PRIMARY KEY, said text)',
    """INSERT INTO "Queue" (said) VALUES ('secret')""",
    'CREATE VIEW waiting AS SELECT * FROM "Queue"',
    'CREATE SCHEMA "before_20260302t093000"',
    'CREATE TABLE "before_20260302t093000".account (id integer)',
)


@pytest.fixture
def database_url(postgresql_database):
    """The kind of database that others use too."""
    return postgresql_database


@pytest.mark.usefixtures("filled", "tools")
def test_the_copy_holds_nothing_of_others(
    take, engine, database_url, sums, tmp_path, copy_in_postgresql
):
    with engine.begin() as connection:
        for each in OF_OTHERS:
            connection.exec_driver_sql(each)
    with zipfile.ZipFile(take(with_copy=True)) as archive:
        archive.extract("database.dump", tmp_path / "out")
    url = copy_in_postgresql(tmp_path / "out" / "database.dump")
    assert sums(url) == sums(database_url)
    restored = connect(url)
    with reading(), restored.connect() as connection:
        inspected = sa.inspect(connection)
        assert rows.list_foreign(connection) == inspected.get_view_names() == []
        assert set(inspected.get_schema_names()) == {"information_schema", "public"}
    restored.dispose()
