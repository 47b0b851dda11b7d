"""Processes that live and die together: when one ends, or we are told to, all end."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress

SECONDS_TO_END = 15
SECONDS_BETWEEN_LOOKS = 0.5


def run(commands: Sequence[Sequence[str]]) -> int:
    """Run commands side by side until one ends; give its exit code.

    Each is a group of its own, so that what it started ends with it, even where it
    was killed itself.
    """
    running = [subprocess.Popen(each, start_new_session=True) for each in commands]
    told = []

    def tell(number: int, _frame: object) -> None:
        told.append(number)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, tell)
    while not told and all(process.poll() is None for process in running):
        time.sleep(SECONDS_BETWEEN_LOOKS)
    ended = [code for process in running if (code := process.poll()) is not None]
    for process in running:
        _send(process, signal.SIGTERM)
    _wait(running)
    for process in running:
        _send(process, signal.SIGKILL)
    return 0 if told else ended[0]


def _wait(running: Sequence[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + SECONDS_TO_END
    for process in running:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, until - time.monotonic()))


def _send(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a process and all it started; those that are gone do not mind."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
