"""Waking a worker after the commit: a queue that is down neither breaks nor slows a request."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import event
from sqlmodel import Session

from welcome.database import Sessions
from welcome.jobs import queue

log = logging.getLogger(__name__)

CALL = "call for jobs"
Call = Callable[[Sequence[int]], object]
Wake = Callable[[int], object]


def call_after_commit(sessions: Sessions, call: Call) -> None:
    """Call a worker for the jobs of each transaction once it is committed.

    Each session calls as its maker was told last, so that it calls once.
    """
    told = sessions.kw.get("info", {})
    sessions.configure(info={**told, CALL: call})
    if CALL not in told:
        event.listen(sessions, "after_commit", _committed)
        event.listen(sessions, "after_rollback", _rolled_back)


@dataclass(frozen=True)
class Bell:
    """Calls workers through a queue, opened in each process when it is first needed."""

    open_queue: Callable[[], Wake]

    def ring(self, job_ids: Sequence[int]) -> threading.Thread:
        """Call for jobs, in a thread of its own: whoever rings does not wait."""
        thread = threading.Thread(target=self._call, args=(job_ids,), daemon=True)
        thread.start()
        return thread

    @cached_property
    def _wake(self) -> Wake:
        return self.open_queue()

    def _call(self, job_ids: Sequence[int]) -> None:
        try:
            for job_id in job_ids:
                self._wake(job_id)
        # The row is safe, and workers look for it every other second.
        except Exception:
            log.warning("jobs %s: no worker could be woken", job_ids, exc_info=True)


def _committed(session: Session) -> None:
    # The end of a savepoint is not yet the end.
    if session.in_nested_transaction():
        return
    job_ids = session.info.pop(queue.TO_WAKE, ())
    if job_ids:
        session.info[CALL](job_ids)


def _rolled_back(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.info.pop(queue.TO_WAKE, None)
