"""Keys are changed while people work, and whatever is killed goes on."""

import os
import random
import subprocess
import sys
import threading
import tomllib
from dataclasses import replace

import pytest
import sqlalchemy as sa
import tomli_w
from sqlmodel import select

from tests.buddies import records
from welcome import config, keys
from welcome.buddies.models.concerns import Concern, ConcernNote, RaisedBy
from welcome.buddies.models.people import Newcomer
from welcome.database import connect, keyring_on, sessions
from welcome.errors import WelcomeError
from welcome.keys import OldKeysNeeded
from welcome.migrations import schema
from welcome.sealing import Keyring
from welcome.since.noting import keep_since
from welcome.tables import metadata

SECRETS = {
    "session": "s" * 32, "password_salt": "p" * 32, "field_encryption": "first",
    "blind_index": "b" * 32,
}  # fmt: skip
SENTENCE = "what was noted about a concern"


@pytest.fixture
def settings(settings):
    """An installation with a file of keys, one of them for sealing."""
    settings.instance.mkdir(exist_ok=True)
    file = settings.instance / "secrets.toml"
    file.write_text(tomli_w.dumps(SECRETS))
    file.chmod(0o600)
    return replace(settings, secrets=config.find_secrets(settings.instance))


@pytest.fixture
def engine(database_url, settings):
    made = connect(database_url, keys.living(settings))
    yield made
    made.dispose()


@pytest.fixture
def filled(session, now):
    """People, and a note about a concern, which the database lets nobody change."""
    made = records.write(session, now)
    home = made.newcomer.organisation_id
    concern = Concern(
        organisation_id=home, raised_with_id=home, raised_by=RaisedBy.STAFF,
        raised_at=now, moved_at=now, what="a bruise",
    )  # fmt: skip
    session.add(concern)
    session.flush()
    session.add(ConcernNote(concern_id=concern.id, written_at=now, text=SENTENCE))
    session.commit()
    return made


def totals(maker, settings) -> tuple[int, int, int]:
    ring = keys.living(settings)()
    with maker() as session:
        found = keys.count(session, ring, metadata).values()
    return (
        sum(each.newest for each in found),
        sum(each.older for each in found),
        sum(each.broken for each in found),
    )


def ring(settings) -> Keyring:
    found = config.find_secrets(settings.instance)
    return Keyring(found.field_encryption, found.blind_index)


def test_everything_is_sealed_anew_and_the_old_key_dropped(
    settings, maker, session, filled
):
    whole = totals(maker, settings)
    assert whole[0] > 25
    assert whole[1:] == (0, 0)
    assert keys.add_key(settings)
    assert totals(maker, settings) == (0, whole[0], 0)
    with pytest.raises(OldKeysNeeded):
        keys.finish(maker, settings, metadata)
    kept = config.find_secrets(settings.instance)
    assert kept.field_encryption.endswith("first")
    assert keys.seal_anew(maker, ring(settings), metadata) == whole[0]
    assert totals(maker, settings) == whole
    assert keys.finish(maker, settings, metadata)
    assert not keys.finish(maker, settings, metadata)
    kept = config.find_secrets(settings.instance)
    assert "first" not in kept.field_encryption
    assert totals(maker, settings) == whole
    session.expire_all()
    assert session.exec(select(Newcomer)).one().name == records.NEWCOMERS[0]
    assert session.exec(select(ConcernNote)).one().text == SENTENCE


def test_a_second_run_goes_on_with_the_key_there_is(settings, maker, filled):
    assert keys.add_key(settings)
    added = config.find_secrets(settings.instance).field_encryption
    assert not keys.add_key(settings)
    assert config.find_secrets(settings.instance).field_encryption == added


def test_many_at_once_add_one_key(settings, filled):
    told = []
    everybody = [
        threading.Thread(target=lambda: told.append(keys.add_key(settings)))
        for _each in range(8)
    ]
    for each in everybody:
        each.start()
    for each in everybody:
        each.join()
    assert sorted(told) == [False] * 7 + [True]
    assert config.find_secrets(settings.instance).field_encryption.count(" ") == 1


def test_the_file_is_its_owners_alone_and_nothing_else_in_it_changes(settings):
    keys.add_key(settings)
    file = settings.instance / "secrets.toml"
    assert file.stat().st_mode & 0o777 == 0o600
    told = tomllib.loads(file.read_text())
    assert told["field_encryption"].endswith(" first")
    assert {**told, "field_encryption": "first"} == {
        **SECRETS, "second_step": told["second_step"],
    }  # fmt: skip
    assert [each.name for each in settings.instance.iterdir()] == ["secrets.toml"]


def test_the_second_step_stays_what_it_was(settings, maker):
    before = keys.second_step_keys(settings.secrets)
    for _each in range(2):
        keys.add_key(settings)
        keys.finish(maker, settings, metadata)
        found = config.find_secrets(settings.instance)
        assert keys.second_step_keys(found) == before
        assert found.field_encryption != settings.secrets.field_encryption
        # Nor is the first key still in the file under another name.
        assert "first" not in found.second_step


def test_who_works_meanwhile_seals_with_the_new_key(settings, maker, filled, engine):
    """Readers and writers of the same process never meet a key they do not have."""
    stop, problems, written = threading.Event(), [], []

    def work():
        number = 0
        while not stop.is_set():
            number += 1
            try:
                with maker.begin() as session:
                    person = session.exec(select(Newcomer)).one()
                    person.about = f"{person.name} {number}"
                written.append(number)
            except (WelcomeError, sa.exc.SQLAlchemyError) as problem:
                problems.append(problem)
                return

    somebody = threading.Thread(target=work)
    somebody.start()
    for _each in range(3):
        keys.add_key(settings)
        keys.seal_anew(maker, ring(settings), metadata)
        assert keys.finish(maker, settings, metadata)
    stop.set()
    somebody.join()
    assert problems == []
    assert len(written) > 3
    assert totals(maker, settings)[1:] == (0, 0)
    with maker() as session:
        found = session.exec(select(Newcomer)).one()
        assert found.about == f"{records.NEWCOMERS[0]} {written[-1]}"


def test_the_guards_of_notes_stand_afterwards(settings, maker, session, filled):
    keys.add_key(settings)
    keys.seal_anew(maker, ring(settings), metadata)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"):
        session.connection().execute(sa.update(ConcernNote).values(text="other"))


def test_what_no_key_opens_is_counted_and_stays(settings, maker, session, filled):
    lying = Keyring("lost", "lost").seal("gone")
    change = sa.update(Newcomer).values({"about": sa.literal(lying, sa.LargeBinary())})
    session.connection().execute(change)
    session.commit()
    assert totals(maker, settings)[2] == 1
    keys.add_key(settings)
    keys.seal_anew(maker, ring(settings), metadata)
    assert totals(maker, settings)[1:] == (0, 1)
    assert keys.finish(maker, settings, metadata)


@pytest.mark.slow
def test_killed_at_any_point_it_goes_on(tmp_path, now):
    """The command itself, killed again and again, then run to its end."""
    instance = tmp_path / "killed"
    instance.mkdir()
    file = instance / "secrets.toml"
    file.write_text(tomli_w.dumps(SECRETS))
    environ = {
        name: value for name, value in os.environ.items()
        if not name.startswith("WELCOME_")
    } | {"WELCOME_INSTANCE": str(instance)}  # fmt: skip
    settings = config.load(instance, environ)
    engine = connect(settings.database, keys.living(settings))
    schema.upgrade(engine)
    maker = sessions(engine)
    keep_since(maker, instance)
    with maker() as session:
        made = records.write(session, now)
        person = made.newcomer.model_dump(exclude={"id", "public_id"})
        session.add_all(Newcomer(**person) for _each in range(1500))
        session.commit()
    whole = totals(maker, settings)
    command = [sys.executable, "-m", "welcome", "keys", "rotate"]
    dice, killed, moved = random.Random(7), 0, set()
    for _each in range(6):
        with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL) as child:
            try:
                child.wait(dice.uniform(0.6, 2.5))
            except subprocess.TimeoutExpired:
                child.kill()
                killed += 1
        newest, older, broken = totals(maker, settings)
        assert newest + older == sum(whole)
        assert broken == 0
        moved.add(newest)
        with maker() as session:
            assert session.exec(select(Newcomer)).first().name == records.NEWCOMERS[0]
    assert killed
    subprocess.run(command, env=environ, check=True)
    subprocess.run([*command, "--finish"], env=environ, check=True)
    assert totals(maker, settings) == whole
    assert " " not in keyring_on(engine.dialect).sealing
    engine.dispose()
