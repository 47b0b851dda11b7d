"""Requests wake a worker once they are committed; a dead queue neither stops nor slows them."""

import time
from dataclasses import replace
from functools import partial

import pytest
from sqlmodel import select

from welcome import clock
from welcome.app import create_app
from welcome.jobs import carrying, queue, running, waking
from welcome.jobs.models import Job
from welcome.jobs.waking import Bell

# Nobody listens there.
AWAY = {
    "redis": "redis://127.0.0.1:1/0",
    "postgresql": "postgresql://127.0.0.1:1/queue",
}


def enqueue(maker):
    with maker.begin() as session:
        return queue.enqueue(session, "note", now=clock.now()).id


def carried(url, instance):
    """Take what the queue holds, as a worker would."""
    taken = []
    opened = carrying.carrier(url, instance)
    carrying.waker(opened, taken.append)
    while task := opened.dequeue():
        opened.execute(task)
    opened.storage.close()
    return taken


def _bell(url, instance):
    return Bell(partial(carrying.caller, url, instance))


def test_workers_are_called_only_after_the_commit(maker):
    called = []
    waking.call_after_commit(maker, called.append)
    with maker() as session:
        job_id = queue.enqueue(session, "note", now=clock.now()).id
        assert called == []
        session.commit()
        session.commit()
    assert called == [[job_id]]


def test_nobody_is_called_for_what_was_rolled_back(maker):
    called = []
    waking.call_after_commit(maker, called.append)
    with maker() as session:
        queue.enqueue(session, "note", now=clock.now())
        session.rollback()
        session.commit()
    assert called == []


def test_several_applications_on_one_maker_call_once(maker):
    first, last = [], []
    waking.call_after_commit(maker, first.append)
    waking.call_after_commit(maker, last.append)
    job_id = enqueue(maker)
    assert (first, last) == ([], [[job_id]])


def test_a_queue_in_a_file_carries_the_call(tmp_path):
    _bell("", tmp_path).ring([7, 8]).join(10)
    assert carried("", tmp_path) == [7, 8]


@pytest.mark.postgresql
def test_a_queue_in_postgresql_carries_the_call(postgresql_database, tmp_path):
    url = postgresql_database.replace("postgresql+psycopg://", "postgresql://")
    opened = carrying.carrier(url, tmp_path)
    Bell(partial(carrying.waker, opened, print)).ring([7]).join(10)
    opened.storage.close()
    assert carried(url, tmp_path) == [7]


@pytest.mark.parametrize("url", AWAY.values(), ids=AWAY)
def test_a_queue_that_is_down_is_given_up_soon(tmp_path, url, caplog):
    thread = _bell(url, tmp_path).ring([7])
    thread.join(10)
    assert not thread.is_alive()
    assert "no worker could be woken" in caplog.text


def test_whoever_rings_does_not_wait():
    began = time.monotonic()
    Bell(lambda: time.sleep).ring([2])
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("url", ["", AWAY["redis"]], ids=["file", "dead"])
def test_asking_to_publish_rings_the_bell(
    settings, maker, cast, pack, url, monkeypatch
):
    threads = []
    real = Bell.ring
    monkeypatch.setattr(Bell, "ring", lambda *args: threads.append(real(*args)))
    app = create_app(replace(settings, queue_url=url), maker)
    app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(
            _user_id=cast.publisher.fs_uniquifier, _fresh=True, fs_cc="set", fs_gexp=0
        )
    answer = client.post("/-/writing/town/publishing/", data={"tags": ["en"]})
    assert answer.status_code == 302
    [thread] = threads
    thread.join(10)
    with maker() as session:
        [job] = session.exec(select(Job))
        assert running.list_due(session, clock.now()) == [job.id]
    if not url:
        assert carried("", settings.instance) == [job.id]


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_end_of_a_savepoint_is_not_yet_the_end(maker, is_kept):
    called = []
    waking.call_after_commit(maker, called.append)
    with maker() as session:
        job_id = queue.enqueue(session, "note", now=clock.now()).id
        inner = session.begin_nested()
        session.flush()
        inner.commit() if is_kept else inner.rollback()
        assert called == []
        session.commit()
    assert called == [[job_id]]
