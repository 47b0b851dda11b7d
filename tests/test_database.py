"""The floor: moments keep their zone, choices are guarded, no update is lost."""

import multiprocessing
import time
from contextvars import Context
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlmodel import col, select

from welcome.accounts.models import Account
from welcome.database import begin_mode, connect, reading, sessions
from welcome.jobs.models import Job

PROCESSES, TIMES = 4, 25


def test_a_moment_comes_back_in_utc(session, cast):
    far = timezone(timedelta(hours=5))
    cast.writer.locked_until = datetime(2026, 3, 2, 12, 0, tzinfo=far)
    session.commit()
    session.expire_all()
    assert cast.writer.locked_until == datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    assert cast.writer.locked_until.utcoffset() == timedelta(0)


def test_a_naive_moment_is_refused(session, cast):
    cast.writer.locked_until = datetime(2026, 3, 2, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(StatementError):
        session.commit()


def test_a_state_that_is_none_is_refused_by_the_database(session, now):
    job = sa.insert(Job).values(
        kind="x", args={}, run_at=now, created_at=now, max_attempts=1, attempts=0,
        done_steps=0, problem="",
    )  # fmt: skip
    with pytest.raises((IntegrityError, StatementError)):
        session.connection().execute(job.values(state=sa.literal_column("'nonsense'")))


def count_up(url: str) -> None:
    engine = connect(url)
    maker = sessions(engine)
    for _ in range(TIMES):
        with maker.begin() as session:
            wanted = select(Account).where(col(Account.email) == "writer@example.org")
            account = session.exec(wanted.with_for_update()).one()
            account.failed_sign_ins += 1
            session.add(account)
    engine.dispose()


def test_no_update_is_lost_between_processes(database_url, session, cast):
    start = multiprocessing.get_context("spawn").Process
    running = [start(target=count_up, args=(database_url,)) for _ in range(PROCESSES)]
    for each in running:
        each.start()
    for each in running:
        each.join(120)
    session.rollback()
    session.expire_all()
    assert [each.exitcode for each in running] == [0] * PROCESSES
    assert cast.writer.failed_sign_ins == PROCESSES * TIMES


def test_readers_do_not_wait_for_a_writer(sqlite_database):
    engine = connect(sqlite_database)
    maker = sessions(engine)
    with maker() as writing:
        writing.connection().exec_driver_sql("UPDATE account SET name = 'x'")
        began = time.monotonic()
        with reading(), maker() as session:
            assert session.exec(select(Account)).all() == []
        assert time.monotonic() - began < 2
    engine.dispose()


def test_what_reads_cannot_hold_the_lock():
    def read():
        with reading():
            inside = begin_mode.get()
        return inside, begin_mode.get()

    # Apart from whatever ran in this process before.
    assert Context().run(read) == ("DEFERRED", "IMMEDIATE")


def test_a_database_that_is_not_there_says_so(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'no' / 'folder' / 'here.sqlite'}")
    with pytest.raises(OperationalError):
        engine.connect()
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_one_driver_however_it_is_spelled(scheme):
    engine = connect(f"{scheme}://keeper:secret@127.0.0.1:1/welcome")
    assert engine.url.drivername == "postgresql+psycopg"
    assert (engine.url.username, engine.url.database) == ("keeper", "welcome")
