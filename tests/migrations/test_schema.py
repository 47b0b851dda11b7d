"""Schema steps: nothing is missing, each can be taken back, no row is lost on the way."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.operations import Operations
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from welcome import standing
from welcome.database import connect
from welcome.migrations import schema
from welcome.packs.models import Unit
from welcome.tables import metadata


def tables(engine: Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


@pytest.fixture
def migrated(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()


def test_the_steps_lead_to_what_the_models_say(migrated):
    command.check(schema.configuration(migrated))
    assert tables(migrated) == set(metadata.tables)


def test_there_is_one_newest_step():
    steps = ScriptDirectory.from_config(schema.configuration(connect("sqlite://")))
    assert steps.get_heads() == [standing.newest()]


def test_every_step_can_be_taken_back_and_again(migrated):
    configuration = schema.configuration(migrated)
    command.downgrade(configuration, "base")
    assert tables(migrated) == set()
    assert standing.stands_at(migrated)[0] is None
    command.upgrade(configuration, "head")
    command.check(configuration)
    assert standing.stands_at(migrated) == (standing.newest(), standing.newest())


def test_upgrading_again_changes_no_row(session: Session, pack, migrated):
    before = len(session.exec(select(Unit)).all())
    session.commit()
    schema.upgrade(migrated)
    assert len(session.exec(select(Unit)).all()) == before > 0


def test_altering_a_parent_table_keeps_its_children(session: Session, pack, migrated):
    """On SQLite a batch drops and remakes the table: cascades must not fire."""
    before = len(session.exec(select(Unit)).all())
    session.commit()
    configuration = schema.configuration(migrated)
    taken = _take_a_step_that_alters_pages(configuration)
    assert taken
    assert len(session.exec(select(Unit)).all()) == before > 0


def _take_a_step_that_alters_pages(configuration) -> bool:
    """Run env.py on a step that changes a column of `page`."""
    done = []

    def alter(_revision, context):
        operations = Operations(context)
        with operations.batch_alter_table("page", recreate="auto") as batch:
            batch.alter_column("name", type_=sa.String(80), existing_nullable=False)
        done.append(True)
        return []

    script = ScriptDirectory.from_config(configuration)
    with EnvironmentContext(configuration, script, fn=alter):
        script.run_env()
    return bool(done)
