"""The machine's clock runs ahead, is set back, and falls behind."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.faults import clocks, killing, lengths
from tests.faults.installation import Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from tests.faults.townspeople import (
    Publisher,
    Translator,
    revision_of,
    unit_forms,
    unit_of,
)
from welcome import clock
from welcome.database import reading
from welcome.jobs import queue
from welcome.jobs.models import Job, JobState

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
AHEAD, BEHIND = "+2d", "-1h"
SECONDS_TO_COME = 60
TRANSLATOR = "translator.ur@example.org"


def test_clock(installation: Installation, fault: Fault) -> None:
    dice, memory = lengths.dice("clock"), Memory()
    court = Court(installation, fault, memory)
    with clocks.set_to(installation, AHEAD):
        installation.serve()
        early = Translator(installation.port).sign_in(TRANSLATOR)
        _save(early, memory, "پہلا متن")
        publisher = Publisher(installation.port).sign_in("publisher@example.org")
        publisher.act(fault, memory, dice)
        installation.stop("web")
    memory.jobs.append(_leave_leased(installation))
    assert "behind what was written last" in _told_of_clock(installation)
    installation.serve()
    installation.work()
    _wait_for(installation, lambda: _are_done(installation, memory))
    # Who came in by the wrong clock is asked to come in again, and is let in.
    assert early.open("doctor").code in {200, 302}
    _save(Translator(installation.port).sign_in(TRANSLATOR), memory, "دوسرا متن")
    installation.stop("worker")
    installation.stop("web")
    with clocks.set_to(installation, BEHIND):
        installation.serve()
        installation.work()
        late = Publisher(installation.port).sign_in("publisher@example.org")
        late.act(fault, memory, dice)
        _wait_for(installation, lambda: _are_done(installation, memory))
        installation.stop("worker")
        installation.stop("web")
    fault.note(f"set to {AHEAD}, back, and to {BEHIND}")
    court.rest(later=lengths.IS_LONG)
    court.judge_history()


def _save(translator: Translator, memory: Memory, text: str) -> None:
    [form, *_] = unit_forms(translator.open("doctor"))
    saved = translator.send(form, text)
    assert saved.code == 302, saved.text
    memory.told_saved(unit_of(form), text, revision_of(form))


def _leave_leased(installation: Installation) -> int:
    """Leave a job as a worker leaves it that dies while its clock is ahead."""
    then = clock.now() + timedelta(days=2)
    asked = {"pack": "town", "tags": ["en"]}
    with installation.sessions.begin() as session:
        job = queue.enqueue(session, "publish", now=then, **asked)
        job.state, job.attempts = JobState.RUNNING, 1
        job.lease_token, job.lease_until = "gone", then
        return job.id


def _told_of_clock(installation: Installation) -> str:
    told = json.loads(installation.command("doctor", "--json").stdout)
    [found] = [each for each in told if each["subject"] == "clock"]
    return f"{found['sentence']}"


def _are_done(installation: Installation, memory: Memory) -> bool:
    with reading(), installation.sessions() as session:
        states = {session.get_one(Job, each).state for each in memory.jobs}
        return states == {JobState.DONE}


def _wait_for(installation: Installation, happened: Callable[[], object]) -> None:
    met = killing.wait_until(happened, SECONDS_TO_COME, step=0.2)
    assert met, installation.last_words()
