"""Letting organisations in, people into them, and two of them share."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.partners.errors import NameTaken, SharesWithItself
from welcome.partners.models import (
    Membership,
    Organisation,
    OrganisationKind,
    Sharing,
)

SUBJECT = "organisation"


def add_organisation(
    session: Session,
    name: str,
    kind: OrganisationKind,
    *,
    actor: Account | None,
    now: datetime,
    safeguarding_phone: str = "",
) -> Organisation:
    """Let an organisation take part; raises NameTaken."""
    name = " ".join(name.split())
    same = sa.func.lower(col(Organisation.name)) == name.lower()
    if session.exec(select(Organisation.id).where(same)).first():
        raise NameTaken(name=name)
    made = Organisation(
        name=name, kind=kind, safeguarding_phone=safeguarding_phone, created_at=now
    )
    session.add(made)
    session.flush()
    journal.write(
        session, "organisation.added", SUBJECT, made.id, actor=actor, now=now, name=name
    )
    return made


def join(
    session: Session,
    organisation: Organisation,
    account: Account,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Have an account work for an organisation; twice changes nothing."""
    if _find(session, organisation, account):
        return
    session.add(Membership(account_id=account.id, organisation_id=organisation.id))
    session.flush()
    journal.write(
        session, "membership.joined", SUBJECT, organisation.id, actor=actor, now=now,
        account=account.id,
    )  # fmt: skip


def leave(
    session: Session,
    organisation: Organisation,
    account: Account,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Have an account work there no more."""
    found = _find(session, organisation, account)
    if found is None:
        return
    session.delete(found)
    session.flush()
    journal.write(
        session, "membership.left", SUBJECT, organisation.id, actor=actor, now=now,
        account=account.id,
    )  # fmt: skip


def allow_sharing(
    session: Session,
    one: Organisation,
    other: Organisation,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Allow that people of two organisations meet; raises SharesWithItself."""
    low, high = _in_order(one, other)
    if (low, high) in list_shared(session):
        return
    session.add(
        Sharing(
            one_id=low,
            other_id=high,
            allowed_by_id=actor.id if actor else None,
            allowed_at=now,
        )
    )
    session.flush()
    journal.write(
        session, "sharing.allowed", SUBJECT, low, actor=actor, now=now, other=high
    )


def end_sharing(
    session: Session,
    one: Organisation,
    other: Organisation,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Allow no new pairings between the two; those there are go on."""
    low, high = _in_order(one, other)
    ended = session.exec(
        sa.update(Sharing)
        .where(
            col(Sharing.one_id) == low,
            col(Sharing.other_id) == high,
            col(Sharing.ended_at).is_(None),
        )
        .values(ended_at=now)
    )
    if ended.rowcount:
        journal.write(
            session, "sharing.ended", SUBJECT, low, actor=actor, now=now, other=high
        )


def list_shared(session: Session) -> frozenset[tuple[int, int]]:
    """List the pairs of organisations whose people may meet, the smaller id first."""
    asked = select(Sharing.one_id, Sharing.other_id).where(
        col(Sharing.ended_at).is_(None)
    )
    return frozenset((low, high) for low, high in session.exec(asked))


def list_shared_with(session: Session, organisation_id: int) -> frozenset[int]:
    """List the organisations whose people may meet those of one, itself among them."""
    others = {
        each
        for pair in list_shared(session)
        if organisation_id in pair
        for each in pair
    }
    return frozenset(others | {organisation_id})


def _in_order(one: Organisation, other: Organisation) -> tuple[int, int]:
    if one.id == other.id:
        raise SharesWithItself
    return min(one.id, other.id), max(one.id, other.id)


def _find(
    session: Session, organisation: Organisation, account: Account
) -> Membership | None:
    asked = select(Membership).where(
        Membership.account_id == account.id,
        Membership.organisation_id == organisation.id,
    )
    return session.exec(asked).one_or_none()
