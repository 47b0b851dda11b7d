"""Processes that run together end together, whatever happens to one of them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

RUNNER = """
import os, sys
from welcome.cli import together
acts = [lambda command=each: os.execv(command[0], command) for each in eval(sys.argv[1])]
sys.exit(together.run(acts))
"""
SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def start(commands: list[list[str]]) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", RUNNER, repr(commands)])


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(each) for each in listed.stdout.split()]


def is_alive(pid: int) -> bool:
    """Not gone, and not a zombie that only waits to be counted."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for_children(runner: subprocess.Popen, count: int) -> list[int]:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = children_of(runner.pid)
        if len(found) == count:
            return found
        time.sleep(0.1)
    raise AssertionError("the children did not start")


def test_when_one_is_killed_the_other_ends_and_the_code_tells():
    runner = start([SLEEPER, SLEEPER])
    first, second = wait_for_children(runner, 2)
    os.kill(second, signal.SIGKILL)
    assert runner.wait(30) != 0
    assert not is_alive(first)


def test_what_a_killed_process_started_ends_too(tmp_path):
    note = tmp_path / "pid"
    parent = (
        "import subprocess,sys,time;"
        f"p=subprocess.Popen({SLEEPER!r});"
        f"open({str(note)!r},'w').write(str(p.pid)); time.sleep(60)"
    )
    runner = start([[sys.executable, "-c", parent], SLEEPER])
    first, _second = wait_for_children(runner, 2)
    while not (note.exists() and note.read_text()):
        time.sleep(0.1)
    os.kill(first, signal.SIGKILL)
    runner.wait(30)
    assert not is_alive(int(note.read_text()))


def test_told_to_end_all_end_well():
    runner = start([SLEEPER, SLEEPER])
    both = wait_for_children(runner, 2)
    time.sleep(0.5)
    runner.send_signal(signal.SIGTERM)
    assert runner.wait(30) == 0
    assert not any(is_alive(each) for each in both)


SLOW_START = """
import multiprocessing.process as processes, time
start = processes.BaseProcess.start
def slow(self):
    start(self)
    time.sleep(1)
processes.BaseProcess.start = slow
"""


def test_who_is_told_to_end_while_starting_leaves_nobody_behind():
    runner = subprocess.Popen(
        [sys.executable, "-c", SLOW_START + RUNNER, repr([SLEEPER, SLEEPER])]
    )
    [first] = wait_for_children(runner, 1)
    runner.send_signal(signal.SIGTERM)
    assert runner.wait(30) == 0
    assert not is_alive(first)


def test_when_the_one_above_is_killed_nobody_goes_on():
    runner = start([SLEEPER, SLEEPER])
    both = wait_for_children(runner, 2)
    time.sleep(0.5)
    runner.kill()
    runner.wait(30)
    until = time.monotonic() + 10
    while any(map(is_alive, both)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(is_alive, both))
