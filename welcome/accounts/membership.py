"""Inviting people, giving and taking roles, and letting people go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from welcome import locales
from welcome.accounts import journal
from welcome.accounts.access import account_state, normal_email
from welcome.accounts.errors import EmailTaken, LastAdministrator, RoleHasNoLocale
from welcome.accounts.journal import Act
from welcome.accounts.locks import forget_failures
from welcome.accounts.models import Account, AccountState, Grant, Role, fresh_key
from welcome.accounts.permissions import SCOPED
from welcome.errors import NotFound
from welcome.since import lines
from welcome.since.noting import note

SUBJECT = "account"


@dataclass(frozen=True)
class Invitation:
    """Whom to invite, and what they may do from the first day."""

    email: str
    name: str
    organisation: str = ""
    interface_tag: str = "en"
    roles: tuple[tuple[Role, str | None], ...] = ()


def invite(
    session: Session, invitation: Invitation, *, actor: Account | None, now: datetime
) -> Account:
    """Make an account without a password; raises BadEmail, EmailTaken.

    The letter with the one-time link is the caller's: only the web knows links.
    """
    email = normal_email(invitation.email)
    account = Account(
        email=email,
        name=" ".join(invitation.name.split()),
        organisation=" ".join(invitation.organisation.split()),
        interface_tag=invitation.interface_tag,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:
        raise EmailTaken(email=email) from None
    _journal(session, Act.ACCOUNT_INVITED, account, actor=actor, now=now)
    for role, tag in invitation.roles:
        grant(session, account, role, tag, actor=actor, now=now)
    return account


def invite_again(
    session: Session, account: Account, *, actor: Account | None, now: datetime
) -> bool:
    """Make the links sent before worthless, for a new letter; tell if one is due.

    None is where the account has a password already, or was let go.
    """
    if account_state(account, now) != AccountState.INVITED:
        return False
    end_sessions(account)
    _journal(session, Act.ACCOUNT_INVITED_AGAIN, account, actor=actor, now=now)
    return True


def describe(
    session: Session,
    account: Account,
    said: Mapping[str, object],
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Save what people say of themselves, and tell what readers may notice."""
    changed = journal.differences({name: getattr(account, name) for name in said}, said)
    for name, value in said.items():
        setattr(account, name, value)
    if changed:
        shown = {name: pair for name, pair in changed.items() if name == "shows_name"}
        _journal(
            session,
            Act.ACCOUNT_DESCRIBED,
            account,
            actor=actor,
            now=now,
            changed=sorted(changed),
            **shown,
        )


def grant(
    session: Session,
    account: Account,
    role: Role,
    tag: str | None,
    *,
    actor: Account | None,
    now: datetime,
) -> Grant:
    """Give a role, for one locale or (no tag) for all; twice is once.

    Raises RoleHasNoLocale where the role means nothing in one locale alone, and
    UnknownLocale where there is no such locale.
    """
    if tag and role not in SCOPED:
        raise RoleHasNoLocale(role=role.value)
    tag = locales.get(tag).tag if tag else None
    found = find_grant(session, account, role, tag)
    if found:
        return found
    given = Grant(account_id=account.id, role=role, tag=tag)
    try:
        with session.begin_nested():
            session.add(given)
    except IntegrityError:
        # Somebody gave it in the same moment.
        return get_role(session, account, role, tag)
    _journal(
        session,
        Act.ROLE_GRANTED,
        account,
        actor=actor,
        now=now,
        tag=tag,
        role=role.value,
    )
    return given


def find_grant(
    session: Session, account: Account, role: Role, tag: str | None
) -> Grant | None:
    """Find the one grant of a role for a locale."""
    asked = select(Grant).where(Grant.account_id == account.id, Grant.role == role)
    asked = asked.where(
        col(Grant.tag).is_(None) if tag is None else col(Grant.tag) == tag
    )
    return session.exec(asked).first()


def get_role(session: Session, account: Account, role: Role, tag: str | None) -> Grant:
    """Return the one grant of a role for a locale, in any case; raises NotFound."""
    spelled = locales.find(tag) if tag else None
    found = find_grant(session, account, role, spelled.tag if spelled else tag)
    if found is None:
        raise NotFound(account=account.email, role=role.value)
    return found


def get_grant(session: Session, account: Account, grant_id: int) -> Grant:
    """Return a grant of an account; raises NotFound also when it is another's."""
    found = session.get(Grant, grant_id)
    if found is None or found.account_id != account.id:
        raise NotFound(grant=grant_id)
    return found


def revoke(
    session: Session, given: Grant, *, actor: Account | None, now: datetime
) -> None:
    """Take a role back; raises LastAdministrator."""
    if given.role == Role.ADMINISTRATOR:
        _keep_an_administrator(session, given.account_id)
    journal.write(
        session,
        Act.ROLE_REVOKED,
        SUBJECT,
        given.account_id,
        actor=actor,
        now=now,
        tag=given.tag,
        role=given.role.value,
    )
    session.delete(given)
    session.flush()


def deactivate(
    session: Session, account: Account, *, actor: Account | None, now: datetime
) -> None:
    """Let somebody go; every session and link ends now. Raises LastAdministrator."""
    if not account.active:
        return
    if find_grant(session, account, Role.ADMINISTRATOR, None):
        _keep_an_administrator(session, account.id)
    account.active = False
    end_sessions(account)
    note(session, lines.Act.LET_GO, SUBJECT, account.public_id, now)
    _journal(session, Act.ACCOUNT_DEACTIVATED, account, actor=actor, now=now)
    session.flush()


def activate(
    session: Session, account: Account, *, actor: Account | None, now: datetime
) -> None:
    """Let somebody in again, with what they were granted before."""
    if account.active:
        return
    account.active = True
    forget_failures(account)
    note(session, lines.Act.LET_IN, SUBJECT, account.public_id, now)
    _journal(session, Act.ACCOUNT_ACTIVATED, account, actor=actor, now=now)
    session.flush()


def forget_second_step(
    session: Session, account: Account, *, actor: Account | None, now: datetime
) -> None:
    """Forget a lost phone or key: app, codes and passkeys; every session ends now."""
    account.tf_primary_method = account.tf_totp_secret = None
    account.tf_last_counter = None
    account.mf_recovery_codes = []
    account.webauthn.clear()
    end_sessions(account)
    _journal(
        session,
        Act.ACCOUNT_SECURED,
        account,
        actor=actor,
        now=now,
        what="second-step-forgotten",
    )
    session.flush()


def end_sessions(account: Account) -> None:
    """End every session and make every link sent before worthless."""
    account.fs_uniquifier = fresh_key()


def _journal(
    session: Session,
    act: Act,
    account: Account,
    *,
    actor: Account | None,
    now: datetime,
    **details: object,
) -> None:
    journal.write(session, act, SUBJECT, account.id, actor=actor, now=now, **details)


def _keep_an_administrator(session: Session, leaving_id: int) -> None:
    """Refuse where the one who leaves is the last active administrator."""
    # Locking all of them: two who remove each other at once must not both succeed.
    held = session.exec(
        select(Grant)
        .join(Account, col(Account.id) == col(Grant.account_id))
        .where(Grant.role == Role.ADMINISTRATOR, col(Account.active).is_(True))
        .order_by(col(Grant.id))
        .with_for_update()
    ).all()
    if all(each.account_id == leaving_id for each in held):
        raise LastAdministrator
