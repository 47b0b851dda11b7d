"""Taking turns: whoever moves a pairing holds its request first.

Everybody takes rows in the same order, so that no two wait for each other: the newcomer,
requests by id, the pairing, the volunteer. On SQLite a transaction is a turn by itself.
"""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from welcome.buddies.models.pairings import OVER, Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest


def take(session: Session, pairing: Pairing) -> BuddyRequest:
    """Wait for whoever moves a pairing of the same request; read both anew."""
    request = take_request(session, pairing.request_id)
    session.refresh(pairing)
    return request


def take_request(session: Session, request_id: int) -> BuddyRequest:
    """Wait for whoever moves a request or one of its pairings; read it anew."""
    asked = select(BuddyRequest).where(BuddyRequest.id == request_id)
    held = asked.with_for_update(key_share=True)
    return session.exec(held.execution_options(populate_existing=True)).one()


def take_newcomer(session: Session, newcomer_id: int) -> None:
    """Wait for whoever opens a request of a newcomer."""
    asked = select(Newcomer.id).where(Newcomer.id == newcomer_id)
    session.exec(asked.with_for_update(key_share=True)).one()


def take_volunteer(session: Session, volunteer_id: int) -> None:
    """Wait for whoever takes a place of a volunteer; last of all."""
    asked = select(Volunteer.id).where(Volunteer.id == volunteer_id)
    session.exec(asked.with_for_update(key_share=True)).one()


def take_all_of(session: Session, volunteer_id: int) -> list[Pairing]:
    """Wait for whoever moves a live pairing of a volunteer; list these, read anew."""
    requests = select(Pairing.request_id).where(
        Pairing.volunteer_id == volunteer_id, col(Pairing.state).not_in(OVER)
    )
    for request_id in session.exec(
        requests.distinct().order_by(col(Pairing.request_id))
    ).all():
        take_request(session, request_id)
    return list_live_of(session, volunteer_id)


def list_live_of(session: Session, volunteer_id: int) -> list[Pairing]:
    """List the live pairings of a volunteer as they stand now."""
    asked = select(Pairing).where(
        Pairing.volunteer_id == volunteer_id, col(Pairing.state).not_in(OVER)
    )
    asked = asked.order_by(col(Pairing.request_id), col(Pairing.seat))
    return list(session.exec(asked.execution_options(populate_existing=True)))


def list_live_for(session: Session, request_id: int) -> list[Pairing]:
    """List the live pairings of a request as they stand now."""
    asked = (
        select(Pairing)
        .where(Pairing.request_id == request_id, col(Pairing.state).not_in(OVER))
        .order_by(col(Pairing.volunteer_id))
    )
    return list(session.exec(asked.execution_options(populate_existing=True)))


def is_any_held(pairings: Iterable[Pairing]) -> bool:
    """Say whether the safeguarding lead holds one of some pairings."""
    return any(each.state is PairingState.HELD for each in pairings)
