"""A worker process: runs the jobs it is woken for, and looks for what is due."""

from dataclasses import dataclass

from welcome import clock
from welcome.config import Settings
from welcome.database import Sessions, connect, reading, sessions
from welcome.jobs import carrying, due, running
from welcome.jobs.handlers import HANDLERS


@dataclass
class Worker:
    """One installation's worker; each process opens its own connections."""

    settings: Settings
    opened: Sessions | None = None

    def maker(self) -> Sessions:
        """Open the database in this process, once."""
        if self.opened is None:
            self.opened = sessions(connect(self.settings.database))
        return self.opened

    def run_job(self, job_id: int) -> None:
        """Run one job."""
        running.run(self.maker(), self.settings, HANDLERS, job_id)

    def look(self) -> list[int]:
        """Write jobs for what is due and list those that wait for a worker."""
        now = clock.now()
        # Looks come often and seldom find anything: they must not hold writers up.
        with reading(), self.maker()() as session:
            if due.is_quiet(session, now):
                return running.list_due(session, now)
        with self.maker().begin() as session:
            due.find_work(session, now)
            return due.list_to_wake(session, now)


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
