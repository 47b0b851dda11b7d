"""A database file is replaced only while nobody works with it."""

import fcntl
import os
import weakref
from pathlib import Path

import sqlalchemy as sa

from welcome.backups.errors import BeingRestored, InUse


class Held:
    """A lock, held until it is let go or forgotten; processes forked hold it too."""

    def __init__(self, lock: Path) -> None:
        # Only to be read: whoever made it, all may hold it.
        self._handle = os.open(lock, os.O_RDONLY | os.O_CREAT, 0o644)
        self.let_go = weakref.finalize(self, os.close, self._handle)

    def take(self, how: int) -> bool:
        """Take it, alone or with others; tell whether that could be at once."""
        try:
            fcntl.flock(self._handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            self.let_go()
            return False
        return True


def share(url: str) -> Held | None:
    """Keep a database file from being replaced as long as this is held.

    None where there is no file to be replaced; raises BeingRestored.
    """
    lock = _lock_of(url)
    if lock is None or not lock.parent.is_dir():
        return None
    held = Held(lock)
    if not held.take(fcntl.LOCK_SH):
        raise BeingRestored
    return held


def alone(url: str) -> Held | None:
    """Keep everybody else from the file; raises InUse where somebody works with it."""
    lock = _lock_of(url)
    if lock is None:
        return None
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = Held(lock)
    if not held.take(fcntl.LOCK_EX):
        raise InUse(what="A server, a worker or a command works with the database")
    return held


def _lock_of(url: str) -> Path | None:
    made = sa.make_url(url)
    if made.get_backend_name() != "sqlite" or not made.database:
        return None
    if made.database == ":memory:":
        return None
    file = Path(made.database)
    return file.with_name(f"{file.name}.lock")
