"""Sharing step by step: one side proposes, the other agrees, the scheme allows it.

Either side and the lead of the scheme may end it.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, is_allowed
from welcome.errors import NotAllowed, NotFound
from welcome.partners import agreements
from welcome.partners.access import get_organisation, list_own_ids
from welcome.partners.errors import OwnProposal
from welcome.partners.models import Organisation, Sharing
from welcome.partners.organisations import is_lead


@dataclass(frozen=True)
class Between:
    """What stands between two organisations, and what one who looks may do about it."""

    sharing: Sharing
    one: Organisation
    other: Organisation
    may_agree: bool
    may_allow: bool
    may_end: bool

    @property
    def pair(self) -> tuple[int, int]:
        """Give the ids, the smaller first."""
        return self.one.id, self.other.id

    @property
    def proposer(self) -> Organisation:
        """Give who proposed it."""
        return self.one if self.sharing.proposed_by_id == self.one.id else self.other


def list_sides(session: Session, account: Account) -> frozenset[int]:
    """List the organisations for which an account may speak about sharing."""
    if not is_allowed(session, account, Permission.COORDINATE):
        return frozenset()
    return list_own_ids(session, account)


def list_standing(session: Session, account: Account) -> list[Between]:
    """List what holds or is proposed: the lead sees all, others what is theirs."""
    sides, sees_all = list_sides(session, account), is_lead(session, account)
    asked = select(Sharing).where(col(Sharing.ended_at).is_(None))
    if not sees_all:
        asked = asked.where(_touches(sides))
    found = session.exec(asked.order_by(col(Sharing.one_id), col(Sharing.other_id)))
    return [_look(session, each, sides, sees_all=sees_all) for each in found]


def get_standing(session: Session, account: Account, sharing_id: int) -> Between:
    """Return one of those; raises NotFound."""
    for each in list_standing(session, account):
        if each.sharing.id == sharing_id:
            return each
    raise NotFound


def propose(
    session: Session,
    own: Organisation,
    other: Organisation,
    *,
    actor: Account,
    now: datetime,
) -> Sharing:
    """Propose for one's own organisation to share with another.

    Raises NotFound where it is not one's own, OrganisationClosed, SharesWithItself.
    """
    if own.id not in list_sides(session, actor):
        raise NotFound
    return agreements.propose_sharing(session, own, other, actor=actor, now=now)


def agree(session: Session, between: Between, *, actor: Account, now: datetime) -> None:
    """Agree for the side that was asked; raises OwnProposal."""
    if between.sharing.agreed_at is not None:
        return
    if not between.may_agree:
        raise OwnProposal
    agreements.agree(session, between.sharing, actor=actor, now=now)


def allow(session: Session, between: Between, *, actor: Account, now: datetime) -> None:
    """Allow it for the whole scheme; raises NotAllowed for anybody but the lead."""
    if not is_lead(session, actor):
        raise NotAllowed
    agreements.allow(session, between.sharing, actor=actor, now=now)


def count_unallowed(session: Session) -> int:
    """Count what two organisations agreed on and nobody allowed yet."""
    asked = select(sa.func.count()).where(
        col(Sharing.agreed_at).is_not(None),
        col(Sharing.allowed_at).is_(None),
        col(Sharing.ended_at).is_(None),
    )
    return session.exec(asked).one()


def end(session: Session, between: Between, *, actor: Account, now: datetime) -> None:
    """End it, for either side or for the whole scheme."""
    agreements.end_sharing(session, between.one, between.other, actor=actor, now=now)


def _touches(sides: frozenset[int]) -> sa.ColumnElement[bool]:
    return sa.or_(col(Sharing.one_id).in_(sides), col(Sharing.other_id).in_(sides))


def _look(
    session: Session, sharing: Sharing, sides: frozenset[int], *, sees_all: bool
) -> Between:
    pair = {sharing.one_id, sharing.other_id}
    asked_side = pair - {sharing.proposed_by_id}
    return Between(
        sharing,
        get_organisation(session, sharing.one_id),
        get_organisation(session, sharing.other_id),
        may_agree=sharing.agreed_at is None and bool(asked_side & sides),
        may_allow=sharing.allowed_at is None and sees_all,
        may_end=sees_all or bool(pair & sides),
    )
