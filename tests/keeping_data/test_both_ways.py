"""A backup restored into either kind of database: every row is what it was."""

import errno
import os
import zipfile
from pathlib import Path

import pytest
from sqlmodel import select

from welcome.backups import locks, taking
from welcome.backups.errors import BackupFailed, InUse, RestoreRefused
from welcome.database import connect, reading
from welcome.editions import verifying
from welcome.packs.models import Pack
from welcome.since.models import Restoration


def test_every_row_comes_out_as_it_was(
    filled, take, restore, database_url, other_url, sums, engine
):
    file = take()
    done = restore(file, other_url)
    assert done.manifest.rows > 100
    assert sums(other_url) == sums(database_url)
    there = {table.name: table.rows for table in done.manifest.tables}
    assert {"passkey", "edition_page", "job", "message"} <= {
        n for n in there if there[n]
    }


def test_what_was_restored_goes_on(filled, take, restore, other_url, asked, now):
    restore(take(), other_url)
    with asked() as session:
        pack = session.exec(select(Pack)).one()
        session.add(
            Pack(
                **pack.model_dump(exclude={"id", "slug", "is_default"}),
                slug="village",
                is_default=False,
            )
        )
        session.commit()
        assert [each.id for each in session.exec(select(Pack).order_by(Pack.id))] == [
            pack.id,
            pack.id + 1,
        ]
        [note] = session.exec(select(Restoration)).all()
        assert (note.taken_at, note.applied_at) == (now, now)


def test_and_back_again(
    filled, take, restore, other_url, database_url, sums, tmp_path, settings, now
):
    before = sums(database_url)
    restore(take(), other_url)
    engine = connect(other_url)
    second = tmp_path / "second.zip"
    taking.take(engine, second, settings, now=now, with_copy=False)
    engine.dispose()
    home = f"sqlite:///{tmp_path / 'home.sqlite'}"
    restore(second, home)
    assert sums(home) == before


def test_the_file_is_for_its_owner_alone_and_never_written_over(filled, take):
    file = take()
    assert file.stat().st_mode & 0o777 == 0o600
    content = file.read_bytes()
    with pytest.raises(BackupFailed, match="is there already"):
        take()
    assert file.read_bytes() == content
    assert [each.name for each in file.parent.glob(".welcome-backup.*")] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_copy_opens_as_a_database(filled, take, tmp_path, sums, database_url):
    file = take(with_copy=True)
    with zipfile.ZipFile(file) as archive:
        archive.extract("database.sqlite", tmp_path / "out")
    assert sums(f"sqlite:///{tmp_path / 'out' / 'database.sqlite'}") == sums(
        database_url
    )


def test_what_holds_something_is_kept(filled, take, restore, other_url, sums, now):
    file = take()
    restore(file, other_url)
    before = sums(other_url)
    with pytest.raises(RestoreRefused, match="holds something already"):
        restore(file, other_url)
    assert sums(other_url) == before
    done = restore(file, other_url, replace=True)
    assert done.kept
    assert sums(other_url) == before


def test_what_is_kept_without_links_is_for_its_owner_alone(
    filled, take, restore, other_sqlite, sums, monkeypatch
):
    file = take()
    restore(file, other_sqlite)
    before, synced = sums(other_sqlite), []

    def refuse(*_names):
        raise OSError(errno.EPERM, "there are no links here")

    def sync(handle, fsync=os.fsync):
        synced.append(os.fstat(handle).st_ino)
        fsync(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "link", refuse)
        patched.setattr(os, "fsync", sync)
        kept = Path(restore(file, other_sqlite, replace=True).kept)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.stat().st_ino in synced
    assert sums(f"sqlite:///{kept}") == before


def test_what_somebody_works_with_is_kept(filled, take, restore, other_url, sums):
    file = take()
    restore(file, other_url)
    before = sums(other_url)
    engine = connect(other_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1 FROM account")
        with pytest.raises(InUse):
            restore(file, other_url, replace=True)
    engine.dispose()
    assert sums(other_url) == before


def test_a_server_keeps_its_file_from_being_replaced(
    filled, take, restore, other_sqlite
):
    file = take()
    restore(file, other_sqlite)
    held = locks.share(other_sqlite)
    with pytest.raises(InUse):
        restore(file, other_sqlite, replace=True)
    held.let_go()
    assert restore(file, other_sqlite, replace=True).kept


def test_two_in_one_second_keep_both_old_ones(filled, take, restore, other_url, sums):
    file = take()
    restore(file, other_url)
    before = sums(other_url)
    kept = [restore(file, other_url, replace=True).kept for _again in range(3)]
    assert len(set(kept)) == 3
    assert sums(other_url) == before


def test_an_empty_database_with_tables_is_no_hindrance(
    filled, take, restore, other_sqlite, empty_database, sums, database_url
):
    place = Path(other_sqlite.removeprefix("sqlite:///"))
    place.write_bytes(empty_database.read_bytes())
    assert restore(take(), other_sqlite).kept == ""
    assert sums(other_sqlite) == sums(database_url)
    assert sorted(each.name for each in place.parent.iterdir()) == [
        "other.sqlite",
        "other.sqlite.lock",
    ]


def test_every_file_of_an_edition_is_made_again(
    filled, take, restore, other_url, asked, settings, tmp_path
):
    restore(take(), other_url)
    elsewhere = tmp_path / "elsewhere" / "editions"
    with reading(), asked() as session:
        for harm in list(verifying.find_harm(session, elsewhere)):
            verifying.mend_pages(session, harm.edition, elsewhere)
    published = files_in(settings.editions)
    assert len(published) > 10
    assert files_in(elsewhere) == published


def files_in(root: Path) -> dict[str, bytes]:
    """Read every file below a folder."""
    return {
        str(each.relative_to(root)): each.read_bytes()
        for each in root.rglob("*")
        if each.is_file()
    }
