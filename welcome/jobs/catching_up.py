"""Doing again what a restored backup does not know: each room is asked to.

Files that only this machine keeps are also read before each start: a copy that was put
in place by hand, or a commit that failed after its line was written, is caught up with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from welcome.accounts import afterwards as accounts
from welcome.accounts import membership
from welcome.buddies.privacy import afterwards as people
from welcome.database import Sessions
from welcome.messages import afterwards as messages
from welcome.messages import outbox
from welcome.messages.afterwards import Settled
from welcome.since import lines, restorations


@dataclass(frozen=True)
class Done:
    """What was done again, and how many lines nobody could read."""

    let_go: int
    letters: Settled
    harmed: int
    erased: int = 0

    @property
    def is_nothing(self) -> bool:
        """Tell whether the database knew everything already."""
        return not (self.let_go or self.erased) and self.letters == Settled()


def do_again(
    session: Session,
    files: Iterable[Path],
    *,
    now: datetime,
    is_restored: bool = False,
    is_lost: bool = False,
) -> Done:
    """Do again what files tell; raises SinceUnreadable.

    Twice does no more than once. After a restore (`is_restored`), the files' last word
    on somebody counts, and letters of which it is not known whether they were sent are
    held back; all that wait, where a file is lost or has lines that nobody can read.
    """
    wanted = {
        membership.SUBJECT: frozenset(accounts.list_wanted(session)),
        outbox.KIND: frozenset(messages.list_wanted(session)),
        **{kind: frozenset(people.list_wanted(session, kind)) for kind in people.KINDS},
    }
    known = lines.read(files, wanted)
    let_go = accounts.do_again(
        session, known.of(membership.SUBJECT), is_restored=is_restored, now=now
    )
    letters = messages.do_again(
        session,
        known.of(outbox.KIND),
        is_restored=is_restored,
        is_unsure=is_lost or bool(known.harmed),
    )
    erased = sum(
        people.do_again(session, known.of(kind), now=now) for kind in people.KINDS
    )
    return Done(let_go, letters, known.harmed, erased)


def catch_up(sessions: Sessions, instance: Path, *, now: datetime) -> Done | None:
    """Catch up before anything is served; raises NotApplied after a restore.

    None where nothing was ever noted here.
    """
    file = instance / lines.NAME
    with sessions.begin() as session:
        restorations.refuse_pending(session)
        return do_again(session, [file], now=now) if file.exists() else None
