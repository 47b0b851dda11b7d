"""The disk is full: a clear sentence, nothing half left, and the old data as they were."""

import os
import re
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests.keeping_data import small_disks
from tests.keeping_data.small_disks import KILOBYTE
from welcome.backups import replacing_file, taking
from welcome.backups.errors import BackupFailed, RestoreRefused
from welcome.database import connect
from welcome.phrases import codes

FULL = re.compile(r"No space left on device|disk is full|too little room")
SHARES = (0, 0.1, 0.5, 0.9)


@pytest.fixture
def disk():
    """A small disk."""
    yield from small_disks.mounted(megabytes=24)


def said(problem):
    """Give the sentence that whoever typed the command reads."""
    return codes.word("en", problem.code, **problem.params)


@pytest.mark.parametrize("with_copy", [False, True])
def test_a_backup_that_finds_no_room_leaves_nothing(
    filled, engine, settings, now, disk, tools, with_copy
):
    file = disk.folder / "backup.zip"

    def take():
        taking.take(engine, file, settings, now=now, with_copy=with_copy)

    take()
    whole = file.stat().st_size
    file.unlink()
    for share in SHARES:
        disk.leave(int(whole * share))
        with pytest.raises(BackupFailed) as problem:
            take()
        assert FULL.search(said(problem.value)), said(problem.value)
        assert "nothing was left behind" in said(problem.value)
        assert disk.files() == {}
        assert [each.name for each in disk.folder.iterdir()] == ["ballast"]
    disk.ballast.unlink()
    take()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_restore_says_how_much_room_it_needs(filled, take, restore, disk):
    file = take()
    disk.leave(0)
    with pytest.raises(RestoreRefused) as problem:
        restore(file, f"sqlite:///{disk.folder / 'there.sqlite'}")
    told = re.search(r"(\d+) MB are needed, 0 MB are free", said(problem.value))
    assert told
    assert set(disk.files()) <= {"there.sqlite.lock"}
    disk.leave(int(told[1]) * 1024**2)
    restore(file, f"sqlite:///{disk.folder / 'there.sqlite'}")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["replaced", "new"])
def test_a_restore_for_which_the_room_ends_leaves_the_old_file(
    filled, take, restore, disk, sums, monkeypatch, kind
):
    """There was room when it was looked for; others took it meanwhile."""
    file, there = take(), disk.folder / "there.sqlite"
    url = f"sqlite:///{there}"
    restore(file, url)
    before = sums(url)
    if kind == "new":
        there.unlink()
    names = set(disk.files())
    monkeypatch.setattr(replacing_file, "_refuse_small_disk", lambda *_args: None)
    for number in count():
        disk.leave(number * 200 * KILOBYTE)
        told = refusal_of(lambda: restore(file, url, replace=True))
        disk.ballast.unlink()
        if not told:
            break
        assert FULL.search(told), told
        assert "nothing was changed" in told
        if kind == "replaced":
            assert sums(url) == before
        assert set(disk.files()) == names
    assert number > 3
    assert sums(url) == before


def refusal_of(act):
    """Give the sentence with which something is refused; none where it is not."""
    try:
        act()
    except RestoreRefused as problem:
        return said(problem)
    return ""


@pytest.fixture
def small_postgresql(postgresql_server, disk):
    """A database whose tables lie on the small disk."""
    engine = sa.create_engine(postgresql_server.url)
    with engine.connect() as connection:
        data = Path(connection.exec_driver_sql("SHOW data_directory").scalar())
    engine.dispose()
    room = disk.folder / "tables"
    room.mkdir(mode=0o700)
    os.chown(room, data.stat().st_uid, data.stat().st_gid)
    name = f"small_{uuid4().hex}"
    run = postgresql_server.run
    run(f"CREATE TABLESPACE {name} LOCATION '{room}'")
    run(f"CREATE DATABASE {name} TEMPLATE template1 TABLESPACE {name}")
    url = postgresql_server.url.set(database=name, drivername="postgresql")
    yield url.render_as_string(hide_password=False)
    run(f"DROP DATABASE {name} WITH (FORCE)")
    run(f"DROP TABLESPACE {name}")


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_restore_that_finds_no_room_leaves_the_old_tables(
    filled, take, restore, disk, sums, small_postgresql
):
    file, url = take(), small_postgresql
    restore(file, url)
    before, schemas = sums(url), schemas_in(url)
    for room in (0, 512 * KILOBYTE, 2048 * KILOBYTE):
        disk.leave(room)
        with pytest.raises(RestoreRefused) as problem:
            restore(file, url, replace=True)
        assert FULL.search(said(problem.value)), said(problem.value)
        assert sums(url) == before
        assert schemas_in(url) == schemas
    disk.ballast.unlink()
    restore(file, url, replace=True)
    assert sums(url) == before
    assert len(schemas_in(url)) == len(schemas) + 1


def schemas_in(url):
    engine = connect(url)
    found = sa.inspect(engine).get_schema_names()
    engine.dispose()
    return found
