"""An engine in a process of its own: it ends with the work, and with whoever asked."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from welcome.config import Settings
from welcome.translation.errors import NoSuchEngine
from welcome.translation.machine import working
from welcome.translation.machine.apart import EngineBroke, draft_apart
from welcome.translation.machine.drafts import Task
from welcome.translation.machine.engines import get_engine

TEXTS = [f"Text number {number} in **bold**." for number in range(100)]


@pytest.fixture
def there(tmp_path: Path) -> Settings:
    return Settings(instance=tmp_path)


def children() -> set[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        int(line.split()[0])
        for line in listed.stdout.splitlines()
        if working.__name__ in line
    }


def is_alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for_end(pid: int) -> bool:
    until = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_alive(pid)


def test_what_a_process_drafts_is_what_is_drafted_here(there: Settings) -> None:
    task = Task([*TEXTS, *TEXTS, *TEXTS[:50]], "en", "ar", ["NHS"], "GB")
    here = list(working.work(get_engine("pseudo", there), task))
    assert list(draft_apart(there, "pseudo", task)) == here
    assert [len(chunk) for chunk in here] == [100, 100, 50]
    assert children() == set()


def test_what_an_engine_refuses_is_refused_here(there: Settings) -> None:
    with pytest.raises(NoSuchEngine) as refused:
        list(draft_apart(there, "babelfish", Task(TEXTS, "en", "ar")))
    assert refused.value.params == {"name": "babelfish"}


def test_an_engine_whose_process_is_killed_may_be_tried_again(there: Settings) -> None:
    chunks = draft_apart(there, "pseudo", Task(TEXTS * 300, "en", "ar"))
    next(chunks)
    (pid,) = children()
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(EngineBroke, match="-9"):
        list(chunks)


def test_whoever_has_enough_ends_the_process(there: Settings) -> None:
    chunks = draft_apart(there, "pseudo", Task(TEXTS * 300, "en", "ar"))
    next(chunks)
    (pid,) = children()
    chunks.close()
    assert not is_alive(pid)


def test_a_process_ends_when_whoever_asked_was_killed(tmp_path: Path) -> None:
    asking = f"""
from pathlib import Path
from welcome.config import Settings
from welcome.translation.machine.apart import draft_apart
from welcome.translation.machine.drafts import Task
import subprocess, os, time
chunks = draft_apart(Settings(instance=Path({str(tmp_path)!r})), "pseudo",
                     Task(["A text."] * 5000, "en", "ar"))
next(chunks)
print(subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())],
                     capture_output=True, text=True).stdout, flush=True)
time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", asking], stdout=subprocess.PIPE, text=True
    ) as parent:
        line = next(line for line in parent.stdout or () if working.__name__ in line)
        pid = int(line.split()[0])
        assert is_alive(pid)
        parent.kill()
    assert wait_for_end(pid)
