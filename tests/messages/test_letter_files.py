"""Letters that were written as files go with the clock of letters."""

import os
from datetime import timedelta

import pytest

from welcome.buddies.privacy import retention
from welcome.jobs.handlers import HANDLERS
from welcome.jobs.models import Job
from welcome.jobs.running import Context
from welcome.messages import delivery

DAY = timedelta(days=1)


@pytest.fixture
def folder(settings):
    made = settings.instance / delivery.FOLDER
    made.mkdir(parents=True)
    return made


def write(folder, name, at):
    file = folder / name
    file.write_bytes(b"To: nadia@example.org\r\n\r\nHello")
    os.utime(file, (at.timestamp(), at.timestamp()))
    return file


def test_only_letters_before_a_moment_go(folder, now):
    old = write(folder, "000001-known_already.eml", now - DAY)
    new = write(folder, "000002-known_already.eml", now)
    other = write(folder, "notes.txt", now - DAY)
    assert delivery.remove_old_files(folder, now) == 1
    assert [each.exists() for each in (old, new, other)] == [False, True, True]


def test_without_a_folder_there_is_nothing_to_do(tmp_path, now):
    assert delivery.remove_old_files(tmp_path / "none", now) == 0


def test_the_job_that_lets_go_takes_the_files_along(
    session, maker, settings, folder, now, monkeypatch
):
    before = retention.letters_before(session, now.date())
    session.close()
    old = write(folder, "000001-known_already.eml", before - DAY)
    new = write(folder, "000002-known_already.eml", before + DAY)
    monkeypatch.setattr("welcome.jobs.handlers.clock.now", lambda: now)
    monkeypatch.setattr(Context, "beat", lambda _self: None)
    job = Job(kind="retain", args={}, run_at=now, created_at=now)
    HANDLERS["retain"](Context(maker, settings, job, "token"))
    assert [old.exists(), new.exists()] == [False, True]
