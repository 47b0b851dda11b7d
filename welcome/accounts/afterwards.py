"""Letting people go once more whom a restored backup let in again."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.journal import Act
from welcome.accounts.membership import SUBJECT, end_sessions
from welcome.accounts.models import Account
from welcome.since import lines
from welcome.since.lines import Line


def list_wanted(session: Session) -> list[str]:
    """List the public ids of those about whom something may have to be done again."""
    active = select(Account.fs_webauthn_user_handle)
    return list(session.exec(active.where(col(Account.active).is_(True))))


def do_again(session: Session, told: Mapping[str, Line], *, now: datetime) -> int:
    """Let go whoever was let go last, by public id; count them.

    Also the last administrator: whoever was let go must not come back. Nobody is let
    in: that a backup knows less of somebody gives no right.
    """
    gone = [id_ for id_, line in told.items() if line.act is lines.Act.LET_GO]
    asked = select(Account).where(col(Account.active).is_(True))
    people = session.exec(asked).all()
    let_go = [each for each in people if each.public_id in set(gone)]
    for each in let_go:
        each.active = False
        end_sessions(each)
        journal.write(
            session,
            Act.ACCOUNT_DEACTIVATED,
            SUBJECT,
            each.id,
            actor=None,
            now=now,
            after="restore",
        )
    session.flush()
    return len(let_go)
