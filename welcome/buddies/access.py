"""The only way to a personal row: by somebody's account, within their organisations.

What is missing and what is not theirs is answered alike (NotFound). A concern has a
door of its own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, is_allowed
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.desk import Run, RunScope
from welcome.buddies.models.pairings import CheckIn, Pairing, Side
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.errors import NotFound
from welcome.partners.access import (
    find_council,
    list_organisations,
    list_own_ids,
)


def list_scope(session: Session, account: Account) -> frozenset[int]:
    """List the organisations whose people an account coordinates."""
    if not is_allowed(session, account, Permission.COORDINATE):
        return frozenset()
    return list_own_ids(session, account)


def list_overseen(session: Session, account: Account) -> frozenset[int]:
    """List the organisations whose numbers a lead sees: the council's sees all."""
    if not is_allowed(session, account, Permission.OVERSEE):
        return frozenset()
    own, council = list_own_ids(session, account), find_council(session)
    if council is None or council.id not in own:
        return own
    return frozenset(each.id for each in list_organisations(session))


def oversees_all(session: Session, account: Account) -> bool:
    """Tell whether a lead sees every organisation, and so decides for all of them."""
    everybody = {each.id for each in list_organisations(session)}
    return bool(everybody) and everybody <= list_overseen(session, account)


def get_newcomer(session: Session, account: Account, public_id: str) -> Newcomer:
    """Return a newcomer of one's own organisations; raises NotFound."""
    own = list_scope(session, account)
    asked = select(Newcomer).where(
        Newcomer.public_id == public_id, col(Newcomer.organisation_id).in_(own)
    )
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_volunteer(session: Session, account: Account, public_id: str) -> Volunteer:
    """Return a volunteer of one's own organisations; raises NotFound."""
    own = list_scope(session, account)
    asked = select(Volunteer).where(
        Volunteer.public_id == public_id, col(Volunteer.organisation_id).in_(own)
    )
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_volunteers(session: Session, account: Account) -> list[Volunteer]:
    """List the volunteers of one's own organisations, the longest here first."""
    own = list_scope(session, account)
    asked = select(Volunteer).where(col(Volunteer.organisation_id).in_(own))
    return list(session.exec(asked.order_by(col(Volunteer.id))))


def get_referee(
    session: Session, account: Account, public_id: str
) -> tuple[Referee, Volunteer]:
    """Return a referee of a volunteer of one's own organisations; raises NotFound."""
    own = list_scope(session, account)
    asked = (
        select(Referee, Volunteer)
        .join(Volunteer, col(Volunteer.id) == col(Referee.volunteer_id))
        .where(Referee.public_id == public_id, col(Volunteer.organisation_id).in_(own))
    )
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_request(
    session: Session, account: Account, public_id: str
) -> tuple[BuddyRequest, Newcomer]:
    """Return a request of one's own organisations and whose it is; raises NotFound."""
    own = list_scope(session, account)
    asked = (
        select(BuddyRequest, Newcomer)
        .join(Newcomer, col(Newcomer.id) == col(BuddyRequest.newcomer_id))
        .where(
            BuddyRequest.public_id == public_id, col(Newcomer.organisation_id).in_(own)
        )
    )
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_newest_request(
    session: Session, account: Account, newcomer: Newcomer
) -> BuddyRequest:
    """Return what a newcomer of one's own organisations asked last; raises NotFound."""
    asked = select(BuddyRequest).where(
        BuddyRequest.newcomer_id == newcomer.id,
        sa.literal(newcomer.organisation_id).in_(list_scope(session, account)),
    )
    found = session.exec(asked.order_by(col(BuddyRequest.id).desc())).first()
    if found is None:
        raise NotFound
    return found


def get_pairing(session: Session, account: Account, public_id: str) -> Pairing:
    """Return a pairing that one's own organisations take part in; raises NotFound."""
    own = list_scope(session, account)
    asked = select(Pairing).where(Pairing.public_id == public_id, takes_part(own))
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_led_pairing(session: Session, account: Account, public_id: str) -> Pairing:
    """Return a pairing that one's own organisations are responsible for."""
    found = get_pairing(session, account, public_id)
    if found.lead_id not in list_scope(session, account):
        raise NotFound
    return found


def get_check_in(session: Session, account: Account, public_id: str) -> CheckIn:
    """Return a check-in of somebody of one's own, or of a pairing one leads.

    Raises NotFound: what one side says is not told to the other's organisation.
    """
    asked = (
        select(CheckIn, Pairing)
        .join(Pairing, col(Pairing.id) == col(CheckIn.pairing_id))
        .where(CheckIn.public_id == public_id)
    )
    found = session.exec(asked).one_or_none()
    if found is None or found[0].side not in list_sides(session, account, found[1]):
        raise NotFound
    return found[0]


def list_sides(session: Session, account: Account, pairing: Pairing) -> frozenset[Side]:
    """List the sides of a pairing whose answers one hears: both, for who leads it."""
    if pairing.lead_id in list_scope(session, account):
        return frozenset(Side)
    return list_own_sides(session, account, pairing)


def list_own_sides(
    session: Session, account: Account, pairing: Pairing
) -> frozenset[Side]:
    """List the sides of a pairing whose people one's own organisations look after."""
    own = list_scope(session, account)
    homes = {
        Side.NEWCOMER: session.get_one(Newcomer, pairing.newcomer_id).organisation_id,
        Side.VOLUNTEER: session.get_one(
            Volunteer, pairing.volunteer_id
        ).organisation_id,
    }
    return frozenset(side for side, home in homes.items() if home in own)


@dataclass(frozen=True)
class Referral:
    """All that a referrer learns of whom their organisation referred."""

    public_id: str
    name: str
    referred_on: date
    state: RequestState


def list_referrals(session: Session, account: Account) -> list[Referral]:
    """List whom one's own organisations referred, the newest first: one word each."""
    if not is_allowed(session, account, Permission.REFER):
        return []
    own = list_own_ids(session, account)
    asked = (
        select(Newcomer, BuddyRequest)
        .join(BuddyRequest, col(BuddyRequest.newcomer_id) == col(Newcomer.id))
        .where(col(Newcomer.referrer_id).in_(own), col(Newcomer.erased_at).is_(None))
        .order_by(col(BuddyRequest.id).desc())
    )
    return [
        Referral(
            newcomer.public_id,
            newcomer.name or "",
            request.waiting_since.date(),
            request.state,
        )
        for newcomer, request in session.exec(asked)
    ]


def get_referred(session: Session, account: Account, public_id: str) -> Newcomer:
    """Return whom one's own organisations referred; raises NotFound."""
    own = frozenset[int]()
    if is_allowed(session, account, Permission.REFER):
        own = list_own_ids(session, account)
    asked = select(Newcomer).where(
        Newcomer.public_id == public_id,
        col(Newcomer.referrer_id).in_(own),
        col(Newcomer.erased_at).is_(None),
    )
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_run(session: Session, account: Account, public_id: str) -> Run:
    """Return a run over one's own organisations alone; raises NotFound."""
    own = list_scope(session, account)
    asked = select(Run).where(Run.public_id == public_id, serves_only(own))
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def serves_only(own: Collection[int]) -> sa.ColumnElement[bool]:
    """Ask for runs that served newcomers of some organisations, and of no other."""
    served = col(RunScope.organisation_id)
    ours = select(RunScope.run_id).where(served.in_(own))
    others = select(RunScope.run_id).where(served.not_in(own))
    return sa.and_(col(Run.id).in_(ours), col(Run.id).not_in(others))


def takes_part(own: Collection[int]) -> sa.ColumnElement[bool]:
    """Ask for pairings led by some organisations, or with people of theirs."""
    newcomers = select(Newcomer.id).where(col(Newcomer.organisation_id).in_(own))
    volunteers = select(Volunteer.id).where(col(Volunteer.organisation_id).in_(own))
    return sa.or_(
        col(Pairing.lead_id).in_(own),
        col(Pairing.newcomer_id).in_(newcomers),
        col(Pairing.volunteer_id).in_(volunteers),
    )
