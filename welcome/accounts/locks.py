"""When an account is locked after failed sign-ins, and for how long."""

from datetime import datetime, timedelta

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


def count_failure(account: Account, *, now: datetime) -> bool:
    """Count a failed sign-in; return whether it locked the account just now.

    While the lock holds nothing is counted: nobody can prolong another's lock.
    """
    if is_locked(account.locked_until, now):
        return False
    account.failed_sign_ins += 1
    account.locked_until = lock_after(account.failed_sign_ins, now)
    return account.locked_until is not None


def forget_failures(account: Account) -> None:
    """Start counting anew: the person has shown who they are."""
    account.failed_sign_ins = 0
    account.locked_until = None
