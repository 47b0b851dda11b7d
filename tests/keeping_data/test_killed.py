"""Backups and restores are killed: nothing is left lying, no database is half."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.faults import killing, lengths
from tests.faults.installation import Installation
from welcome import config
from welcome.app import create_app

pytestmark = pytest.mark.slow

SECONDS = 90
KILLS = {"sqlite": 8, "postgresql": 3}
CONNECTED = "SELECT pid FROM pg_stat_activity WHERE datname = :name"


@dataclass
class Two:
    """Two backups of one installation, and the sums of what is in them."""

    files: list[Path] = field(default_factory=list)
    sums: list[dict] = field(default_factory=list)


@pytest.fixture
def place(settings, database_url, tmp_path):
    """The installation, for real commands."""
    config.make_secrets(settings.instance, database_exists=False)
    given = {
        "WELCOME_DATABASE_URL": database_url,
        "WELCOME_SITE_URL": settings.site_url,
    }
    return Installation(tmp_path, given)


@pytest.fixture
def two(filled, session, engine, place, letter, sums, database_url, tmp_path):
    """Take a backup, write a letter, and take another."""
    found = Two()
    for name in ("first", "second"):
        session.add(letter(name))
        session.commit()
        file = tmp_path / f"{name}.zip"
        done = place.command("backup", str(file), "--without-copy")
        assert done.returncode == 0, done.stderr
        found.files.append(file)
        found.sums.append(sums(database_url))
    session.close()
    engine.dispose()
    return found


@pytest.fixture
def at_work_sqlite(database_url):
    """List the folders in which restores make their files, or were killed."""
    folder = Path(sa.make_url(database_url).database).parent
    return lambda: set(folder.glob(".restoring-*"))


@pytest.fixture
def at_work_postgresql(database_url, postgresql_server):
    """List who is connected to the database."""
    engine = sa.create_engine(postgresql_server.url)
    name = sa.make_url(database_url).database

    def act():
        with engine.connect() as connection:
            found = connection.execute(sa.text(CONNECTED), {"name": name})
            return set(found.scalars())

    yield act
    engine.dispose()


@pytest.fixture
def begin(place, engine, request):
    """Begin a restore; give the process once it works on the database."""
    at_work = request.getfixturevalue(f"at_work_{engine.dialect.name}")

    def act(file):
        wait_for_rest(engine, at_work)
        before = at_work()
        process = place.start("restore", str(file), "--replace")
        request.addfinalizer(process.wait)
        request.addfinalizer(process.kill)
        killing.wait_until(
            lambda: at_work() - before or process.poll() is not None,
            SECONDS,
            step=0.005,
        )
        assert process.poll() is None, place.last_words()
        return process

    return act


@pytest.fixture
def stands(engine, database_url, sums, two, request):
    """Tell which of the two backups the database holds; nothing else it may hold."""
    at_work = request.getfixturevalue(f"at_work_{engine.dialect.name}")

    def act():
        wait_for_rest(engine, at_work)
        return two.sums.index(sums(database_url))

    return act


def wait_for_rest(engine, at_work):
    """Wait until PostgreSQL has noticed that somebody is gone."""
    if engine.dialect.name == "postgresql":
        assert killing.wait_until(lambda: not at_work(), SECONDS)


@pytest.fixture
def serves(settings, maker, engine):
    """Tell whether visitors may come, and a page that asks the database is there."""

    def act():
        client = create_app(settings, maker).test_client()
        codes = [
            client.get(path, buffered=True).status_code
            for path in ("/-/ready", "/en/", "/-/account/sign-in")
        ]
        engine.dispose()
        return codes

    return act


def test_killed_at_any_moment_it_is_the_old_one_or_the_new_one(
    two, begin, place, stands, engine, serves
):
    span, holds, ends = finish(begin, two.files[0], place), 0, []
    assert stands() == 0
    for moment in moments(engine.dialect.name, span):
        process = begin(two.files[1 - holds])
        # The moment is the story's; whoever is done earlier is done.
        killing.wait_until(lambda p=process: p.poll() is not None, moment, step=0.002)
        process.kill()
        ends.append(process.wait(SECONDS))
        holds = stands()
        assert serves() == [200, 200, 200]
    assert -signal.SIGKILL in ends
    finish(begin, two.files[1 - holds], place)
    assert stands() == 1 - holds
    assert serves() == [200, 200, 200]


def moments(kind, span):
    dice = lengths.dice("a restore is killed")
    return [dice.uniform(0, span) for _number in range(KILLS[kind])]


def finish(begin, file, place):
    """Let a restore come to its end; tell how long it worked on the database."""
    process, began = begin(file), time.monotonic()
    assert process.wait(SECONDS) == 0, place.last_words()
    return time.monotonic() - began


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("event", "part", "holds"),
    [
        ("sqlite3.connect", ".restoring-", 1),
        ("os.link", ".before-", 1),
        ("os.rename", ".restoring-", 1),
        ("shutil.rmtree", ".restoring-", 0),
    ],
)
def test_killed_at_an_exact_moment(
    two, place, sums, database_url, event, part, holds, stands, serves
):
    """Making it, before the old one is kept, before and after the new one is there."""
    file = Path(sa.make_url(database_url).database)
    words = [event, part, "restore", str(two.files[0]), "--replace"]
    assert die(place, words) == -signal.SIGKILL
    assert list(file.parent.glob(".restoring-*"))
    assert stands() == holds
    assert serves() == [200, 200, 200]
    done = place.command("restore", str(two.files[0]), "--replace")
    assert done.returncode == 0, done.stderr
    assert stands() == 0
    left = {each.name for each in file.parent.glob(".*")}
    kept = list(file.parent.glob(f"{file.name}.before-*"))
    assert (left, len(kept)) == (set(), 1 if holds else 2)
    assert {two.sums.index(sums(f"sqlite:///{each}")) for each in kept} == (
        {1} if holds else {0, 1}
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "moment", [("sqlite3.connect", ".welcome-backup."), ("os.link", "third.zip")]
)
def test_what_a_killed_backup_copied_goes_with_the_next(two, place, moment):
    folder = two.files[0].parent
    assert die(place, [*moment, "backup", str(folder / "third.zip")]) == -9
    assert list(folder.glob(".welcome-backup.*"))
    assert not (folder / "third.zip").exists()
    done = place.command("backup", str(folder / "fourth.zip"))
    assert done.returncode == 0, done.stderr
    assert not list(folder.glob(".welcome-backup.*"))


def die(place, words):
    """Run a command that is killed on its way; give its exit code."""
    environment = os.environ | place.environment
    done = subprocess.run(
        [sys.executable, "-m", "tests.keeping_data.dying", *words],
        env=environment | {"WELCOME_INSTANCE": str(place.instance)},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return done.returncode
