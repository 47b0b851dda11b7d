"""When failed sign-ins lock an account."""

from datetime import timedelta

import pytest

from welcome.accounts.locks import (
    LOCK,
    MOST_FAILURES,
    count_failure,
    forget_failures,
    is_locked,
    lock_after,
)
from welcome.accounts.models import Account


@pytest.fixture
def account(session, now):
    made = Account(email="a@example.org", name="A", created_at=now)
    session.add(made)
    session.commit()
    return made


@pytest.mark.parametrize(
    ("failures", "locks"),
    [
        (0, False),
        (1, False),
        (MOST_FAILURES - 1, False),
        (MOST_FAILURES, True),
        (MOST_FAILURES + 5, True),
    ],
)
def test_enough_failures_lock(failures, locks, now):
    assert (lock_after(failures, now) is not None) is locks


def test_the_lock_is_told_once_and_cannot_be_prolonged(session, account, now):
    told = [count_failure(session, account, now=now) for _ in range(MOST_FAILURES + 20)]
    assert told.count(True) == 1
    assert account.locked_until == now + LOCK


def test_after_the_lock_each_failure_locks_again(session, account, now):
    for _ in range(MOST_FAILURES):
        count_failure(session, account, now=now)
    later = now + LOCK
    assert not is_locked(account.locked_until, later)
    assert count_failure(session, account, now=later)
    assert is_locked(account.locked_until, later + LOCK - timedelta(seconds=1))


def test_signing_in_starts_the_count_anew(session, account, now):
    for _ in range(MOST_FAILURES):
        count_failure(session, account, now=now)
    forget_failures(account)
    assert not is_locked(account.locked_until, now)
    assert not count_failure(session, account, now=now)


def test_of_two_failures_at_once_both_count(maker, session, account, now):
    with maker() as other:
        seen_before = other.get_one(Account, account.id)
        other.commit()
        count_failure(session, account, now=now)
        session.commit()
        count_failure(other, seen_before, now=now)
        other.commit()
        assert seen_before.failed_sign_ins == 2
