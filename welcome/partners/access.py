"""Finding organisations, and for which of them somebody works."""

from sqlmodel import Session, col, func, select

from welcome.accounts.models import Account, Grant, Role
from welcome.accounts.permissions import IS_HERE, Permission, roles_with
from welcome.errors import NotFound
from welcome.partners.models import Membership, Organisation, OrganisationKind

OF_SCHEME = (
    Role.COORDINATOR, Role.SAFEGUARDING_LEAD, Role.SCHEME_LEAD, Role.REFERRER,
)  # fmt: skip


def list_own_ids(session: Session, account: Account) -> frozenset[int]:
    """List the organisations that an account in use works for."""
    if not account.active:
        return frozenset()
    asked = (
        select(Membership.organisation_id)
        .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
        .where(Membership.account_id == account.id, col(Organisation.active).is_(True))
    )
    return frozenset(session.exec(asked))


def get_organisation(session: Session, organisation_id: int) -> Organisation:
    """Return an organisation; raises NotFound."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound(organisation=organisation_id)
    return found


def get_by_public_id(session: Session, public_id: str) -> Organisation:
    """Return the organisation that pages name so; raises NotFound."""
    same = Organisation.public_id == public_id
    found = session.exec(select(Organisation).where(same)).one_or_none()
    if found is None:
        raise NotFound(organisation=public_id)
    return found


def list_organisations(
    session: Session, *, also_inactive: bool = False
) -> list[Organisation]:
    """List organisations by name."""
    asked = select(Organisation).order_by(
        func.lower(col(Organisation.name)), col(Organisation.id)
    )
    if not also_inactive:
        asked = asked.where(col(Organisation.active).is_(True))
    return list(session.exec(asked))


def find_council(session: Session) -> Organisation | None:
    """Find the council, under which the others work together."""
    asked = (
        select(Organisation)
        .where(
            Organisation.kind == OrganisationKind.COUNCIL,
            col(Organisation.active).is_(True),
        )
        .order_by(col(Organisation.id))
    )
    return session.exec(asked).first()


def list_members(
    session: Session, organisation_id: int, permission: Permission
) -> list[Account]:
    """List the accounts in use that work for an organisation and may do something."""
    asked = (
        select(Account)
        .join(Membership, col(Membership.account_id) == col(Account.id))
        .join(Grant, col(Grant.account_id) == col(Account.id))
        .where(
            IS_HERE,
            Membership.organisation_id == organisation_id,
            col(Grant.role).in_(roles_with(permission)),
        )
        .distinct()
        .order_by(col(Account.id))
    )
    return list(session.exec(asked))


def list_working(
    session: Session, organisation_id: int
) -> list[tuple[Account, list[Role]]]:
    """List everybody who works for an organisation, with their roles in the scheme."""
    asked = (
        select(Account)
        .join(Membership, col(Membership.account_id) == col(Account.id))
        .where(Membership.organisation_id == organisation_id)
        .order_by(func.lower(col(Account.name)), col(Account.id))
    )
    people = session.exec(asked).all()
    granted = session.exec(
        select(Grant.account_id, Grant.role)
        .where(
            col(Grant.account_id).in_([each.id for each in people]),
            col(Grant.role).in_(OF_SCHEME),
        )
        .order_by(col(Grant.role))
    ).all()
    return [
        (each, [Role(role) for whose, role in granted if whose == each.id])
        for each in people
    ]
