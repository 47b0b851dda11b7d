"""No page before what a restored backup does not know is done again.

`welcome serve` looks before it starts; this holds for every other server too, and for
a database that did not answer then.
"""

import logging
import threading

from flask import Flask, request
from sqlalchemy.exc import SQLAlchemyError

from welcome import clock
from welcome.config import Settings
from welcome.database import Sessions, reading
from welcome.jobs import catching_up

log = logging.getLogger(__name__)

# Answered whatever state the database is in.
ALWAYS = frozenset({"health", "static"})


def install(app: Flask, settings: Settings, sessions: Sessions) -> None:
    """Look at the first request for which the database answers, once."""
    door = _Door(settings, sessions)
    app.before_request(door.look)


class _Door:
    """Shut until somebody has looked; raises NotApplied while it has to stay so."""

    def __init__(self, settings: Settings, sessions: Sessions) -> None:
        self.settings = settings
        self.sessions = sessions
        self.is_open = False
        self.lock = threading.Lock()

    def look(self) -> None:
        """Let a request through, or say why none may pass."""
        if self.is_open or (request.endpoint or "").partition(".")[0] in ALWAYS:
            return
        with self.lock:
            self._open()

    def _open(self) -> None:
        if self.is_open:
            return
        try:
            # As a rule there is nothing to write, and a page waits for nobody who does.
            with reading():
                done = catching_up.catch_up(
                    self.sessions, self.settings.instance, now=clock.now()
                )
        except SQLAlchemyError as problem:
            # Whoever needs the database is told so by the page that asks it.
            log.warning("not looked yet: %s", type(problem).__name__)
            return
        self.is_open = True
        if done and not done.is_nothing:
            log.warning("done again after a restore: %s", done)
