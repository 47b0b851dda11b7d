"""Letting organisations in, people into them, and two of them share."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.partners.errors import NameTaken, OrganisationClosed, SharesWithItself
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
    name = free_name(session, name)
    made = Organisation(
        name=name, kind=kind, safeguarding_phone=safeguarding_phone, created_at=now
    )
    session.add(made)
    session.flush()
    journal.write(
        session, "organisation.added", SUBJECT, made.id, actor=actor, now=now, name=name
    )
    return made


def free_name(session: Session, name: str, *, of: int | None = None) -> str:
    """Tidy a name that no organisation (but one) has yet; raises NameTaken."""
    name = " ".join(name.split())
    same = sa.func.lower(col(Organisation.name)) == name.lower()
    taken = session.exec(select(Organisation.id).where(same)).all()
    if set(taken) - {of}:
        raise NameTaken(name=name)
    return name


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


def propose_sharing(
    session: Session,
    one: Organisation,
    other: Organisation,
    *,
    actor: Account | None,
    now: datetime,
) -> Sharing:
    """Propose for one organisation that its people and another's may meet.

    What both propose is agreed; twice changes nothing. It holds once it is allowed too.
    Raises SharesWithItself and OrganisationClosed.
    """
    low, high = _in_order(one, other)
    for each in (one, other):
        if not each.active:
            raise OrganisationClosed(name=each.name)
    found = _find_standing(session, low, high)
    if found is not None:
        if found.proposed_by_id != one.id:
            agree(session, found, actor=actor, now=now)
        return found
    made = Sharing(one_id=low, other_id=high, proposed_by_id=one.id, proposed_at=now)
    session.add(made)
    session.flush()
    journal.write(
        session, "sharing.proposed", SUBJECT, one.id, actor=actor, now=now,
        other=other.id,
    )  # fmt: skip
    return made


def agree(
    session: Session, sharing: Sharing, *, actor: Account | None, now: datetime
) -> None:
    """Agree for the side that was asked; twice changes nothing."""
    if sharing.agreed_at is None:
        sharing.agreed_at = now
        sharing.agreed_by_id = actor.id if actor else None
        _note(session, "sharing.agreed", sharing, actor, now)


def allow(
    session: Session, sharing: Sharing, *, actor: Account | None, now: datetime
) -> None:
    """Allow it for the scheme, also before the other side agrees; twice changes nothing."""
    if sharing.allowed_at is None:
        sharing.allowed_at = now
        sharing.allowed_by_id = actor.id if actor else None
        _note(session, "sharing.allowed", sharing, actor, now)


def _note(
    session: Session, act: str, sharing: Sharing, actor: Account | None, now: datetime
) -> None:
    session.add(sharing)
    session.flush()
    journal.write(
        session, act, SUBJECT, sharing.one_id, actor=actor, now=now,
        other=sharing.other_id,
    )  # fmt: skip


def end_sharing(
    session: Session,
    one: Organisation,
    other: Organisation,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Allow no new pairings between the two, or take a proposal back.

    Pairs who were introduced go on; those who were not yet go no further.
    """
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
        col(Sharing.agreed_at).is_not(None),
        col(Sharing.allowed_at).is_not(None),
        col(Sharing.ended_at).is_(None),
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


def _find_standing(session: Session, low: int, high: int) -> Sharing | None:
    """Find what holds or is proposed between two organisations."""
    asked = select(Sharing).where(
        Sharing.one_id == low,
        Sharing.other_id == high,
        col(Sharing.ended_at).is_(None),
    )
    return session.exec(asked).one_or_none()


def _find(
    session: Session, organisation: Organisation, account: Account
) -> Membership | None:
    asked = select(Membership).where(
        Membership.account_id == account.id,
        Membership.organisation_id == organisation.id,
    )
    return session.exec(asked).one_or_none()
