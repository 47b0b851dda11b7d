"""Somebody holds SQLite's write lock for longer than anybody waits for it."""

import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from tests.faults import lengths
from tests.faults.clients import Answer
from tests.faults.installation import TAGS, Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from tests.faults.townspeople import (
    IN_PART,
    Publisher,
    Reader,
    Translator,
    at_work,
    revision_of,
    unit_forms,
    unit_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
# As long as the product waits for the lock, and a busy machine takes to say so.
SECONDS_TO_GIVE_UP = 35
# What nobody has to wait for comes sooner than the lock is given up.
SECONDS_TO_READ = 8
TEXT = "متن جو کھونا نہیں چاہیے"
PUBLISH = ("publish", "town", "--locales", TAGS)


@contextmanager
def _held(installation: Installation) -> Iterator[None]:
    """Hold the lock, as a copying tool or a person at the prompt would."""
    file = installation.instance / "welcome.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout=10000")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")


@pytest.mark.parametrize("number", range(lengths.kills(share=0.01, short=1)))
def test_locked(installation: Installation, fault: Fault, number: int) -> None:
    dice, memory = lengths.dice(f"locked {number}"), Memory()
    installation.serve()
    installation.work()
    port = installation.port
    translator = Translator(port).sign_in("translator.ur@example.org")
    other = Translator(port).sign_in("reviewer.ur@example.org")
    publisher = Publisher(port).sign_in("publisher@example.org")
    forms = unit_forms(translator.open("doctor"))
    others = unit_forms(other.open("doctor"))
    court = Court(installation, fault, memory)
    with ThreadPoolExecutor() as pool, at_work([Reader(port)], fault, memory, dice):
        with _held(installation):
            fault.note("held, and let go")
            asked = [
                pool.submit(translator.send, forms[0], TEXT),
                pool.submit(other.send, others[1], TEXT, **IN_PART),
            ]
            command = pool.submit(installation.command, *PUBLISH)
            _goes_on(publisher, memory, asked)
            whole, part = (each.result(SECONDS_TO_GIVE_UP) for each in asked)
            done = command.result(SECONDS_TO_GIVE_UP)
        _keeps_what_was_typed(whole, part)
        _says_why(done)
        for person, form in ((translator, forms[0]), (other, others[1])):
            answer = person.send(form, TEXT)
            assert answer.code == 302, answer.text
            memory.told_saved(unit_of(form), TEXT, revision_of(form))
        publisher.act(fault, memory, dice)
    assert memory.jobs, "nothing could be asked for"
    court.rest(later=lengths.IS_LONG)
    court.judge_history()


def _goes_on(staff: Publisher, memory: Memory, asked: Sequence[Future[Answer]]) -> None:
    """See that those who only read wait for nobody, while others wait for the lock."""
    looks, read = 0, memory.answers.total()
    while not any(each.done() for each in asked):
        begun = time.monotonic()
        answer = staff.get("/-/writing/town/publishing/")
        assert answer.code == 200, answer.text
        assert time.monotonic() - begun < SECONDS_TO_READ, "a page waited for the lock"
        looks += 1
    assert looks > 1, "nobody waited for the lock"
    assert memory.answers.total() > read + 1, "readers waited for the lock"


def _keeps_what_was_typed(whole: Answer, part: Answer) -> None:
    assert (whole.code, part.code) == (503, 503)
    assert TEXT in whole.text, whole.text
    assert "try again in a minute" in whole.text
    assert "What you typed is still in its box." in part.text


def _says_why(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1, done.stdout
    first, second = done.stderr.splitlines()
    assert first.endswith("database is locked")
    assert "welcome doctor" in second
