"""What must hold after each fault: at once, and when everything has come to rest."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.faults import clocks, killing
from tests.faults.installation import Installation
from tests.faults.memory import Memory
from tests.faults.report import Fault
from welcome import clock
from welcome.database import reading
from welcome.editions import folders, problems
from welcome.editions.models import Artifact, Edition, EditionState
from welcome.jobs.due import list_missing
from welcome.jobs.models import Job, JobState
from welcome.jobs.queue import LIVE_STATES
from welcome.messages.models import Message, MessageState
from welcome.phrases import codes
from welcome.translation.models import MachineDraft, Target, TargetEvent

READ = (EditionState.CURRENT, EditionState.SUPERSEDED)
# Without anything moving.
SECONDS_TO_REST = 60
# Past every lease of a letter, and past what a publishing run may take.
LATER = "+40m"


@dataclass
class Court:
    """Judges an installation by what its people remember."""

    installation: Installation
    fault: Fault
    memory: Memory

    def look(self) -> None:
        """Judge what must hold at every moment."""
        known = self.memory.possible(), len(self.memory.ever_saved)
        with reading(), self.installation.sessions() as session:
            self._judge_database(session)
            self._judge_editions(session)
            self._judge_texts(session, *known)

    def rest(self, *, later: bool = True) -> None:
        """Let everything come to rest, then judge all."""
        self.installation.revive()
        if "worker" not in self.installation.running:
            self.installation.work()
        if left := killing.wait_while_moving(self._list_live, SECONDS_TO_REST):
            self.fault.breaks("lost jobs", f"live for ever: {left}")
        if later:
            self._wait_for_leases()
        self.look()
        with reading(), self.installation.sessions() as session:
            self._judge_jobs(session)
            self._judge_runs(session)
            self._judge_drafts(session)
        self._judge_files()

    def _wait_for_leases(self) -> None:
        """Have the worker look again some time later: dead runs, letters being sent."""
        self.installation.stop("worker")
        with clocks.set_to(self.installation, LATER):
            self.installation.work()
            if left := killing.wait_while_moving(self._list_all, SECONDS_TO_REST):
                self.fault.breaks("lost jobs", f"later: {left}")
            self.installation.stop("worker")

    def _list_live(self) -> list[str]:
        """Name the jobs that are not over, and what is due and has none yet."""
        with reading(), self.installation.sessions() as session:
            live = session.exec(select(Job).where(col(Job.state).in_(LIVE_STATES)))
            due = list_missing(session, clock.now())
            return [
                *(f"{each.kind} {each.id} ({each.state.value})" for each in live),
                *(f"{each.key} (due)" for each in due),
            ]

    def _list_all(self) -> list[str]:
        """Name all that waits: jobs, letters, editions of dead runs."""
        with reading(), self.installation.sessions() as session:
            letters = session.exec(
                select(Message.id).where(Message.state == MessageState.QUEUED)
            )
            editions = session.exec(
                select(Edition.id).where(Edition.state == EditionState.PREPARING)
            )
            return [
                *self._list_live(),
                *(f"letter {each}" for each in letters),
                *(f"edition {each}" for each in editions),
            ]

    def _judge_database(self, session: Session) -> None:
        connection = session.connection()
        if connection.dialect.name != "sqlite":
            return
        for pragma in ("integrity_check", "foreign_key_check"):
            for row in connection.exec_driver_sql(f"PRAGMA {pragma}"):
                if tuple(row) != ("ok",):
                    self.fault.breaks("half states", f"{pragma}: {tuple(row)}")

    def _judge_editions(self, session: Session) -> None:
        """Readers have one edition of each locale, and its folder is whole."""
        current = session.exec(
            select(Edition, Artifact.path)
            .join(Artifact, col(Artifact.edition_id) == Edition.id)
            .where(Edition.state == EditionState.CURRENT, Artifact.kind == "web")
        ).all()
        tags = Counter(edition.tag for edition, _path in current)
        if tags != Counter({"en": 1, "ur": 1}):
            self.fault.breaks("half states", f"current editions: {dict(tags)}")
        for _edition, path in current:
            folder = self.installation.settings.editions / path
            listed = folders.read_manifest(folder).files
            missing = [name for name in listed if not (folder / name).is_file()]
            if not listed or missing:
                self.fault.breaks("half states", f"{path} lacks {missing or 'all'}")

    def _judge_texts(
        self, session: Session, before: Mapping[int, set[str]], count: int
    ) -> None:
        """What people were told is saved is there; what was cut is there whole or not."""
        asked = select(Target.unit_id, Target.text).where(Target.tag == "ur")
        found = dict(session.exec(asked).all())
        # People go on meanwhile: the text may be newer than what was known before.
        after, since = self.memory.possible(), self.memory.ever_saved[count:]
        for unit_id, texts in before.items():
            text = found.get(unit_id, "")
            if text not in texts | after[unit_id] and (unit_id, text) not in since:
                self.fault.breaks("lost texts", f"unit {unit_id}: {text[:40]!r}")

    def judge_history(self) -> None:
        """Every text that was told to be saved is kept; the last step is how it stands."""
        with reading(), self.installation.sessions() as session:
            targets = {each.id: each for each in session.exec(select(Target))}
            told, last = set(), {}
            for event in session.exec(
                select(TargetEvent).order_by(col(TargetEvent.id))
            ):
                told.add((targets[event.target_id].unit_id, event.text))
                last[event.target_id] = event
        for unit_id, text in self.memory.ever_saved:
            if (unit_id, text) not in told:
                self.fault.breaks(
                    "lost texts", f"unit {unit_id} never had {text[:20]!r}"
                )
        for target_id, event in last.items():
            target = targets[target_id]
            stands = (target.text, target.revision)
            if stands != (event.text, event.revision):
                self.fault.breaks("half states", f"target {target_id} and its history")

    def _judge_jobs(self, session: Session) -> None:
        jobs = {job.id: job for job in session.exec(select(Job))}
        for job_id in self.memory.jobs:
            if job_id not in jobs:
                self.fault.breaks("lost jobs", f"job {job_id} is not there")
        for job in jobs.values():
            if job.state is JobState.FAILED:
                said = problems.find(job.problem)
                if said is None or said.code not in codes.PHRASES:
                    self.fault.breaks(
                        "lost jobs", f"{job.kind} {job.id}: {job.problem}"
                    )
                else:
                    self.fault.note(
                        f"a job failed and said why: {job.kind} ({said.code})"
                    )

    def _judge_runs(self, session: Session) -> None:
        """No two editions that readers had, one after the other, say the same."""
        asked = select(Edition).where(col(Edition.state).in_(READ))
        for tag in ("en", "ur"):
            had = session.exec(
                asked.where(Edition.tag == tag).order_by(col(Edition.number))
            ).all()
            for before, after in pairwise(had):
                if before.fingerprint == after.fingerprint:
                    self.fault.breaks("doubled", f"edition {after.number} of {tag}")

    def _judge_drafts(self, session: Session) -> None:
        key = (MachineDraft.unit_id, MachineDraft.tag, MachineDraft.engine)
        asked = sa.select(*key).group_by(*key).having(sa.func.count() > 1)
        for row in session.connection().execute(asked):
            self.fault.breaks("doubled", f"a draft of unit {row[0]}")

    def _judge_files(self) -> None:
        for path in leftovers(self.installation):
            self.fault.breaks("half states", f"left lying: {path}")
        checked = self.installation.command("editions", "check")
        if checked.returncode:
            self.fault.breaks("half states", checked.stdout + checked.stderr)


def leftovers(installation: Installation) -> Iterator[Path]:
    """List what was only meant to lie there for a while."""
    editions = installation.settings.editions
    for path in editions.rglob(".*"):
        yield path.relative_to(editions)
    yield from installation.scratch.iterdir()
