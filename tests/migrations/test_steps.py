"""What single steps do to rows that stand already, and to the connection they used."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from tests.buddies import scenes
from tests.conftest import KEYRING
from welcome.accounts.models import Grant, Role
from welcome.buddies.models.requests import RequestState
from welcome.database import connect, sessions
from welcome.messages import outbox
from welcome.messages.models import Message
from welcome.migrations import schema
from welcome.partners import access, agreements
from welcome.sealing import KeysNeeded


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


def test_what_was_shared_still_is_and_nothing_else(session, cast, migrated, now):
    one, *others = access.list_organisations(session)
    made = [
        agreements.propose_sharing(session, one, each, actor=None, now=now)
        for each in others
    ]
    agreed, allowed, both = made
    for each in (agreed, both):
        agreements.agree(session, each, actor=cast.coordinator, now=now)
    for each in (allowed, both):
        agreements.allow(session, each, actor=cast.scheme_lead, now=now)
    session.commit()
    command.downgrade(schema.configuration(migrated), "0007")
    asked = sa.text(
        "SELECT id, allowed_by_id FROM sharing WHERE allowed_at IS NOT NULL"
    )
    with migrated.connect() as connection:
        assert connection.execute(asked).all() == [(both.id, cast.coordinator.id)]
    schema.upgrade(migrated)
    session.expire_all()
    assert [each.id for each in made if each.holds] == [both.id]
    assert both.agreed_by_id == cast.coordinator.id
    assert [each.agreed_at is None for each in made] == [True, True, False]


def test_what_was_on_hold_before_is_looked_at_again(session, cast, migrated, now):
    newcomers = [scenes.newcomer(session, now) for _each in range(2)]
    waits, held = (scenes.request(session, each, now) for each in newcomers)
    held.state = RequestState.ON_HOLD
    session.commit()
    command.downgrade(schema.configuration(migrated), "0009")
    schema.upgrade(migrated)
    session.expire_all()
    assert waits.look_again_on is None
    assert held.look_again_on == (held.moved_at + timedelta(days=90)).date()


@pytest.fixture
def before_sealing(database_url):
    """A database as it stood before the step, with letters to be sent and sent."""
    engine = connect(database_url, KEYRING)
    command.downgrade(schema.configuration(engine), "0006")
    insert = sa.text(
        "INSERT INTO message (message_id, letter, tag, recipient, subject, body,"
        " written_at, state, attempts, send_at, problem) VALUES (:name, 'invitation',"
        " 'en', :to, 'S', :body, '2026-03-02', 'queued', 0, '2026-03-02', '')"
    )
    # More than are looked at together.
    rows = [
        {"name": f"m{each}", "to": f"nadia{each}@example.org", "body": "Здравей\n"}
        for each in range(501)
    ]
    with engine.begin() as connection:
        connection.execute(
            insert, [*rows, {"name": "old", "to": "x@y.org", "body": ""}]
        )
    yield engine
    engine.dispose()


def _lying(engine):
    with engine.connect() as connection:
        asked = sa.text("SELECT recipient, body FROM message ORDER BY id")
        return [tuple(each) for each in connection.execute(asked)]


def test_letters_that_stood_open_are_sealed_and_put_back(before_sealing):
    engine = before_sealing
    open_ones = _lying(engine)
    schema.upgrade(engine)
    for recipient, body in _lying(engine):
        assert b"nadia" not in bytes(recipient)
        assert "Здравей".encode() not in bytes(body)
    with sessions(engine)() as session:
        read = session.exec(select(Message).order_by(Message.id)).all()
        assert [(each.recipient, each.body) for each in read] == open_ones
        found = outbox.list_waiting_for(
            session, outbox.indexes_of(session, "nadia7@example.org")
        )
        assert [each.message_id for each in found] == ["m7"]
    command.downgrade(schema.configuration(engine), "0006")
    assert _lying(engine) == open_ones


def test_nothing_is_sealed_or_opened_without_the_keys(before_sealing):
    engine = before_sealing
    bare = connect(engine.url.render_as_string(hide_password=False))
    with pytest.raises(KeysNeeded):
        schema.upgrade(bare)
    assert _lying(engine)[0] == ("nadia0@example.org", "Здравей\n")
    schema.upgrade(engine)
    with pytest.raises(KeysNeeded):
        command.downgrade(schema.configuration(bare), "0006")
    assert len(_lying(engine)) == 502
    bare.dispose()
