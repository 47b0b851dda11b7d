"""A backup taken while others go on saving: it holds what stood together at one moment."""

import subprocess
import sys
import zipfile
from dataclasses import dataclass
from itertools import pairwise

import pytest
from sqlmodel import select

from tests.faults.killing import wait_until
from tests.keeping_data import writers
from welcome.backups import taking
from welcome.database import connect, reading, sessions
from welcome.packs.models import Unit

pytestmark = pytest.mark.slow

SECONDS = 60
AT_LEAST = 3


@dataclass
class Writer:
    """Somebody who saves without a pause, in a process of their own."""

    email: str
    unit_id: int
    process: subprocess.Popen

    def stop(self):
        self.process.terminate()
        self.process.wait(SECONDS)


@pytest.fixture
def start_writers(filled, maker, database_url, request):
    """Start two who save, each a text of their own."""

    def started():
        with reading(), maker() as session:
            units = session.exec(select(Unit.id).order_by(Unit.id).limit(2)).all()
        people = filled.translator_ur.email, filled.writer.email
        return [one(*each) for each in zip(people, units, strict=True)]

    def one(email, unit_id):
        words = ["-m", "tests.keeping_data.writers", database_url, email, str(unit_id)]
        process = subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        writer = Writer(email, unit_id, process)
        request.addfinalizer(process.stderr.close)
        request.addfinalizer(writer.stop)
        return writer

    return started


@pytest.fixture
def reached(maker):
    """Tell how far each has come."""

    def act(people):
        with reading(), maker() as session:
            return [writers.reached(session, each.email) for each in people]

    return act


@pytest.fixture
def meanwhile(start_writers, reached, take, tools):
    """Take two backups while two people save; give both, when all is over."""
    people = start_writers()
    begun = wait_until(lambda: min(reached(people)) >= AT_LEAST, SECONDS)
    assert begun, [(each.process.poll(), each.email) for each in people]
    marks, files = [reached(people)], []
    for number in range(2):
        files.append(take(f"{number}.zip", with_copy=True))
        marks.append(reached(people))
    for each in people:
        each.stop()
    assert all(sum(after) > sum(before) for before, after in pairwise(marks))
    return people, files


@pytest.fixture
def wind(maker):
    """Wind the database itself back to the moment at which each had come so far."""

    def act(people, at):
        with maker.begin() as session:
            for each, number in zip(people, at, strict=True):
                writers.wind_back(session, each.email, each.unit_id, number)

    return act


def test_what_is_restored_stood_together_at_one_moment(
    meanwhile, restore, other_url, database_url, sums, wind, home
):
    people, files = meanwhile
    for file in reversed(files):
        restore(file, other_url, replace=True)
        at = [moment_of(each, other_url) for each in people]
        wind(people, at)
        assert sums(other_url) == sums(database_url)
    assert sums(home(other_url)) == sums(database_url)


@pytest.fixture
def home(restore, tmp_path, settings, now):
    """Bring what was restored back into a file: the way home."""

    def act(url):
        engine, file = connect(url), tmp_path / "again.zip"
        taking.take(engine, file, settings, now=now, with_copy=False)
        engine.dispose()
        restore(file, f"sqlite:///{tmp_path / 'home.sqlite'}")
        return f"sqlite:///{tmp_path / 'home.sqlite'}"

    return act


def moment_of(writer, url):
    """Tell up to which number somebody has saved; every table tells the same."""
    engine = connect(url)
    with reading(), sessions(engine)() as session:
        number = writers.reached(session, writer.email)
        told = writers.numbers(session, writer.email, writer.unit_id)
    engine.dispose()
    assert set(told) == {writers.name_of(number)}
    return number


def test_the_databases_own_copy_is_of_the_same_moment(
    meanwhile, restore, other_sqlite, database_url, sums, tmp_path, request
):
    _people, [*_others, last] = meanwhile
    restore(last, other_sqlite)
    with zipfile.ZipFile(last) as archive:
        [copy] = [each for each in archive.namelist() if each.startswith("database.")]
        archive.extract(copy, tmp_path / "out")
    kind = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    opened = request.getfixturevalue(f"copy_in_{kind}")(tmp_path / "out" / copy)
    assert sums(opened) == sums(other_sqlite)


@pytest.fixture
def copy_in_sqlite():
    """Open a copy as the database it is."""
    return lambda file: f"sqlite:///{file}"
