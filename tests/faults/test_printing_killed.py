"""Whoever prints is killed: no part of a print is ever given out, and it comes in the end."""

import hashlib
import random
from contextlib import suppress
from dataclasses import dataclass

import psutil
import pytest
from sqlmodel import select

from tests.faults import killing, lengths, town
from tests.faults.installation import TAGS, Installation
from tests.faults.laws import Court, leftovers
from tests.faults.memory import Memory
from tests.faults.report import Fault
from welcome import clock
from welcome.database import reading
from welcome.editions import artifacts
from welcome.editions.models import Artifact, ArtifactKind, Edition, EditionState
from welcome.editions.print import press
from welcome.jobs import printing

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]
VICTIMS = ("the command", "the worker", "a worker's process", "the press")
SECONDS_TO_BEGIN = 60
# About as long as a print takes, from the first line of the press to the row.
SECONDS_TO_PRINT = 2.5


@dataclass
class Prints:
    """The prints of what readers have, and who makes them."""

    installation: Installation
    fault: Fault

    def kill(self, victim: str, dice: random.Random) -> None:
        """Kill somebody while a print is made, soon or later, unless they were faster."""
        if victim == "the command":
            out = str(self.installation.folder / "out.pdf")
            tag = dice.choice(TAGS.split(","))
            words = ("print", "town", "--locale", tag, "--out", out)
            process = self.installation.start(*words)
        else:
            process = self.installation.running["worker"]
        killing.wait_until(
            lambda: _find_press(process.pid) or process.poll() is not None,
            SECONDS_TO_BEGIN,
        )
        killing.wait_until(lambda: False, dice.uniform(0, SECONDS_TO_PRINT), step=0.01)
        if process.poll() is not None:
            return
        doomed = _list_doomed(victim, process.pid)
        self.fault.kills += killing.kill(doomed[0])
        if doomed[0].pid == process.pid:
            process.wait(30)
        left = killing.who_stays(doomed)
        assert not left, f"left behind: {left}"

    def look(self) -> None:
        """Every print that is named is there, whole."""
        with reading(), self.installation.sessions() as session:
            named = session.exec(
                select(Artifact).where(Artifact.kind == ArtifactKind.PRINT)
            ).all()
        for each in named:
            file = self.installation.settings.editions / each.path
            content = file.read_bytes() if file.is_file() else b""
            is_known = hashlib.sha256(content).hexdigest() == each.sha256
            is_whole = content.startswith(b"%PDF-") and content.endswith(b"%%EOF\n")
            if not is_known or not is_whole or len(content) != each.size:
                self.fault.breaks("half states", f"{each.path} is not whole")

    def have_work(self, moment: int) -> None:
        """See to it that something is to be printed."""
        if self.go_on():
            _publish_anew(self.installation, moment)

    def go_on(self) -> bool:
        """Ask again, as people do, for what did not come; tell whether all is there."""
        unprinted = self._list_unprinted()
        with self.installation.sessions.begin() as session:
            for edition_id in printing.find_problems(session, unprinted):
                self.fault.note("a print that was killed said so, and was asked again")
                edition = session.get_one(Edition, edition_id)
                printing.print_again(session, edition, actor=None, now=clock.now())
        return not unprinted

    def end(self) -> None:
        """Wait until all is printed, and nothing lies about once somebody looked."""
        if not killing.wait_until(self.go_on, SECONDS_TO_BEGIN, step=0.3):
            tags = [each.tag for each in self._list_unprinted()]
            self.fault.breaks("lost jobs", f"never printed: {tags}")
        self.installation.stop("worker")
        self.installation.work()
        killing.wait_until(
            lambda: not list(leftovers(self.installation)), SECONDS_TO_BEGIN
        )

    def _list_unprinted(self) -> list[Edition]:
        with reading(), self.installation.sessions() as session:
            current = session.exec(
                select(Edition).where(Edition.state == EditionState.CURRENT)
            ).all()
            printed = artifacts.having(session, current, ArtifactKind.PRINT)
        return [each for each in current if each.id not in printed]


def test_printing(installation: Installation, fault: Fault) -> None:
    dice = lengths.dice("printing")
    court = Court(installation, fault, Memory())
    prints = Prints(installation, fault)
    victims: list[str] = []
    installation.work()
    while fault.kills < lengths.kills(share=0.1, short=2):
        victims = victims or dice.sample(VICTIMS, k=len(VICTIMS))
        prints.have_work(fault.kills)
        prints.kill(victims.pop(), dice)
        installation.revive()
        prints.look()
        court.look()
    prints.end()
    prints.look()
    court.rest(later=False)


def _publish_anew(installation: Installation, moment: int) -> None:
    """Let readers have new editions."""
    folder = town.write(installation.folder / "town", f"moment {moment}")
    for words in (
        ("content", "import", str(folder)),
        ("publish", "town", "--locales", TAGS),
    ):
        done = installation.command(*words)
        assert done.returncode == 0, done.stderr


def _list_doomed(victim: str, top: int) -> list[psutil.Process]:
    """List whom to kill, and whoever has to end with them."""
    found = _find_press(top)
    if found and victim == "the press":
        return [found]
    if found and victim == "a worker's process":
        for each in killing.children(top):
            below = killing.descendants(each.pid)
            if found in below:
                return [each, *below]
    return [psutil.Process(top), *killing.descendants(top)]


def _find_press(top: int) -> psutil.Process | None:
    for each in killing.descendants(top):
        with suppress(psutil.Error):
            if press.__name__ in each.cmdline() and killing.is_alive(each):
                return each
    return None
