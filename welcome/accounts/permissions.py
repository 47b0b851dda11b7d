"""What each role may do, and whether a set of grants allows an act."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from sqlmodel import Session, col, select

from welcome.accounts.models import Account, Grant, Role


class Permission(StrEnum):
    """One thing that somebody may be allowed to do."""

    WRITE = "write"
    TRANSLATE = "translate"
    REVIEW = "review"
    ACCEPT_ON_STATEMENT = "accept-on-statement"
    PUBLISH = "publish"
    KEEP = "keep"
    COORDINATE = "coordinate"
    SAFEGUARD = "safeguard"
    OVERSEE = "oversee"
    REFER = "refer"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.WRITER: frozenset({Permission.WRITE}),
    Role.TRANSLATOR: frozenset({Permission.TRANSLATE}),
    Role.REVIEWER: frozenset({Permission.TRANSLATE, Permission.REVIEW}),
    Role.PUBLISHER: frozenset({Permission.PUBLISH, Permission.ACCEPT_ON_STATEMENT}),
    # The officer deals with agencies: sends text out, takes it in, publishes it.
    Role.OFFICER: frozenset(
        {Permission.TRANSLATE, Permission.ACCEPT_ON_STATEMENT, Permission.PUBLISH}
    ),
    Role.ADMINISTRATOR: frozenset({Permission.KEEP}),
    Role.COORDINATOR: frozenset({Permission.COORDINATE, Permission.REFER}),
    Role.SAFEGUARDING_LEAD: frozenset({Permission.SAFEGUARD}),
    # The council's: counts of everybody, who takes part, and what counts for all.
    Role.SCHEME_LEAD: frozenset({Permission.OVERSEE}),
    Role.REFERRER: frozenset({Permission.REFER}),
}

# Roles that mean something in one locale alone; the others count for all of them.
SCOPED = frozenset({Role.TRANSLATOR, Role.REVIEWER, Role.PUBLISHER, Role.OFFICER})


def roles_with(permission: Permission) -> frozenset[Role]:
    """Return the roles that contain a permission."""
    return frozenset(role for role, held in PERMISSIONS.items() if permission in held)


def allows(
    grants: Sequence[Grant], permission: Permission, tag: str | None = None
) -> bool:
    """Return whether the grants allow it for a locale, or (no tag) for all of them.

    A grant without a tag counts for every locale; a grant for one locale never
    answers a question about all.
    """
    return any(
        permission in PERMISSIONS[each.role] and each.tag in (None, tag)
        for each in grants
    )


def allows_somewhere(grants: Sequence[Grant], permission: Permission) -> bool:
    """Return whether the grants allow it for at least one locale."""
    return any(permission in PERMISSIONS[each.role] for each in grants)


def tags_with(
    grants: Sequence[Grant], permission: Permission, among: Iterable[str]
) -> list[str]:
    """Return those of the tags for which the grants allow it, in the order given."""
    return [tag for tag in among if allows(grants, permission, tag)]


def list_grants(session: Session, account: Account) -> list[Grant]:
    """Return what an account is granted, in a stable order."""
    asked = select(Grant).where(Grant.account_id == account.id)
    return list(session.exec(asked.order_by(col(Grant.role), col(Grant.tag))))


def is_allowed(
    session: Session,
    account: Account,
    permission: Permission,
    tag: str | None = None,
) -> bool:
    """Return whether an account may do it; one that is switched off never may."""
    return account.active and allows(list_grants(session, account), permission, tag)


# Whoever has not answered an invitation yet can read nothing for anybody.
IS_HERE = col(Account.active).is_(True) & col(Account.confirmed_at).is_not(None)


def list_accounts_with(
    session: Session, permission: Permission, tag: str | None = None
) -> list[Account]:
    """Return the accounts in use that may do it for a locale (no tag: for all).

    Two-person rules ask it: is there a second reader for this locale?
    """
    asked = (
        select(Account)
        .join(Grant, col(Grant.account_id) == col(Account.id))
        .where(
            IS_HERE,
            col(Grant.role).in_(roles_with(permission)),
            col(Grant.tag).is_(None) | (col(Grant.tag) == tag),
        )
        .distinct()
        .order_by(col(Account.id))
    )
    return list(session.exec(asked))


def count_accounts_with(
    session: Session, permission: Permission, tags: Iterable[str]
) -> dict[str, int]:
    """Count the accounts in use that may do it for each of the tags, each once.

    The same people as `list_accounts_with`, for many tags in one query.
    """
    asked = (
        select(Grant.tag, Grant.account_id)
        .join(Account, col(Account.id) == col(Grant.account_id))
        .where(IS_HERE, col(Grant.role).in_(roles_with(permission)))
    )
    held: dict[str | None, set[int]] = {}
    for tag, account_id in session.exec(asked):
        held.setdefault(tag, set()).add(account_id)
    everywhere = held.get(None, set())
    return {tag: len(everywhere | held.get(tag, set())) for tag in tags}
