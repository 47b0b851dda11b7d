"""The installation that commands work on."""

import threading
from dataclasses import dataclass
from functools import cache

from sqlalchemy.engine import Engine

from welcome import config, keys
from welcome.backups import locks
from welcome.config import Settings
from welcome.database import Sessions, connect, sessions
from welcome.since.noting import keep_since

# Hosts that nobody reaches from elsewhere.
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
# Waking a worker, the longest that threads here do.
SECONDS_TO_END = 10


@dataclass(frozen=True)
class Installation:
    """Settings, and the database they name, which nobody replaces meanwhile."""

    settings: Settings
    engine: Engine
    sessions: Sessions
    lock: locks.Held | None


@cache
def installation() -> Installation:
    """Open the installation in the instance folder."""
    settings = config.load()
    lock = locks.share(settings.database)
    engine = connect(settings.database, keys.living(settings))
    maker = sessions(engine)
    keep_since(maker, settings.instance)
    return Installation(settings, engine, maker, lock)


def let_go() -> None:
    """Close every connection and wait for every thread: a fork takes neither along.

    What a thread holds at that moment, a lock of Python's imports for one, would stay
    held for ever in the process that is forked.
    """
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(SECONDS_TO_END)
    if installation.cache_info().currsize:
        opened = installation()
        opened.engine.dispose()
        if opened.lock:
            opened.lock.let_go()
        installation.cache_clear()
