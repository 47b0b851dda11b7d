"""A worker looks for work often: it writes only where something is missing."""

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select

from welcome import clock
from welcome.editions import leftovers
from welcome.editions.models import Edition, EditionState
from welcome.editions.print import pdf
from welcome.jobs import queue
from welcome.jobs.models import Job, JobState
from welcome.jobs.worker import Worker
from welcome.messages import outbox

LETTER = {
    "name": "Sam",
    "place": "Town",
    "date": "4 May",
    "link": "https://x.example/i",
}


@pytest.fixture
def worker(settings, maker):
    return Worker(settings, maker)


@pytest.fixture
def begun(engine):
    """How each transaction began, on SQLite."""
    seen = []

    def note(_connection, _cursor, statement, *_more):
        if statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return seen


def _write_letter(maker):
    with maker.begin() as session:
        outbox.write(
            session, "invitation", to="sam@example.org", tag="en", now=clock.now(),
            **LETTER,
        )  # fmt: skip


def test_a_letter_gets_one_job_however_often_it_looks(worker, maker):
    _write_letter(maker)
    [first] = worker.look()
    assert worker.look() == [first]
    with maker() as session:
        assert session.exec(select(Job.kind)).all() == ["deliver"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_look_that_finds_nothing_new_only_reads(worker, maker, begun):
    _write_letter(maker)
    worker.look()
    begun.clear()
    worker.look()
    assert set(begun) == {"BEGIN DEFERRED"}


def test_what_failed_for_good_waits_for_a_person(worker, maker):
    _write_letter(maker)
    [job_id] = worker.look()
    with maker.begin() as session:
        session.get_one(Job, job_id).state = JobState.FAILED
    assert worker.look() == []


def test_what_dead_runs_left_is_failed(worker, maker, pack):
    past = clock.now() - timedelta(hours=1)
    with maker.begin() as session:
        edition = Edition(
            pack_id=pack.id, tag="en", number=1, fingerprint="x", published_at=past
        )
        job = Job(
            kind="print", state=JobState.RUNNING, attempts=5, lease_until=past,
            run_at=past, created_at=past,
        )  # fmt: skip
        session.add_all([edition, job])
    assert worker.look() == []
    with maker() as session:
        assert session.exec(select(Edition.state)).one() is EditionState.FAILED
        assert session.exec(select(Job.state)).one() is JobState.FAILED


def test_a_first_look_removes_what_a_killed_run_left(worker, settings, monkeypatch):
    scratch = settings.instance / "tmp"
    scratch.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with leftovers.held_folder(scratch, pdf.SCRATCH) as held:
        left = scratch / f"{held.name}-too"
        left.mkdir()
        worker.look()
        assert list(scratch.iterdir()) == [held]


def test_a_worker_works_on_where_nothing_can_be_noted(settings, maker, now, caplog):
    settings.instance.mkdir()
    (settings.instance / "since.jsonl").mkdir()
    with maker.begin() as session:
        job_id = queue.enqueue(session, "note", now=now).id
    assert Worker(settings, maker).look() == [job_id]
    assert "no sign of life" in caplog.text
