"""What single steps do to rows that stand already, and to the connection they used."""

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError

from welcome.accounts.models import Grant, Role
from welcome.database import connect
from welcome.migrations import schema


@pytest.fixture
def migrated(database_url):
    engine = connect(database_url)
    yield engine
    engine.dispose()


def _grants(engine):
    asked = sa.select(Grant.id, Grant.role, Grant.tag).order_by(Grant.id)
    with engine.connect() as connection:
        return connection.execute(asked).all()


def test_a_role_given_twice_for_all_locales_stands_once(session, cast, migrated):
    account_id = cast.writer.id
    session.execute(sa.delete(Grant))
    session.commit()
    steps = schema.configuration(migrated)
    command.downgrade(steps, "0002")
    writer, reviewer = (Role.WRITER, None), (Role.REVIEWER, None)
    given = [writer, writer, reviewer, writer, (Role.REVIEWER, "ur")]
    rows = [{"account_id": account_id, "role": r, "tag": t} for r, t in given]
    with migrated.begin() as connection:
        connection.execute(sa.insert(Grant), rows)
    before = _grants(migrated)

    command.upgrade(steps, "head")

    assert _grants(migrated) == [before[0], before[2], before[4]]
    with pytest.raises(IntegrityError), migrated.begin() as connection:
        connection.execute(sa.insert(Grant), rows[:1])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_connection_keeps_foreign_keys_afterwards(migrated):
    schema.upgrade(migrated)
    with migrated.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        with pytest.raises(IntegrityError):
            connection.execute(
                sa.insert(Grant).values(account_id=999, role=Role.WRITER)
            )
