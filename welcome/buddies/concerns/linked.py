"""Whom a concern is about that is raised from the page behind somebody's link."""

from dataclasses import dataclass, replace

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
    # The pairs that they know of, where there are several to choose from.
    pairs: tuple[Pairing, ...] = ()

    def choose(self, session: Session, public_id: str) -> "Linked":
        """Say that it is about one of the pairs; of none of them, nothing changes."""
        for each in self.pairs:
            if each.public_id == public_id:
                return make(session, each, self.raised_by)
        return self


def find(session: Session, link_id: int) -> Linked | None:
    """Find whom a link is about, also once it was used; nothing changes."""
    link = session.get(Link, link_id)
    if link is None:
        return None
    if link.subject == "buddy_request":
        return find_of_request(session, link.subject_id)
    if link.subject == "volunteer":
        return find_of_volunteer(session, link.subject_id)
    found = _find_subject(session, link)
    return make(session, found, _who_says(link)) if found else None


def find_of_request(session: Session, request_id: int) -> Linked | None:
    """Find the pairs of a request that its newcomer knows of, else whose it is."""
    request = session.get(BuddyRequest, request_id)
    if request is None:
        return None
    newcomer = session.get_one(Newcomer, request.newcomer_id)
    live = turns.list_live_for(session, request_id)
    told = [each for each in live if is_told(each, Side.NEWCOMER)]
    return _among(session, newcomer, told, RaisedBy.NEWCOMER)


def find_of_volunteer(session: Session, volunteer_id: int) -> Linked | None:
    """Find the pairs that a volunteer knows of, else the volunteer."""
    volunteer = session.get(Volunteer, volunteer_id)
    if volunteer is None:
        return None
    live = turns.list_live_of(session, volunteer_id)
    told = [each for each in live if is_told(each, Side.VOLUNTEER)]
    return _among(session, volunteer, told, RaisedBy.VOLUNTEER)


def is_told(pairing: Pairing, side: Side) -> bool:
    """Say whether a side ever heard of a pairing that goes on, or is on hold."""
    return side in TOLD.get(seats.stage(pairing), tuple(Side))


def make(
    session: Session, found: Pairing | Newcomer | Volunteer, raised_by: RaisedBy
) -> Linked:
    """Say whom a concern is about, and whose lead handles it."""
    about = whom(found)
    home = session.get_one(Organisation, about.organisation_id)
    return Linked(about, raised_by, home)


def _among(
    session: Session,
    person: Newcomer | Volunteer,
    told: list[Pairing],
    raised_by: RaisedBy,
) -> Linked:
    """Take the only pair; of several, whoever raises it says which."""
    if len(told) == 1:
        return make(session, told[0], raised_by)
    return replace(make(session, person, raised_by), pairs=tuple(told))


def _who_says(link: Link) -> RaisedBy:
    """Tell who got a link; a referee is somebody."""
    return SIDES.get(link.side, RaisedBy.SOMEBODY)


def _find_subject(session: Session, link: Link) -> Pairing | Volunteer | None:
    if link.subject == "pairing":
        return session.get(Pairing, link.subject_id)
    if link.subject == "check_in":
        check_in = session.get(CheckIn, link.subject_id)
        return session.get(Pairing, check_in.pairing_id) if check_in else None
    referee = session.get(Referee, link.subject_id)
    return session.get(Volunteer, referee.volunteer_id) if referee else None
