"""Waking a worker after the commit: a queue that is down neither breaks nor slows a request."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import event
from sqlmodel import Session

from welcome.database import Sessions
from welcome.jobs import queue

log = logging.getLogger(__name__)

CALL = "call for jobs"
Call = Callable[[Sequence[int]], object]


def call_after_commit(sessions: Sessions, call: Call) -> None:
    """Call a worker for the jobs of each transaction once it is committed.

    Each session calls as its maker was told last, so that it calls once.
    """
    listened = CALL in sessions.kw.get("info", {})
    sessions.configure(info={CALL: call})
    if not listened:
        event.listen(sessions, "after_commit", _committed)
        event.listen(sessions, "after_rollback", _rolled_back)


@dataclass(frozen=True)
class Bell:
    """Calls workers through an installation's queue, opened when it is first needed."""

    url: str
    instance: Path

    def ring(self, job_ids: Sequence[int]) -> threading.Thread:
        """Call for jobs, in a thread of its own: whoever rings does not wait."""
        thread = threading.Thread(target=self._call, args=(job_ids,), daemon=True)
        thread.start()
        return thread

    def _call(self, job_ids: Sequence[int]) -> None:
        try:
            wake = _open(self.url, self.instance)
            for job_id in job_ids:
                wake(job_id)
        # The row is safe, and workers look for it every other second.
        except Exception:
            log.warning("jobs %s: no worker could be woken", job_ids, exc_info=True)


@cache
def _open(url: str, instance: Path) -> queue.Wake:
    """Open a queue to wake others, once in each process; nothing runs here."""
    return queue.waker(queue.carrier(url, instance), _run_elsewhere)


def _run_elsewhere(job_id: int) -> None:
    raise NotImplementedError(job_id)


def _committed(session: Session) -> None:
    job_ids = session.info.pop(queue.TO_WAKE, ())
    if job_ids:
        session.info[CALL](job_ids)


def _rolled_back(session: Session) -> None:
    session.info.pop(queue.TO_WAKE, None)
