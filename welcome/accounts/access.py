"""Finding accounts."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session, col, func, select

from welcome.accounts.errors import BadEmail
from welcome.accounts.locks import is_locked
from welcome.accounts.models import Account, AccountState, Grant
from welcome.errors import NotFound


def normal_email(text: str) -> str:
    """Return an address as it is stored and compared; raises BadEmail."""
    try:
        checked = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise BadEmail(email=text[:80]) from None
    return _as_stored(checked.normalized)


def find_account(session: Session, account_id: int) -> Account | None:
    """Find an account by its id."""
    return session.get(Account, account_id)


def get_account(session: Session, account_id: int) -> Account:
    """Return an account; raises NotFound."""
    found = find_account(session, account_id)
    if found is None:
        raise NotFound(account=account_id)
    return found


def find_by_email(session: Session, email: str) -> Account | None:
    """Find an account by its address, in any case."""
    same = Account.email == _as_stored(email.strip())
    return session.exec(select(Account).where(same)).one_or_none()


def find_invited(session: Session, key: str) -> Account | None:
    """Find whom an invitation with this key was for; None once it was used."""
    account = session.exec(select(Account).where(Account.fs_uniquifier == key)).first()
    if account is None or not account.active or account.password:
        return None
    return account


def list_accounts(session: Session) -> list[tuple[Account, list[Grant]]]:
    """Return every account with its grants, active ones first, by name."""
    people = session.exec(
        select(Account).order_by(
            col(Account.active).desc(), func.lower(col(Account.name)), col(Account.id)
        )
    ).all()
    granted = session.exec(
        select(Grant).order_by(col(Grant.role), col(Grant.tag))
    ).all()
    return [(each, _of(each, granted)) for each in people]


def names(session: Session, account_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of several accounts by their ids."""
    asked = select(Account.id, Account.name).where(
        col(Account.id).in_(sorted(set(account_ids)))
    )
    return dict(session.exec(asked).all())


def account_state(account: Account, now: datetime) -> AccountState:
    """Work out where an account stands."""
    if not account.active:
        return AccountState.DEACTIVATED
    if is_locked(account.locked_until, now):
        return AccountState.LOCKED
    if not account.password:
        return AccountState.INVITED
    return AccountState.ACTIVE


def _as_stored(email: str) -> str:
    """Write an address in one case; folding would make one of two (ß is not ss)."""
    return unicodedata.normalize("NFC", email.lower())


def _of(account: Account, granted: Sequence[Grant]) -> list[Grant]:
    return [each for each in granted if each.account_id == account.id]
