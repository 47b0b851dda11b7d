"""Commands that run to their end, or are killed on the way."""

import random
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.faults import killing
from tests.faults.installation import SECONDS_TO_START, Installation

# A kill may also come a little too late, as those of others do.
LATEST = 1.1


@dataclass(frozen=True)
class Length:
    """How many seconds a command takes, and after how many its work begins."""

    start: float
    whole: float

    def moment(self, dice: random.Random) -> float:
        """Draw when to kill it: half of the times surely not before its work begins."""
        return dice.uniform(dice.choice((0, self.start)), self.whole * LATEST)


def measure(installation: Installation, words: Sequence[str]) -> Length:
    """Run a command to its end, and find out how long it takes."""
    start = run(installation, (*words, "--help"))
    return Length(start, run(installation, words))


def run(installation: Installation, words: Sequence[str]) -> float:
    """Run a command to its end; tell how many seconds it took."""
    began = time.monotonic()
    done = installation.command(*words)
    assert done.returncode == 0, done.stdout + done.stderr
    return time.monotonic() - began


def run_and_kill(
    installation: Installation, words: Sequence[str], *, after: float,
    once: Callable[[], bool] = lambda: True,
) -> bool:  # fmt: skip
    """Kill a command some seconds after something happens; tell whether it still ran."""
    process = installation.start(*words)
    killing.wait_until(
        lambda: once() or process.poll() is not None, SECONDS_TO_START, step=0.01
    )
    try:
        code = process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        # It may have ended just before.
        code = process.wait(5)
    assert code in {0, -9}, installation.last_words()
    return code != 0
