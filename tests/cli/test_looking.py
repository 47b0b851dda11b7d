"""What the doctor finds: each look at something that is well, and that is not."""

import json
from datetime import timedelta

import pytest

from tests.keeping_data import small_disks
from welcome import clock
from welcome.accounts import journal
from welcome.cli import doctor
from welcome.cli.installation import installation
from welcome.cli.looking import keeping, models, working, worries
from welcome.config import Settings
from welcome.jobs import queue
from welcome.jobs.models import JobState
from welcome.messages.models import Message, MessageState
from welcome.partners import agreements
from welcome.partners.models import OrganisationKind
from welcome.since import lines, machines, restorations
from welcome.since.lines import Act, Line
from welcome.since.models import Restoration

GONE = "postgresql://nobody@127.0.0.1:1/gone"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch, now):
    """The clock that the doctor reads; a test may set it wrong."""
    told = [now]
    monkeypatch.setattr(clock, "now", lambda: told[0])
    return told


@pytest.fixture
def find(settings):
    """Look, and find one thing."""

    def act(look, settings=settings):
        [found] = look(settings)
        return found

    return act


@pytest.mark.parametrize("phone", ["", "01632 960001"])
def test_the_council_has_a_number_for_worries(find, settings, maker, now, phone):
    assert list(worries.look_at_worries(settings)) == []
    with maker.begin() as session:
        agreements.add_organisation(
            session, "Council", OrganisationKind.COUNCIL, actor=None, now=now,
            safeguarding_phone=phone,
        )  # fmt: skip
    found = find(worries.look_at_worries)
    assert found.well == bool(phone)
    assert "/change" in found.mend


def test_a_worker_that_never_was_is_missing(find, maker):
    found = find(working.look_at_worker)
    assert (found.well, "heard of ever" in found.sentence) == (False, True)
    assert "welcome worker" in found.mend


def test_a_worker_is_alive_for_a_minute_after_its_last_word(
    find, maker, standing_clock, now
):
    with maker.begin() as session:
        machines.beat(session, "a" * 32, "web1", now=now)
        machines.beat(session, "b" * 32, "web2", now=now - timedelta(hours=1))
    standing_clock[0] = now + timedelta(seconds=59)
    found = find(working.look_at_worker)
    assert (found.well, found.sentence) == (True, "workers alive: web1")
    standing_clock[0] = now + timedelta(seconds=61)
    found = find(working.look_at_worker)
    assert not found.well
    assert f"since {now:%Y-%m-%d %H:%M} UTC" in found.sentence


def test_a_worker_that_is_busy_with_a_long_job_is_alive(find, maker, now):
    with maker.begin() as session:
        job = queue.enqueue(session, "print", now=now)
        job.state, job.lease_until = JobState.RUNNING, now + timedelta(seconds=30)
    assert find(working.look_at_worker).well


def test_a_queue_that_stands_still_is_told(find, maker, standing_clock, now):
    assert find(working.look_at_queue).sentence == "no job waits"
    with maker.begin() as session:
        queue.enqueue(session, "print", now=now)
        queue.enqueue(session, "print", now=now + timedelta(days=9))
    standing_clock[0] = now + timedelta(minutes=5)
    assert find(working.look_at_queue).well
    standing_clock[0] = now + timedelta(minutes=5, seconds=1)
    found = find(working.look_at_queue)
    assert (found.well, "301 s" in found.sentence) == (False, True)
    assert "--processes" in found.mend


@pytest.mark.parametrize(
    ("state", "days", "sentence"),
    [
        (JobState.FAILED, 6, "1 jobs failed in 7 days, 0 wait for what is down"),
        (JobState.FAILED, 8, "0 jobs failed in 7 days, 0 wait for what is down"),
        (JobState.WAITING, 0, "0 jobs failed in 7 days, 1 wait for what is down"),
    ],
)
def test_jobs_that_failed_or_are_put_off_are_told(
    find, maker, now, state, days, sentence
):
    with maker.begin() as session:
        queue.enqueue(session, "print", now=now)
        job = queue.enqueue(session, "print", now=now)
        job.state, job.problem = state, '{"code": "engine_away", "params": {}}'
        job.finished_at = now - timedelta(days=days)
    found = find(working.look_at_jobs)
    assert found.sentence == sentence
    assert found.well is sentence.startswith("0 jobs failed in 7 days, 0")


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.HELD])
def test_letters_that_wait_for_a_person_are_told(find, maker, state, now):
    def letter(**more):
        return Message(
            letter="invitation", tag="en", recipient="ana@example.org", subject="S",
            body="B", written_at=now, send_at=now, **more,
        )  # fmt: skip

    with maker.begin() as session:
        session.add_all([letter(state=MessageState.QUEUED), letter()])
    assert find(working.look_at_letters).well
    with maker.begin() as session:
        session.add(letter(state=state))
    found = find(working.look_at_letters)
    assert (found.well, "1" in found.sentence) == (False, True)
    assert "ana" not in found.sentence


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_clock_that_agrees_names_the_time_zones(find, maker, pack, now):
    found = find(working.look_at_clock)
    assert (found.well, "Europe/London" in found.sentence) == (True, True)


def test_a_clock_behind_what_was_written_is_wrong(find, maker, standing_clock, now):
    with maker.begin() as session:
        journal.write(session, "letter.read", "letter", 1, actor=None, now=now)
    standing_clock[0] = now - timedelta(minutes=3)
    found = find(working.look_at_clock)
    assert (found.well, "timedatectl" in found.mend) == (False, True)


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("apart", "well"), [(0, True), (60, False), (-60, False)])
def test_a_clock_apart_from_the_databases_is_wrong(
    find, engine, standing_clock, apart, well
):
    with engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT clock_timestamp()").scalar()
    standing_clock[0] = told + timedelta(seconds=apart)
    found = find(working.look_at_clock)
    assert found.well is well
    assert ("apart from the database" in found.sentence) is not well


@pytest.fixture
def disk():
    """A small disk."""
    yield from small_disks.mounted(megabytes=16)


def test_a_disk_that_is_nearly_full_is_told(find, disk, monkeypatch):
    monkeypatch.setattr(doctor, "LEAST_FREE_MB", 8)
    settings = Settings(instance=disk.folder)
    for megabytes, well in ((8, True), (7, False)):
        disk.leave(megabytes * 1024**2)
        found = find(doctor.look_at_disk, settings)
        assert (found.well, f"{megabytes} MB free" in found.sentence) == (well, True)
    assert "make room" in found.mend


def test_a_damaged_package_is_named(find, settings, tmp_path):
    found = find(models.look_at_models)
    assert (found.well, found.sentence.endswith("none")) == (True, True)
    harmed = settings.models / "translate-en_ur-1_0"
    harmed.mkdir(parents=True)
    (harmed / "metadata.json").write_text("{")
    well, found = models.look_at_models(settings)
    assert (well.well, found.well) == (True, False)
    assert str(harmed) in found.sentence
    assert "welcome mt install" in found.mend


def test_an_unfinished_restore_is_told(find, settings, maker, now):
    assert list(keeping.look_at_restores(settings)) == []
    with maker.begin() as session:
        session.add(Restoration(taken_at=now, restored_at=now, missing=["x"]))
    found = find(keeping.look_at_restores)
    assert (found.well, found.mend) == (False, "welcome erasures apply")
    assert f"{now:%Y-%m-%d %H:%M} UTC" in found.sentence
    with maker.begin() as session:
        restorations.close_all(session, now)
    assert list(keeping.look_at_restores(settings)) == []


def test_the_file_of_what_happened_since_is_looked_at(find, settings, now):
    assert find(keeping.look_at_since).well
    lines.append(settings.instance, Line(Act.SENT, "message", "f00d", now))
    file = settings.instance / lines.NAME
    assert find(keeping.look_at_since).well
    file.chmod(0o644)
    found = find(keeping.look_at_since)
    assert (found.well, found.mend) == (False, f"chmod 600 {file}")
    file.chmod(0o600)
    with file.open("a") as out:
        out.write("half a li\n")
    assert "1 lines are unreadable" in find(keeping.look_at_since).sentence
    file.write_text("something else\n")
    found = find(keeping.look_at_since)
    assert (found.well, "put a copy" in found.mend) == (False, True)


@pytest.mark.parametrize(
    "look",
    [
        working.look_at_worker,
        working.look_at_queue,
        working.look_at_jobs,
        working.look_at_letters,
        working.look_at_clock,
        keeping.look_at_restores,
    ],
)
def test_without_a_database_others_say_so(tmp_path, look):
    """What is wrong with the database is told once, by itself."""
    assert list(look(Settings(instance=tmp_path, database_url=GONE))) == []


def test_the_command_tells_all_of_it(ready, run, now):
    with installation().sessions.begin() as session:
        session.add(Restoration(taken_at=now, restored_at=now, missing=["x"]))
    code, said, _ = run("doctor", "--json")
    found = {each["subject"]: each for each in json.loads(said)}
    assert code == 1
    assert not found["restore"]["well"]
    assert {"worker", "queue", "clock", "disk", "models", "letters", "since"} <= set(
        found
    )
    assert "        mend: welcome erasures apply" in run("doctor")[1].splitlines()
