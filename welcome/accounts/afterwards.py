"""Letting people go once more whom a restored backup let in again."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.journal import Act
from welcome.accounts.membership import SUBJECT, end_sessions
from welcome.accounts.models import Account, JournalEntry
from welcome.since import lines
from welcome.since.lines import Line


def list_wanted(session: Session) -> list[str]:
    """List the public ids of those about whom something may have to be done again."""
    active = select(Account.fs_webauthn_user_handle)
    return list(session.exec(active.where(col(Account.active).is_(True))))


def do_again(
    session: Session, told: Mapping[str, Line], *, is_restored: bool, now: datetime
) -> int:
    """Let go whoever was let go last, by public id; count them.

    Also the last administrator: whoever was let go must not come back. Nobody is let
    in: that a backup knows less of somebody gives no right. Unless the database was
    restored, what its journal knows already is over: somebody may have been let in
    since on another machine, whose file is not here.
    """
    heard = _list_last_heard(session)
    let_go = 0
    for each in session.exec(select(Account).where(col(Account.active).is_(True))):
        line = told.get(each.public_id)
        if line is None:
            continue
        is_known = each.id in heard and line.at <= heard[each.id]
        if line.act is lines.Act.LET_GO and (is_restored or not is_known):
            each.active = False
            end_sessions(each)
            _journal(session, Act.ACCOUNT_DEACTIVATED, each, line, now)
            let_go += 1
        elif line.act is lines.Act.LET_IN and not is_known:
            # So that no machine whose file tells less lets them go at its start.
            _journal(session, Act.ACCOUNT_ACTIVATED, each, line, now)
    session.flush()
    return let_go


def _list_last_heard(session: Session) -> dict[int | None, datetime]:
    """List when the journal last told that somebody was let go or in, by account."""
    acts = (Act.ACCOUNT_DEACTIVATED, Act.ACCOUNT_ACTIVATED)
    last: dict[int | None, datetime] = dict(
        session.exec(
            select(JournalEntry.subject_id, sa.func.max(JournalEntry.at))
            .where(JournalEntry.subject == SUBJECT, col(JournalEntry.act).in_(acts))
            .group_by(col(JournalEntry.subject_id))
        ).all()
    )
    return last


def _journal(
    session: Session, act: Act, account: Account, line: Line, now: datetime
) -> None:
    # Not before the line, whose clock may have been ahead: it would count once more.
    moment = max(now, line.at)
    journal.write(
        session, act, SUBJECT, account.id, actor=None, now=moment, after="restore"
    )
