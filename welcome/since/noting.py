"""Noting what a transaction does: the line is on disk before the commit.

A crash between the two leaves a line for what was not done; that errs on the side of
whoever asked for it. A commit that fails takes its lines back; where its answer was
lost it may have been done, and what was to be gone stays noted as gone.
"""

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import event
from sqlmodel import Session

from welcome.database import Sessions
from welcome.since import lines, machines
from welcome.since.errors import NotNoted, SinceUnreadable
from welcome.since.lines import Act, Line

log = logging.getLogger(__name__)

FOLDER = "folder of what happened since"
LINES = "lines to note"
NOTED = "lines noted"
CONNECTION = "connection of the lines noted"
# Done twice, these harm nobody; undone by a restore, they would.
GONE = frozenset({Act.LET_GO, Act.DISCARDED})


def keep_since(sessions: Sessions, folder: Path) -> None:
    """Have the lines of each transaction written to a folder's file; once is enough."""
    told = sessions.kw.get("info", {})
    sessions.configure(info={**told, FOLDER: folder})
    if FOLDER not in told:
        event.listen(sessions, "before_commit", _before_commit)
        event.listen(sessions, "after_commit", _committed)
        event.listen(sessions, "after_rollback", _rolled_back)


def note(session: Session, act: Act, kind: str, public_id: str, now: datetime) -> None:
    """Note what this transaction does to a row; raises NotNoted when it is committed."""
    session.info.setdefault(LINES, []).append(Line(act, kind, public_id, now))


def _before_commit(session: Session) -> None:
    # The end of a savepoint is not yet the end.
    if session.in_nested_transaction():
        return
    noted = session.info.pop(LINES, ())
    if noted:
        name = lines.append(session.info[FOLDER], *noted)
        session.info[NOTED], session.info[CONNECTION] = noted, session.connection()
        machines.register(session, name)


def _committed(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(NOTED, None)
        session.info.pop(CONNECTION, None)


def _rolled_back(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.info.pop(LINES, None)
    noted = session.info.pop(NOTED, ())
    connection = session.info.pop(CONNECTION, None)
    if connection is not None and connection.invalidated:
        log.warning("a commit was not answered: what it let go of stays noted")
        noted = [each for each in noted if each.act not in GONE]
    if noted:
        back = [replace(each, act=Act.TAKEN_BACK) for each in noted]
        try:
            lines.append(session.info[FOLDER], *back)
        except (NotNoted, SinceUnreadable):
            log.exception("lines stand for what was not done: %s", back)
