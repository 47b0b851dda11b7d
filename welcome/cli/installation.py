"""The installation that commands work on."""

import threading
from dataclasses import dataclass
from functools import cache

from sqlalchemy.engine import Engine

from welcome import config
from welcome.config import Settings
from welcome.database import Sessions, connect, sessions

# Hosts that nobody reaches from elsewhere.
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
# Waking a worker, the longest that threads here do.
SECONDS_TO_END = 10


@dataclass(frozen=True)
class Installation:
    """Settings, and the database they name."""

    settings: Settings
    engine: Engine
    sessions: Sessions


@cache
def installation() -> Installation:
    """Open the installation in the instance folder."""
    settings = config.load()
    engine = connect(settings.database)
    return Installation(settings, engine, sessions(engine))


def let_go() -> None:
    """Close every connection and wait for every thread: a fork takes neither along.

    What a thread holds at that moment, a lock of Python's imports for one, would stay
    held for ever in the process that is forked.
    """
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(SECONDS_TO_END)
    if installation.cache_info().currsize:
        installation().engine.dispose()
        installation.cache_clear()
