"""Finding the processes of an installation, and killing them."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import psutil

# How soon whoever was left behind must be gone.
SECONDS_TO_GO = 8


def descendants(pid: int) -> list[psutil.Process]:
    """List what a process started, and what that started, the nearest first."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def children(pid: int) -> list[psutil.Process]:
    """List what a process started itself."""
    try:
        return psutil.Process(pid).children()
    except psutil.NoSuchProcess:
        return []


def kill(process: psutil.Process | int) -> bool:
    """Kill a process as a crash or the kernel would; tell whether it was there."""
    pid = process if isinstance(process, int) else process.pid
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def kill_all(pid: int) -> None:
    """Kill a process and all below it at once, as a power cut would."""
    everyone = [*descendants(pid), psutil.Process(pid)]
    for process in everyone:
        with suppress(psutil.NoSuchProcess):
            process.suspend()
    for process in everyone:
        kill(process)


def who_stays(processes: Iterable[psutil.Process]) -> list[str]:
    """Wait until all are gone; name those who are not."""
    left = list(processes)
    wait_until(lambda: not any(map(is_alive, left)), SECONDS_TO_GO)
    return [" ".join(_words(each)) for each in left if is_alive(each)]


def who_works_on(instance: Path) -> list[psutil.Process]:
    """List all that were started for an instance, also those whose parents are gone."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("WELCOME_INSTANCE") == str(instance):
                found.append(process)
    return found


def is_alive(process: psutil.Process) -> bool:
    """Tell whether it runs: not gone, and not waiting to be counted."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(
    happened: Callable[[], object], seconds: float, *, step: float = 0.05
) -> bool:
    """Look often until something happens; tell whether it did in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(step)
    return bool(happened())


def wait_while_moving(left: Callable[[], list[str]], seconds: float) -> list[str]:
    """Look until nothing is left; give what is, once nothing moved for so long."""
    found, until = left(), time.monotonic() + seconds
    while found and time.monotonic() < until:
        time.sleep(0.3)
        before, found = found, left()
        if found != before:
            until = time.monotonic() + seconds
    return found


def _words(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return process.cmdline()[-4:]
    return [str(process.pid)]
