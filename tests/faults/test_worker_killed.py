"""The worker is killed while editions are asked for: no job is lost or done twice."""

import random
from itertools import cycle

import pytest
from sqlmodel import col, select

from tests.faults import killing, lengths
from tests.faults.installation import (
    LEASE_SECONDS,
    SECONDS_TO_START,
    Installation,
)
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from tests.faults.townspeople import Publisher, Translator, at_work
from welcome import clock
from welcome.database import reading
from welcome.jobs.models import Job

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]
# After a kill the job that ran is free again when its lease has ended.
SECONDS_TO_TAKE = SECONDS_TO_START + LEASE_SECONDS
VICTIMS = ("a worker's process", "the worker with all below")


def _kill(installation: Installation, victim: str, dice: random.Random) -> None:
    top = installation.running["worker"]
    below = killing.descendants(top.pid)
    if victim == VICTIMS[1]:
        killing.kill_all(top.pid)
        top.wait(30)
        return
    chosen = dice.choice([top.pid, *(each.pid for each in below)])
    killing.kill(chosen)
    if chosen == top.pid:
        top.wait(30)
        left = killing.who_stays(below)
        assert not left, f"left behind: {left}"


def _is_at_work(installation: Installation) -> bool:
    """Wait until the worker takes a job: most of its time it only looks for some."""
    since = clock.now()

    def is_taken() -> bool:
        with reading(), installation.sessions() as session:
            taken = select(Job.id).where(col(Job.started_at) > since).limit(1)
            return session.exec(taken).first() is not None

    return killing.wait_until(is_taken, SECONDS_TO_TAKE)


@pytest.mark.parametrize(
    "installation", ["files", lengths.POSTGRESQL, lengths.REDIS], indirect=True
)
def test_worker(installation: Installation, fault: Fault) -> None:
    dice, memory, victims = lengths.dice("worker"), Memory(), cycle(VICTIMS)
    installation.serve()
    installation.work()
    # What is translated meanwhile is news to publish.
    people = [
        Translator(installation.port).sign_in("translator.ur@example.org"),
        Publisher(installation.port).sign_in("publisher@example.org"),
    ]
    court = Court(installation, fault, memory)

    def pause(person: object) -> float:
        return dice.uniform(0.3, 1) if isinstance(person, Publisher) else 0.2

    with at_work(people, fault, memory, dice, pause=pause):
        for _ in range(lengths.kills(share=0.16 * installation.part, short=2)):
            if not _is_at_work(installation):
                fault.breaks("lost jobs", "nobody takes a job any more")
                break
            killing.wait_until(lambda: False, dice.uniform(0, 2))
            _kill(installation, next(victims), dice)
            fault.kills += 1
            installation.revive()
            court.look()
    court.rest()
    court.judge_history()
