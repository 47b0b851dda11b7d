"""The web server is killed while people read, save, hand in and publish."""

import pytest

from tests.faults import killing, lengths
from tests.faults.installation import Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from tests.faults.townspeople import (
    Publisher,
    Reader,
    Translator,
    at_work,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]
VICTIMS = ("a server's process", "the server", "whatever serves")


def _kill(installation: Installation, victim: str) -> None:
    top = installation.running["web"]
    [master] = killing.children(top.pid)
    processes = killing.children(master.pid)
    below = killing.descendants(top.pid)
    if victim == VICTIMS[0]:
        killing.kill(processes[0])
    elif victim == VICTIMS[1]:
        killing.kill(master)
        top.wait(30)
    else:
        killing.kill(top.pid)
        top.wait(30)
    if victim != VICTIMS[0]:
        left = killing.who_stays(below)
        assert not left, f"left behind: {left}"


@pytest.mark.parametrize(
    ("installation", "victim"),
    [
        *(("files", each) for each in VICTIMS),
        pytest.param("postgresql", VICTIMS[1], marks=pytest.mark.postgresql),
    ],
    indirect=["installation"],
)
def test_web(installation: Installation, fault: Fault, victim: str) -> None:
    dice, memory = lengths.dice(victim), Memory()
    installation.serve()
    installation.work()
    port = installation.port
    people = [
        Reader(port),
        Translator(port).sign_in("translator.ur@example.org"),
        Translator(port).sign_in("reviewer.ur@example.org"),
        Publisher(port).sign_in("publisher@example.org"),
    ]
    court = Court(installation, fault, memory)

    def pause(person: object) -> float:
        return dice.uniform(1, 3) if isinstance(person, Publisher) else 0.05

    with at_work(people, fault, memory, dice, pause=pause):
        for _ in range(lengths.kills(share=0.08 * installation.part, short=2)):
            killing.wait_until(lambda: False, dice.uniform(0.3, 2.5))
            _kill(installation, victim)
            fault.kills += 1
            installation.revive()
            court.look()
    assert memory.ever_saved, "nobody saved anything"
    court.rest()
    court.judge_history()
