"""Processes that live and die together: when one ends, or we are told to, all end."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.process import BaseProcess

from welcome.jobs import orphans

ENDINGS = (signal.SIGTERM, signal.SIGINT)
SECONDS_TO_END = 15
SECONDS_BETWEEN_LOOKS = 0.5


def run(acts: Sequence[Callable[[], None]]) -> int:
    """Run acts side by side, each in a process of its own, until one ends.

    Gives that one's exit code. Each is forked, so that what is imported here need not
    be imported again: the caller has let go of connections. Each is a group of its
    own, so that what it started ends with it, even where it was killed itself; and
    each is told to end where the caller was killed, which could not tell it any more.
    """
    fork = multiprocessing.get_context("fork")
    running: list[BaseProcess] = [
        fork.Process(target=_apart, args=(act, os.getpid())) for act in acts
    ]
    told = []

    def tell(number: int, _frame: object) -> None:
        told.append(number)

    # Before anything is started: who tells us to end must not leave others behind.
    for each in ENDINGS:
        signal.signal(each, tell)
    for process in running:
        process.start()
    while not told and all(process.exitcode is None for process in running):
        time.sleep(SECONDS_BETWEEN_LOOKS)
    ended = [code for process in running if (code := process.exitcode) is not None]
    for process in running:
        _send(process, signal.SIGTERM)
    _wait(running)
    for process in running:
        _send(process, signal.SIGKILL)
    return 0 if told else ended[0]


def _apart(act: Callable[[], None], parent: int) -> None:
    for each in ENDINGS:
        signal.signal(each, signal.SIG_DFL)
    os.setsid()
    orphans.end_with(parent, signal.SIGTERM)
    act()


def _wait(running: Sequence[BaseProcess]) -> None:
    until = time.monotonic() + SECONDS_TO_END
    for process in running:
        process.join(max(0.1, until - time.monotonic()))


def _send(process: BaseProcess, number: signal.Signals) -> None:
    """Signal a process and all it started; those that are gone do not mind."""
    if process.pid is None:
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
