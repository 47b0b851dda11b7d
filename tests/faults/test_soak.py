"""Everybody is at work for a while; nobody is refused, and no process grows."""

import time

import pytest

from tests.faults import killing, lengths
from tests.faults.installation import Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from tests.faults.townspeople import (
    Drafter,
    Publisher,
    Reader,
    Translator,
    at_work,
)
from tests.faults.weighing import Scales

pytestmark = [pytest.mark.slow, pytest.mark.timeout(lengths.SOAK_SECONDS + 600)]
READERS = 20
TRANSLATORS = ("translator.ur", "reviewer.ur") * 2
# Somebody else was quicker with the same text: no error, and nothing is lost.
EXPECTED = {200, 302, 409}
LOOKS = 30
MOST_GROWTH_MB = 12


def _pause(person: object) -> float:
    return 1 if isinstance(person, Publisher | Drafter) else 0.2


def test_soak(installation: Installation, fault: Fault) -> None:
    dice, memory = lengths.dice("soak"), Memory()
    installation.environment["WELCOME_MACHINE_ENGINE"] = lengths.ENGINE
    installation.serve()
    installation.work()
    port = installation.port
    people = [
        *(Reader(port) for _ in range(READERS)),
        *(Translator(port).sign_in(f"{each}@example.org") for each in TRANSLATORS),
        Publisher(port).sign_in("publisher@example.org"),
        Drafter(port).sign_in("translator.ar@example.org"),
    ]
    court, scales = Court(installation, fault, memory), Scales(installation.instance)
    with at_work(people, fault, memory, dice, pause=_pause):
        until = time.monotonic() + lengths.SOAK_SECONDS
        while time.monotonic() < until:
            killing.wait_until(lambda: False, lengths.SOAK_SECONDS / LOOKS)
            scales.weigh()
            court.look()
    _judge_answers(fault, memory)
    _judge_growth(fault, scales)
    court.rest()
    court.judge_history()


def _judge_answers(fault: Fault, memory: Memory) -> None:
    fault.note(f"answers: {dict(memory.answers)}, cut: {memory.cut}")
    for code, number in memory.answers.items():
        if code not in EXPECTED:
            fault.breaks("other", f"{number} answers were {code}")
    if memory.cut:
        fault.breaks("other", f"{memory.cut} answers never came")
    assert memory.ever_saved, "nobody saved anything"
    assert memory.jobs, "nobody asked for editions"


def _judge_growth(fault: Fault, scales: Scales) -> None:
    found = list(scales.growth())
    for role in ("serve", "worker"):
        assert any(name.startswith(role) for name, *_weights in found), role
    for name, early, late in found:
        fault.note(f"{name}: {early:.0f} MB, then {late:.0f} MB")
        if late > early + MOST_GROWTH_MB:
            fault.breaks("other", f"{name} grew from {early:.0f} to {late:.0f} MB")
