"""The disk runs full while people read, save and publish, and is freed again."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import disks, killing, lengths, town
from tests.faults.disks import Disk
from tests.faults.installation import TAGS, Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from tests.faults.townspeople import Publisher, Reader, Translator, at_work

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]
SECONDS_TO_MEET = 40
PUBLISH = ("publish", "town", "--locales", TAGS)


@pytest.fixture
def disk(installation: Installation) -> Iterator[Disk]:
    """The small disk that the installation lies on."""
    with disks.small(installation) as laid:
        yield laid


@pytest.mark.parametrize("day", range(2, 2 + lengths.kills(share=0.01, short=1)))
def test_full_disk(
    installation: Installation, disk: Disk, fault: Fault, day: int
) -> None:
    dice, memory = lengths.dice(f"full disk {day}"), Memory()
    installation.serve()
    installation.work()
    reader = Reader(installation.port)
    translator = Translator(installation.port).sign_in("translator.ur@example.org")
    publisher = Publisher(installation.port).sign_in("publisher@example.org")
    court = Court(installation, fault, memory)
    changed = ("content", "import", _written(installation.folder, day))
    with at_work([reader, translator], fault, memory, dice):
        disk.fill()
        _wait_for(installation, lambda: memory.answers[503] > 2)
        _refuses(installation, *changed)
        if lengths.IS_LONG:
            _refuses_to_write(installation)
            _tells_of_it(installation)
        disk.free()
        saved = len(memory.ever_saved)
        _wait_for(installation, lambda: len(memory.ever_saved) > saved)
        court.look()
    _must(installation.command(*changed))
    with at_work([reader], fault, memory, dice):
        disk.fill(rows_fit=True)
        publisher.act(fault, memory, dice)
        assert memory.jobs, "rows did not fit"
        _refuses(installation, *PUBLISH)
        court.look()
        disk.free()
        # What was asked for meanwhile is done now, or has failed and said why.
        court.rest(later=lengths.IS_LONG)
        _must(installation.command(*PUBLISH))
    _wait_for(
        installation, lambda: f"day {day}" in publisher.get("/en/section-10/").text
    )
    court.look()
    court.judge_history()
    fault.note("filled up twice, and freed")


def _refuses(installation: Installation, *command: str) -> None:
    """See that a command gives up, and says why in a few sentences."""
    done = installation.command(*command)
    told = f"{command}: {done.returncode} {done.stdout} {done.stderr}"
    assert done.returncode == 1, told
    assert "Traceback" not in done.stderr, told
    # One for each language, at most.
    assert 0 < len(done.stderr.strip().splitlines()) <= 3, told
    assert any(word in done.stderr for word in ("disk", "No space left")), told


def _refuses_to_write(installation: Installation) -> None:
    """See the same of commands that write files."""
    inside = str(installation.instance / "inside")
    commands = [
        ("content", "export", "town", inside),
        ("site", "export", inside),
        ("backup", f"{inside}.zip"),
    ]
    for command in commands:
        _refuses(installation, *command)


def _tells_of_it(installation: Installation) -> None:
    told = installation.command("doctor", "--json").stdout
    [found] = [each for each in json.loads(told) if each["subject"] == "disk"]
    assert found["sentence"].startswith("0 MB free"), told


def _wait_for(installation: Installation, happened: Callable[[], object]) -> None:
    met = killing.wait_until(happened, SECONDS_TO_MEET)
    assert met, installation.last_words()


def _written(folder: Path, day: int) -> str:
    """Write the pack as somebody would bring it that day."""
    return str(town.write(folder / "brought" / "town", edition=f"day {day}"))


def _must(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
