"""When an account is locked after failed sign-ins, and for how long."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.accounts.models import Account

MOST_FAILURES = 10
LOCK = timedelta(minutes=15)


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    """Return whether the lock still holds."""
    return locked_until is not None and now < locked_until


def lock_after(failures: int, now: datetime) -> datetime | None:
    """Return until when so many failures in a row lock an account, if they do.

    The count is kept when a lock ends, so that each further failure locks again.
    """
    return now + LOCK if failures >= MOST_FAILURES else None


def count_failure(session: Session, account: Account, *, now: datetime) -> bool:
    """Count a failed sign-in; return whether it locked the account just now.

    While the lock holds nothing is counted: nobody can prolong another's lock. The
    database adds up, so that of many tries at once each one counts.
    """
    unlocked = col(Account.locked_until).is_(None) | (col(Account.locked_until) <= now)
    more = (
        sa.update(Account)
        .where(col(Account.id) == account.id, unlocked)
        .values(failed_sign_ins=col(Account.failed_sign_ins) + 1)
        .execution_options(synchronize_session=False)
    )
    counted = session.exec(more).rowcount == 1
    session.refresh(account, ["failed_sign_ins", "locked_until"])
    if not counted:
        return False
    account.locked_until = lock_after(account.failed_sign_ins, now)
    return account.locked_until is not None


def forget_failures(account: Account) -> None:
    """Start counting anew: the person has shown who they are."""
    account.failed_sign_ins = 0
    account.locked_until = None
