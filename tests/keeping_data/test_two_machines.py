"""Two machines work on one database, and each keeps a file of its own beside it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from welcome.accounts import membership
from welcome.accounts.models import Account
from welcome.database import sessions
from welcome.jobs import catching_up
from welcome.since.noting import keep_since


@pytest.fixture
def database_url(sqlite_database):
    """The database that was; where it is restored may be of either kind."""
    return sqlite_database


@pytest.fixture
def other_folder(tmp_path):
    """The instance folder of the other machine."""
    return tmp_path / "other-machine"


@pytest.fixture
def other_maker(engine, other_folder):
    """Sessions as the other machine opens them."""
    made = sessions(engine)
    keep_since(made, other_folder)
    return made


@pytest.fixture
def leave(maker, other_maker, filled, now):
    """Have the first machine let somebody go, and the other let them in again."""

    def act():
        with maker.begin() as session:
            account = session.get_one(Account, filled.writer.id)
            membership.deactivate(session, account, actor=None, now=now)
        with other_maker.begin() as session:
            account = session.get_one(Account, filled.writer.id)
            later = now + timedelta(hours=1)
            membership.activate(session, account, actor=None, now=later)

    return act


def is_active(maker, person):
    with maker() as session:
        return session.get_one(Account, person.id).active


def test_who_was_let_in_elsewhere_stays_in_at_a_start(
    filled, leave, maker, other_maker, settings, other_folder, now
):
    leave()
    later = now + timedelta(days=1)
    for opened, folder in ((maker, settings.instance), (other_maker, other_folder)):
        assert catching_up.catch_up(opened, folder, now=later).is_nothing
    assert is_active(maker, filled.writer)


def test_who_was_let_go_since_is_let_go_at_a_start(
    filled, leave, maker, settings, engine, database_url, now, tmp_path
):
    """Let go again after a copy was made, which is then put back by hand."""
    leave()
    file = Path(database_url.removeprefix("sqlite:///"))
    engine.dispose()
    shutil.copy(file, tmp_path / "old.sqlite")
    later = now + timedelta(days=1)
    with maker.begin() as session:
        account = session.get_one(Account, filled.writer.id)
        membership.deactivate(session, account, actor=None, now=later)
    engine.dispose()
    shutil.copy(tmp_path / "old.sqlite", file)
    assert is_active(maker, filled.writer)
    assert catching_up.catch_up(maker, settings.instance, now=later).let_go == 1
    assert not is_active(maker, filled.writer)


def test_the_last_word_of_all_files_counts_after_a_restore_and_after_each_start(
    filled, leave, take, restore, other_url, asked, settings, other_folder, now
):
    file = take()
    leave()
    other = other_folder / "since.jsonl"
    assert restore(file, other_url, since=[other]).done.let_go == 0
    with asked() as session:
        opened = sessions(session.get_bind())
    assert catching_up.catch_up(opened, settings.instance, now=now).is_nothing
    assert is_active(opened, filled.writer)


def test_without_the_other_file_who_was_let_go_is_gone_after_a_restore(
    filled, leave, take, restore, other_url, asked, now
):
    file = take()
    leave()
    assert restore(file, other_url).done.let_go == 1
    with asked() as session:
        assert not session.get_one(Account, filled.writer.id).active
