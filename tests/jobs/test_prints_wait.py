"""A print waits for room, and until other machines could find it; publishing says so."""

import errno
import os
from dataclasses import replace

import pytest
from sqlmodel import select

from welcome import clock
from welcome.editions import problems, publish
from welcome.editions.models import Edition
from welcome.editions.print import pdf
from welcome.jobs import queue, running
from welcome.jobs.handlers import HANDLERS
from welcome.jobs.models import Job, JobState


@pytest.fixture
def run(session, maker):
    """Have a worker run a job, and give how that stands then."""

    def act(settings, kind, **args):
        job = queue.enqueue(session, kind, now=clock.now(), **args)
        session.commit()
        assert running.run(maker, settings, HANDLERS, job.id)
        with maker() as after:
            return after.get_one(Job, job.id)

    return act


def test_while_the_store_is_down(
    session, maker, pack, shared, object_store, run, now, monkeypatch
):
    order = publish.Order("town", ["en"])
    session.commit()
    publish.publish(maker, order, settings=shared, now=now)
    edition_id = session.exec(select(Edition.id)).one()
    session.commit()
    worked = []
    monkeypatch.setattr(pdf, "print_book", lambda *_, **__: worked.append(1))
    object_store.stop()
    try:
        waiting = run(shared, "print", edition_id=edition_id)
        failed = run(shared, "publish", pack="town", tags=["ur"])
    finally:
        object_store.start()
    # The work itself is not begun in vain.
    assert (waiting.state, worked) == (JobState.WAITING, [])
    assert failed.state is JobState.FAILED
    assert problems.find(failed.problem).code == "store_unreachable"


def test_while_the_shared_folder_is_not_mounted(pack, settings, run, tmp_path):
    away = replace(settings, editions_folder=str(tmp_path / "mounted"))
    assert run(away, "print", edition_id=1).state is JobState.WAITING


@pytest.mark.parametrize(
    ("number", "state"),
    # The first try of several has failed, or it is none.
    [(errno.ENOSPC, (JobState.WAITING, 0)), (errno.EACCES, (JobState.WAITING, 1))],
)
def test_while_the_disk_is_full(pack, settings, run, monkeypatch, number, state):
    def refuse(*_args, **_more):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(pdf, "make", refuse)
    waiting = run(settings, "print", edition_id=1)
    assert (waiting.state, waiting.attempts) == state
