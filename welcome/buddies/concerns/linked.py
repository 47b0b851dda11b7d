"""Whom a concern is about that is raised from the page behind somebody's link."""

from dataclasses import dataclass

from sqlmodel import Session

from welcome.buddies.concerns.safeguarding import Whom, whom
from welcome.buddies.lifecycle import seats, turns
from welcome.buddies.lifecycle.exits import TOLD
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.concerns import RaisedBy
from welcome.buddies.models.desk import Link
from welcome.buddies.models.pairings import CheckIn, Pairing, Side
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.partners.models import Organisation

SIDES = {
    Side.NEWCOMER.value: RaisedBy.NEWCOMER,
    Side.VOLUNTEER.value: RaisedBy.VOLUNTEER,
}


@dataclass(frozen=True)
class Linked:
    """Whom it is about, who says so, and the organisation it concerns."""

    about: Whom
    raised_by: RaisedBy
    organisation: Organisation


def find(session: Session, link_id: int) -> Linked | None:
    """Find whom a link is about, also once it was used; nothing changes."""
    link = session.get(Link, link_id)
    found = _find_subject(session, link) if link else None
    if link is None or found is None:
        return None
    about = whom(found)
    home = session.get_one(Organisation, about.organisation_id)
    return Linked(about, _who_says(link), home)


def _who_says(link: Link) -> RaisedBy:
    """Tell who got a link; a referee is somebody."""
    usual = {
        "buddy_request": RaisedBy.NEWCOMER,
        "volunteer": RaisedBy.VOLUNTEER,
    }
    return SIDES.get(link.side) or usual.get(link.subject, RaisedBy.SOMEBODY)


def _find_subject(
    session: Session, link: Link
) -> Pairing | Newcomer | Volunteer | None:
    if link.subject == "pairing":
        return session.get(Pairing, link.subject_id)
    if link.subject == "check_in":
        check_in = session.get(CheckIn, link.subject_id)
        return session.get(Pairing, check_in.pairing_id) if check_in else None
    if link.subject == "volunteer":
        return _find_of_volunteer(session, link.subject_id)
    if link.subject == "referee":
        referee = session.get(Referee, link.subject_id)
        return session.get(Volunteer, referee.volunteer_id) if referee else None
    return _find_of_request(session, link.subject_id)


def is_told(pairing: Pairing, side: Side) -> bool:
    """Say whether a side ever heard of a pairing that goes on, or is on hold."""
    return side in TOLD.get(seats.stage(pairing), tuple(Side))


def _find_of_volunteer(
    session: Session, volunteer_id: int
) -> Pairing | Volunteer | None:
    """Find the only pair that a volunteer knows of, else the volunteer."""
    live = turns.list_live_of(session, volunteer_id)
    told = [each for each in live if is_told(each, Side.VOLUNTEER)]
    return told[0] if len(told) == 1 else session.get(Volunteer, volunteer_id)


def _find_of_request(session: Session, request_id: int) -> Pairing | Newcomer | None:
    """Find the only pair of a request that its newcomer knows of, else whose it is."""
    live = turns.list_live_for(session, request_id)
    told = [each for each in live if is_told(each, Side.NEWCOMER)]
    if len(told) == 1:
        return told[0]
    request = session.get(BuddyRequest, request_id)
    return session.get(Newcomer, request.newcomer_id) if request else None
