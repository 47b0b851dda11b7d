"""What people of the scheme do for themselves: withdraw, change, pause, come back, leave.

Each is the same move that a coordinator makes for them, in `requests` and `volunteers`.
While a pairing is held nothing ends by itself: their coordinator is asked to look.
"""

from contextlib import suppress
from datetime import date, datetime

from sqlmodel import Session, col, select

from welcome.buddies import links
from welcome.buddies.clearances import clearing
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import new_contact, reaching, seats, turns
from welcome.buddies.lifecycle.exits import Ending
from welcome.buddies.lifecycle.new_contact import Contact
from welcome.buddies.links import About
from welcome.buddies.models.desk import Link, LinkPurpose, TaskKind
from welcome.buddies.models.pairings import Outcome
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    PausedBy,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people import requests, volunteers
from welcome.buddies.people.entering import REQUEST, SLIP_LIVES, VOLUNTEER
from welcome.buddies.people.volunteers import Offering, Pause
from welcome.buddies.rules.requirements import ClearanceKind, Standing
from welcome.buddies.scheme import Scheme
from welcome.buddies.tasks import raise_task
from welcome.errors import NotFound
from welcome.messages import outbox
from welcome.messages.errors import NoSafeHour
from welcome.messages.ways import Rule, Way

CHANGED = "something_changed"
PAIRED_ONCE = frozenset({RequestState.PAIRED, RequestState.CLOSED})
# Who paused themselves, or was silent, may come back by themselves.
OWN_PAUSES = frozenset({PausedBy.THEMSELVES, PausedBy.SILENCE})


def get_request(session: Session, link: Link) -> tuple[BuddyRequest, Newcomer]:
    """Return the request that a link is about, and whose it is; raises NotFound."""
    asked = (
        select(BuddyRequest, Newcomer)
        .join(Newcomer, col(Newcomer.id) == col(BuddyRequest.newcomer_id))
        .where(BuddyRequest.id == link.subject_id, col(Newcomer.erased_at).is_(None))
    )
    found = session.exec(asked).one_or_none() if link.subject == REQUEST else None
    if found is None:
        raise NotFound
    return found


def get_volunteer(session: Session, public_id: str) -> Volunteer:
    """Return the volunteer who is signed in; raises NotFound for who left."""
    asked = select(Volunteer).where(
        Volunteer.public_id == public_id,
        col(Volunteer.erased_at).is_(None),
        col(Volunteer.state) != VolunteerState.LEFT,
    )
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_linked_volunteer(session: Session, link: Link) -> Volunteer:
    """Return the volunteer that a link is about; raises NotFound for who left."""
    found = session.get(Volunteer, link.subject_id)
    if link.subject != VOLUNTEER or found is None:
        raise NotFound
    return get_volunteer(session, found.public_id)


def withdraw(
    session: Session,
    request: BuddyRequest,
    newcomer: Newcomer,
    scheme: Scheme,
    *,
    now: datetime,
) -> bool:
    """Withdraw a request and what it led to, or ask a coordinator where that is held.

    Returns whether it is withdrawn now; raises MoveRefused where it is over.
    """
    newcomer.heard_at = now
    if turns.is_any_held(turns.list_live_for(session, request.id)):
        _ask_to_talk(session, REQUEST, request.id, newcomer.organisation_id, now)
        return False
    ending = Ending(Outcome.NEWCOMER_TIME)
    requests.withdraw(session, request, ending, scheme, actor=None, now=now)
    return True


def may_ask_for_another(session: Session, request: BuddyRequest) -> bool:
    """Say whether somebody has a buddy or had one, and so may like another."""
    live = turns.list_live_for(session, request.id)
    return request.state in PAIRED_ONCE or any(map(seats.is_filled_by, live))


def ask_for_another(
    session: Session, request: BuddyRequest, newcomer: Newcomer, *, now: datetime
) -> None:
    """Have a coordinator hear that a newcomer would like somebody else.

    Nothing ends by itself, and nobody else is told.
    """
    newcomer.heard_at = now
    about, home = About(REQUEST, request.id), newcomer.organisation_id
    raise_task(session, TaskKind.WANTS_ANOTHER, home, about, now=now)


def change_contact(
    session: Session,
    request: BuddyRequest,
    newcomer: Newcomer,
    contact: Contact,
    scheme: Scheme,
    *,
    now: datetime,
) -> str:
    """Change how somebody is reached; the code of a new slip is returned.

    Every older link ends. Whoever held the link may be somebody else: a coordinator
    looks at it, and the old address hears of it. Raises BadAddress, BadPhone and
    NoWayToReach.
    """
    # Where others see what arrives, the letter would say too much.
    may_hear = newcomer.channel is Channel.EMAIL and not newcomer.shares_phone
    old = newcomer.email if may_hear else None
    rule = scheme.rule(Way.EMAIL, newcomer.safe_from, newcomer.safe_until)
    new_contact.change(session, newcomer, contact, scheme, actor=None, now=now)
    whose, home = reaching.about(newcomer), newcomer.organisation_id
    raise_task(session, TaskKind.CONTACT_BY_LINK, home, whose, now=now)
    if old and old != newcomer.email:
        _tell_old(session, old, newcomer.tag, rule, scheme, now)
    newcomer.heard_at = now
    about, purpose = About(REQUEST, request.id), LinkPurpose.MY_REQUEST
    return links.make(session, purpose, about, now=now, lives=SLIP_LIVES).code


def pause(
    session: Session,
    volunteer: Volunteer,
    back_on: date | None,
    scheme: Scheme,
    *,
    now: datetime,
) -> None:
    """Ask a volunteer nothing new for a while; raises MoveRefused."""
    why = Pause(PausedBy.THEMSELVES, back_on)
    volunteers.pause(session, volunteer, why, scheme, actor=None, now=now)
    volunteer.heard_at = now


def come_back(
    session: Session, volunteer: Volunteer, scheme: Scheme, *, now: datetime
) -> None:
    """End a pause that was the volunteer's own; raises MoveRefused for any other.

    Raises NotCleared where something they must hold has run out meanwhile.
    """
    if volunteer.paused_by not in OWN_PAUSES:
        wanted = VolunteerState.CLEARED.value
        raise MoveRefused(state=volunteer.state.value, wanted=wanted)
    volunteers.come_back(session, volunteer, None, scheme, actor=None, now=now)
    volunteer.heard_at = now


def change_offering(
    session: Session, volunteer: Volunteer, offering: Offering, *, now: datetime
) -> None:
    """Change a volunteer's places, times and home; raises PlacesHeld.

    Whoever says so is still free.
    """
    volunteers.change_offering(session, volunteer, offering, actor=None, now=now)
    volunteer.heard_at = now


def change_reach(
    session: Session,
    volunteer: Volunteer,
    contact: Contact,
    scheme: Scheme,
    *,
    now: datetime,
) -> None:
    """Change how a volunteer is reached; every older link ends.

    Raises BadAddress, BadPhone and NoWayToReach.
    """
    new_contact.change(session, volunteer, contact, scheme, actor=None, now=now)
    volunteer.heard_at = now


def leave(
    session: Session, volunteer: Volunteer, scheme: Scheme, *, now: datetime
) -> bool:
    """Leave the scheme, or ask a coordinator where a pairing is held.

    Returns whether they left now; raises MoveRefused.
    """
    volunteer.heard_at = now
    if turns.is_any_held(turns.list_live_of(session, volunteer.id)):
        _ask_to_talk(session, VOLUNTEER, volunteer.id, volunteer.organisation_id, now)
        return False
    ending = Ending(Outcome.VOLUNTEER_TIME)
    volunteers.leave(session, volunteer, ending, scheme, actor=None, now=now)
    return True


def _tell_old(
    session: Session, old: str, tag: str, rule: Rule, scheme: Scheme, now: datetime
) -> None:
    """Tell an address that something changed, in its hours; never what, or to what."""
    with suppress(NoSafeHour):
        outbox.write_by_rule(
            session, CHANGED, rule, to=old, tag=tag, now=now, place=scheme.place_name
        )


def list_needed(
    session: Session, volunteer: Volunteer, today: date
) -> list[ClearanceKind]:
    """List what is still to be seen for the first role they offer, in the usual order."""
    judged = clearing.judge_volunteer(session, volunteer, today)
    met = {Standing.MET, Standing.LAPSING}
    findings = judged[0].findings if judged else ()
    return [each.kind for each in findings if each.standing not in met]


def _ask_to_talk(
    session: Session, subject: str, number: int, organisation_id: int, now: datetime
) -> None:
    about = About(subject, number)
    raise_task(session, TaskKind.WANTS_TO_TALK, organisation_id, about, now=now)
