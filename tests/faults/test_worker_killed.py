"""The worker is killed while editions are asked for: no job is lost or done twice."""

import random
from itertools import cycle

import pytest

from tests.faults import killing, lengths
from tests.faults.installation import Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from tests.faults.townspeople import Publisher, Translator, at_work

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]
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
        assert killing.wait_until(lambda: memory.jobs, 30), "nobody asked for editions"
        for _ in range(lengths.kills(share=0.16 * installation.part, short=2)):
            killing.wait_until(lambda: False, dice.uniform(0.3, 4))
            _kill(installation, next(victims), dice)
            fault.kills += 1
            installation.revive()
            court.look()
    court.rest()
    court.judge_history()
