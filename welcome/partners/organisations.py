"""Arranging who takes part: the council's lead adds, changes and closes organisations."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.accounts import journal, membership
from welcome.accounts.access import find_by_email
from welcome.accounts.models import Account, Role
from welcome.accounts.permissions import Permission, is_allowed
from welcome.errors import NotAllowed
from welcome.partners import agreements
from welcome.partners.access import find_council, list_members
from welcome.partners.errors import (
    CouncilStays,
    NoSuchAccount,
    OrganisationClosed,
    OwnMembership,
    PhoneNeeded,
)
from welcome.partners.models import Organisation, OrganisationKind, Sharing

SUBJECT = "organisation"
# What the lead may give with a membership; other roles are the administrator's.
ROLES = (Role.COORDINATOR, Role.SAFEGUARDING_LEAD, Role.REFERRER)


@dataclass(frozen=True, kw_only=True)
class Described:
    """What is said of an organisation."""

    name: str
    kind: OrganisationKind
    safeguarding_phone: str = ""


def is_lead(session: Session, account: Account) -> bool:
    """Tell whether somebody oversees the scheme: for the council, once it has a lead."""
    if not is_allowed(session, account, Permission.OVERSEE):
        return False
    council = find_council(session)
    leads = list_members(session, council.id, Permission.OVERSEE) if council else []
    return not leads or account.id in {each.id for each in leads}


def add(
    session: Session, told: Described, *, actor: Account, now: datetime
) -> Organisation:
    """Let an organisation take part; who adds the first council works for it.

    Raises NameTaken and PhoneNeeded.
    """
    _ask_for_phone(told)
    is_first = told.kind is OrganisationKind.COUNCIL and find_council(session) is None
    made = agreements.add_organisation(
        session, told.name, told.kind, actor=actor, now=now,
        safeguarding_phone=told.safeguarding_phone,
    )  # fmt: skip
    if is_first:
        agreements.join(session, made, actor, actor=actor, now=now)
    return made


def change(
    session: Session,
    organisation: Organisation,
    told: Described,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Say something else of an organisation.

    Raises NameTaken, CouncilStays and PhoneNeeded.
    """
    _ask_for_phone(told)
    if told.kind is not OrganisationKind.COUNCIL:
        _keep_council(session, organisation)
    before = _describe(organisation)
    organisation.name = agreements.free_name(session, told.name, of=organisation.id)
    organisation.kind = told.kind
    organisation.safeguarding_phone = told.safeguarding_phone
    session.add(organisation)
    session.flush()
    changed = journal.differences(before, _describe(organisation))
    if changed:
        journal.write(
            session, "organisation.changed", SUBJECT, organisation.id, actor=actor,
            now=now, changed=changed,
        )  # fmt: skip


def close(
    session: Session, organisation: Organisation, *, actor: Account, now: datetime
) -> None:
    """Let an organisation take part no more; whoever calls has seen that nobody waits.

    It shares with nobody any more. Raises CouncilStays; twice changes nothing.
    """
    if not organisation.active:
        return
    _keep_council(session, organisation)
    organisation.active = False
    session.add(organisation)
    session.exec(
        sa.update(Sharing)
        .where(
            sa.or_(
                col(Sharing.one_id) == organisation.id,
                col(Sharing.other_id) == organisation.id,
            ),
            col(Sharing.ended_at).is_(None),
        )
        .values(ended_at=now)
    )
    session.flush()
    journal.write(
        session, "organisation.closed", SUBJECT, organisation.id, actor=actor, now=now
    )


def open_again(
    session: Session, organisation: Organisation, *, actor: Account, now: datetime
) -> None:
    """Let an organisation take part again; what it shared is to be agreed anew."""
    if organisation.active:
        return
    organisation.active = True
    session.add(organisation)
    session.flush()
    journal.write(
        session, "organisation.opened", SUBJECT, organisation.id, actor=actor, now=now
    )


def bring_in(
    session: Session,
    organisation: Organisation,
    email: str,
    role: Role,
    *,
    actor: Account,
    now: datetime,
) -> Account:
    """Have somebody work for an organisation in a role.

    Raises NoSuchAccount, OwnMembership, OrganisationClosed, and NotAllowed for a role
    that is not the lead's to give.
    """
    if role not in ROLES:
        raise NotAllowed
    if not organisation.active:
        raise OrganisationClosed(name=organisation.name)
    account = find_by_email(session, email)
    if account is None or not account.active:
        raise NoSuchAccount(email=email[:80])
    if account.id == actor.id:
        raise OwnMembership
    agreements.join(session, organisation, account, actor=actor, now=now)
    membership.grant(session, account, role, None, actor=actor, now=now)
    return account


def let_go(
    session: Session,
    organisation: Organisation,
    account: Account,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Have somebody work there no more; their roles stay. Raises OwnMembership."""
    if account.id == actor.id:
        raise OwnMembership
    agreements.leave(session, organisation, account, actor=actor, now=now)


def _ask_for_phone(told: Described) -> None:
    if told.kind is OrganisationKind.COUNCIL and not told.safeguarding_phone:
        raise PhoneNeeded


def _keep_council(session: Session, organisation: Organisation) -> None:
    council = find_council(session)
    if council is not None and council.id == organisation.id:
        raise CouncilStays


def _describe(organisation: Organisation) -> dict[str, object]:
    return {
        "name": organisation.name,
        "kind": organisation.kind.value,
        "safeguarding_phone": organisation.safeguarding_phone,
    }
