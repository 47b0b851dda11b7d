"""A worker process: runs the jobs it is woken for, and looks for what is due."""

import logging
import math
import socket
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from welcome import clock, keys
from welcome.config import Settings
from welcome.database import Sessions, connect, reading, sessions
from welcome.editions import leftovers
from welcome.editions.print import pdf
from welcome.errors import RuleBroken
from welcome.jobs import carrying, due, running
from welcome.jobs.handlers import HANDLERS
from welcome.since import lines, machines
from welcome.since.noting import keep_since

log = logging.getLogger(__name__)

SECONDS_BETWEEN_BEATS = 10.0
SECONDS_BETWEEN_SWEEPS = 60


@dataclass
class Worker:
    """One installation's worker; each process opens its own connections."""

    settings: Settings
    opened: Sessions | None = None
    swept_at: float = -math.inf
    beat_at: float = -SECONDS_BETWEEN_BEATS

    @property
    def zone(self) -> ZoneInfo:
        """Give the zone whose days count."""
        return ZoneInfo(self.settings.time_zone)

    def maker(self) -> Sessions:
        """Open the database in this process, once."""
        if self.opened is None:
            self.opened = sessions(
                connect(self.settings.database, keys.living(self.settings))
            )
            keep_since(self.opened, self.settings.instance)
        return self.opened

    def run_job(self, job_id: int) -> None:
        """Run one job."""
        running.run(self.maker(), self.settings, HANDLERS, job_id)

    def beat(self, now: datetime) -> None:
        """Say that a worker is alive here, every so often."""
        if time.monotonic() - self.beat_at < SECONDS_BETWEEN_BEATS:
            return
        try:
            name = lines.name_of(self.settings.instance)
        except RuleBroken as problem:
            # Work goes on; letters wait until what is sent can be noted.
            log.warning("no sign of life is given: %s", problem)
            return
        with self.maker().begin() as session:
            machines.beat(session, name, socket.gethostname(), now=now)
        self.beat_at = time.monotonic()

    def look(self) -> list[int]:
        """Write jobs for what is due and list those that wait for a worker."""
        now = clock.now()
        self._sweep(now)
        self.beat(now)
        # Looks come often and seldom find anything: they must not hold writers up.
        with reading(), self.maker()() as session:
            if due.is_quiet(session, now, self.zone):
                return running.list_due(session, now)
        with self.maker().begin() as session:
            due.find_work(session, now, self.zone)
            return due.list_to_wake(session, now)

    def _sweep(self, now: datetime) -> None:
        """Remove what killed runs left on disk, now and then."""
        moment = time.monotonic()
        if moment - self.swept_at > SECONDS_BETWEEN_SWEEPS:
            self.swept_at = moment
            leftovers.sweep(self.settings.editions, now=now)
            scratch = Path(tempfile.gettempdir())
            leftovers.sweep(scratch, f".{pdf.SCRATCH}.*", now=now)


def serve(settings: Settings, *, workers: int = 2) -> None:
    """Work until told to stop."""
    worker = Worker(settings)
    carried = carrying.carrier(settings.queue_url, settings.instance)
    wake = carrying.waker(carried, worker.run_job)

    def look_for_work() -> None:
        for job_id in worker.look():
            wake(job_id)

    carrying.at_each_look(carried, look_for_work)
    carrying.work(carried, workers=workers)
