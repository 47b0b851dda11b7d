"""Looking once more, before people are told, whether two may be brought together.

The rules here are those that may have changed since a pair was drafted and that nobody
may set aside; the others are looked at when pairs are made.
"""

from datetime import date

from sqlmodel import Session, col, select

from welcome.buddies.errors import NotPossible
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import Block, BuddyRequest
from welcome.buddies.rules.vetoes import VetoCode
from welcome.buddies.rules.vocabulary import is_accepted
from welcome.partners.agreements import list_shared_with


def list_against(session: Session, pairing: Pairing, today: date) -> list[VetoCode]:
    """List the rules that forbid a pairing as things are now."""
    newcomer = session.get_one(Newcomer, pairing.newcomer_id)
    volunteer = session.get_one(Volunteer, pairing.volunteer_id)
    session.refresh(newcomer)
    session.refresh(volunteer)
    against = {
        VetoCode.NOT_CLEARED: not _is_cleared(session, pairing, today),
        VetoCode.OTHER_ORGANISATION: volunteer.organisation_id
        not in list_shared_with(session, newcomer.organisation_id),
        VetoCode.NOT_ADULT: not (newcomer.is_adult and volunteer.is_adult),
        VetoCode.GENDER_WISH: not (
            is_accepted(volunteer.gender, newcomer.wish)
            and is_accepted(newcomer.gender, volunteer.wish)
        ),
        VetoCode.BLOCKED: _is_blocked(session, pairing),
    }
    return [code for code, forbids in against.items() if forbids]


def check(session: Session, pairing: Pairing, today: date) -> None:
    """Raise NotPossible where a rule forbids a pairing now."""
    against = list_against(session, pairing, today)
    if against:
        raise NotPossible(why=", ".join(against))


def _is_cleared(session: Session, pairing: Pairing, today: date) -> bool:
    request = session.get_one(BuddyRequest, pairing.request_id)
    asked = select(ClearedFor.volunteer_id).where(
        ClearedFor.volunteer_id == pairing.volunteer_id,
        ClearedFor.role == request.role,
        col(ClearedFor.until) >= today,
    )
    return session.exec(asked).first() is not None


def _is_blocked(session: Session, pairing: Pairing) -> bool:
    asked = select(Block.id).where(
        Block.newcomer_id == pairing.newcomer_id,
        Block.volunteer_id == pairing.volunteer_id,
    )
    return session.exec(asked).first() is not None
