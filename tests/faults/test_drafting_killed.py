"""Whoever drafts is killed: what was kept stays, and the work goes on from there."""

import random
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field

import psutil
import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests import packs_on_disk
from tests.faults import killing, lengths, town
from tests.faults.installation import Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from welcome import clock
from welcome.database import reading
from welcome.jobs import drafting
from welcome.jobs.models import Job, JobState
from welcome.jobs.queue import LIVE_STATES
from welcome.packs.models import Unit
from welcome.segmentation import normalise
from welcome.translation.drafting_by_machine import Order, find_wanting
from welcome.translation.machine import working
from welcome.translation.machine.engines import get_engine
from welcome.translation.models import MachineDraft

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]
VICTIMS = ("the command", "the worker", "a worker's process", "the drafter")
ORDER = Order("town", ("ur", "ar", "pl"), "pseudo")
ASK = (
    "translate", ORDER.slug, "--to", ",".join(ORDER.tags), "--engine", ORDER.engine,
    "--wait",
)  # fmt: skip
# What later jobs find to draft; the first has all that the pack began with.
PAGES = 20
SECONDS_TO_GO_ON = 60


@dataclass
class Work:
    """The drafts of a pack, and the job that makes what is missing."""

    installation: Installation
    fault: Fault
    asker: subprocess.Popen[bytes]
    # Texts, in every locale: those that had a draft already, and those that want one.
    whole: int
    job_id: int
    kept: dict[int, str] = field(default_factory=dict)

    def kill(self, victim: str, dice: random.Random) -> bool:
        """Kill somebody while texts are drafted; tell whether there was time for it."""
        self._wait_for_drafter()
        # Whoever begins again has just said how much is missing.
        self.look()
        self._wait_for_drafts(dice.randint(0, self.whole // 4))
        killing.wait_until(lambda: False, dice.uniform(0, 0.3), step=0.01)
        drafter = self._wait_for_drafter()
        top = self.installation.running["worker"].pid
        if victim == "the command":
            return killing.kill(self.asker.pid)
        if victim == "the worker" or drafter is None:
            doomed = [psutil.Process(top), *killing.descendants(top)]
        elif victim == "the drafter":
            doomed = [drafter]
        else:
            doomed = _above(drafter, top)
        was_there = killing.kill(doomed[0])
        left = killing.who_stays(doomed)
        assert not left, f"left behind: {left}"
        return was_there

    def look(self) -> None:
        """No draft is lost or made anew, and nothing that has one is asked for again."""
        with reading(), self.installation.sessions() as session:
            job = session.get_one(Job, self.job_id)
            found = _list_drafts(session)
        kept = {draft.id: draft.text for draft, _source in found}
        for each in self.kept.keys() - kept.keys():
            self.fault.breaks("lost texts", f"draft {each} is gone")
        for each in self.kept.keys() & kept.keys():
            if self.kept[each] != kept[each]:
                self.fault.breaks("lost texts", f"draft {each} is another")
        self.kept = kept
        if job.all_steps is None:
            return
        more = job.all_steps - job.done_steps + _count_texts(found) - self.whole
        # A chunk is kept before it is told.
        if not 0 <= more <= working.CHUNK:
            self.fault.breaks("doubled", f"{more} more texts than there are")

    def end(self) -> None:
        """Wait until all is drafted; whoever asked, and is still there, is told so."""
        killing.wait_until(lambda: not self._is_live(), SECONDS_TO_GO_ON)
        self.look()
        with reading(), self.installation.sessions() as session:
            state = session.get_one(Job, self.job_id).state
            missing = _count_wanting(session)
        if state is not JobState.DONE or missing:
            self.fault.breaks("lost jobs", f"{state.value}, {missing} texts missing")
        code = self.asker.wait(30)
        if code > 0:
            self.fault.breaks("other", f"the command ended with {code}")

    def _is_live(self) -> bool:
        with reading(), self.installation.sessions() as session:
            return session.get_one(Job, self.job_id).state in LIVE_STATES

    def _wait_for_drafts(self, number: int) -> None:
        """Wait until so many more are kept."""

        def count() -> int:
            with reading(), self.installation.sessions() as session:
                return session.exec(select(sa.func.count(col(MachineDraft.id)))).one()

        enough = count() + number
        killing.wait_until(
            lambda: count() >= enough or not self._is_live(),
            SECONDS_TO_GO_ON,
            step=0.02,
        )

    def _wait_for_drafter(self) -> psutil.Process | None:
        """Wait for the process that drafts; None where all is done."""
        top = self.installation.running["worker"].pid
        killing.wait_until(
            lambda: _find_drafter(top) or not self._is_live(),
            SECONDS_TO_GO_ON,
            step=0.02,
        )
        return _find_drafter(top)


def test_drafting(installation: Installation, fault: Fault) -> None:
    dice = lengths.dice("drafting")
    court = Court(installation, fault, Memory())
    installation.print_nothing()
    kills = lengths.kills(share=0.16, short=3)
    # A job has texts for a few kills only.
    for turn, start in enumerate(range(0, kills, len(VICTIMS))):
        if turn:
            _write_pages(installation, 100 + turn * PAGES)
        work = _ask(installation, fault)
        if not turn:
            installation.work()
        for victim in dice.sample(VICTIMS, k=min(len(VICTIMS), kills - start)):
            fault.kills += work.kill(victim, dice)
            installation.revive()
            work.look()
            court.look()
        work.end()
    court.rest(later=False)


def _write_pages(installation: Installation, first: int) -> None:
    """Let the pack have more pages."""
    folder = town.write(installation.folder / "town")
    sections = {
        f"en/{number}-section-{number}.md": town.SECTION.format(
            number=number, edition="the first day"
        )
        for number in range(first, first + PAGES)
    }
    done = installation.command(
        "content", "import", str(packs_on_disk.write_files(folder, sections))
    )
    assert done.returncode == 0, done.stderr


def _ask(installation: Installation, fault: Fault) -> Work:
    """Ask for drafts; whoever asks by the command too waits for the same job."""
    engine = get_engine(ORDER.engine, installation.settings)
    with installation.sessions.begin() as session:
        whole = _count_texts(_list_drafts(session)) + _count_wanting(session)
        job = drafting.ask(session, ORDER, engine, actor=None, now=clock.now())
        asked = job.id
    return Work(installation, fault, installation.start(*ASK), whole, asked)


def _count_wanting(session: Session) -> int:
    return sum(len(find_wanting(session, ORDER, tag).units) for tag in ORDER.tags)


def _list_drafts(session: Session) -> list[tuple[MachineDraft, str]]:
    """List the drafts, each with its source."""
    asked = select(MachineDraft, Unit.text).join(
        Unit, col(Unit.id) == MachineDraft.unit_id
    )
    return list(session.exec(asked))


def _count_texts(drafts: list[tuple[MachineDraft, str]]) -> int:
    """Count texts that have a draft; more than one unit may say the same."""
    return len({(draft.tag, normalise(source)) for draft, source in drafts})


def _find_drafter(top: int) -> psutil.Process | None:
    for each in killing.descendants(top):
        with suppress(psutil.Error):
            if working.__name__ in each.cmdline() and killing.is_alive(each):
                return each
    return None


def _above(process: psutil.Process, top: int) -> list[psutil.Process]:
    """List a process of the worker, and all below it, by one of these."""
    for each in killing.children(top):
        below = killing.descendants(each.pid)
        if process in below:
            return [each, *below]
    return [process]
