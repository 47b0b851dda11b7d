"""Somebody is reached in another way from now on: the old one is safe no more.

What waits to go there is taken back, and written again to where it may go now; links
that went there are worthless; whoever waits for an introduction learns the new way.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import contacts, links, noting
from welcome.buddies.errors import BadHours, NoReferrer, NoWayToReach, PersonErased
from welcome.buddies.lifecycle import letters, reaching, turns
from welcome.buddies.lifecycle.checkins import GOES_ON
from welcome.buddies.lifecycle.exits import ASKED
from welcome.buddies.lifecycle.reaching import Person
from welcome.buddies.models.desk import Link, TaskKind
from welcome.buddies.models.pairings import CheckIn, CheckInState, Pairing, Side
from welcome.buddies.models.people import Channel, Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.noting import Heard
from welcome.buddies.scheme import Scheme
from welcome.buddies.tasks import raise_task
from welcome.messages import outbox

WRITTEN_AGAIN = frozenset(
    {
        *letters.PROPOSALS.values(),
        letters.REMINDER,
        letters.INTRODUCTION,
        *letters.QUESTIONS.values(),
    }
)


@dataclass(frozen=True)
class Contact:
    """How somebody wants to be reached from now on; no hours are those there were."""

    channel: Channel
    email: str = ""
    phone: str = ""
    shares_phone: bool = False
    hours: tuple[int, int] | None = None
    # What to mind; none is what it was.
    note: str | None = None
    heard: Heard | None = None


def change(
    session: Session,
    person: Person,
    contact: Contact,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Change how somebody is reached.

    Raises BadAddress, BadPhone, BadHours, NoWayToReach, NoReferrer and PersonErased.
    """
    if person.erased_at is not None:
        raise PersonErased
    live = _take_live(session, person)
    lost = _take_back(session, person, now)
    old = _list_telling(person)
    _set(session, person, contact)
    side = _side_of(person)
    _end_links(session, person, side, now)
    _write_again(session, person, live, lost, scheme, now=now)
    for pairing in live:
        _correct(session, pairing, letters.other(side), old, scheme, now)
    noting.write(
        session,
        "person.contact_changed",
        person,
        actor=actor,
        now=now,
        heard=contact.heard,
    )


def has_referrer(person: Person) -> bool:
    """Say whether an organisation referred somebody, and may stand between."""
    return isinstance(person, Newcomer) and person.referrer_id is not None


def _side_of(person: Person) -> Side:
    return Side(noting.SUBJECTS[type(person)])


def _set(session: Session, person: Person, contact: Contact) -> None:
    needed = {
        Channel.EMAIL: contact.email,
        Channel.TEXT: contact.phone,
        Channel.CALL: contact.phone,
    }
    if not needed.get(contact.channel, "none"):
        raise NoWayToReach
    if contact.channel is Channel.REFERRER and not has_referrer(person):
        raise NoReferrer
    if contact.hours:
        if contact.hours[0] >= contact.hours[1]:
            raise BadHours
        person.safe_from, person.safe_until = contact.hours
    if contact.note is not None:
        person.safe_note = contact.note or None
    contacts.set_email(session, person, contact.email)
    contacts.set_phone(session, person, contact.phone)
    person.channel, person.shares_phone = contact.channel, contact.shares_phone
    session.add(person)
    session.flush()


def _take_live(session: Session, person: Person) -> list[Pairing]:
    """Wait for whoever moves a live pairing of somebody; list these, read anew."""
    if isinstance(person, Volunteer):
        return turns.take_all_of(session, person.id)
    asked = select(BuddyRequest.id).where(BuddyRequest.newcomer_id == person.id)
    live = []
    for request_id in session.exec(asked.order_by(col(BuddyRequest.id))).all():
        turns.take_request(session, request_id)
        live += turns.list_live_for(session, request_id)
    return live


def _take_back(session: Session, person: Person, now: datetime) -> set[str]:
    """Take back what waits to go to somebody; tell which letters these were.

    Of others who are reached in the same way, a coordinator sees to it by hand.
    """
    lost = set()
    for address in (person.email, person.phone):
        if address:
            waiting = outbox.indexes_of(session, address)
            lost |= {each.letter for each in outbox.list_waiting_for(session, waiting)}
            reaching.take_back(session, address, now=now)
    if lost:
        for each in _list_sharing(session, person):
            _reach_by_hand(session, each, now)
    return lost


def _list_sharing(session: Session, person: Person) -> list[Person]:
    """List who else is reached at an address or number of somebody."""
    newcomers = select(Newcomer).where(_is_shared(Newcomer, person))
    volunteers = select(Volunteer).where(_is_shared(Volunteer, person))
    return [*session.exec(newcomers), *session.exec(volunteers)]


def _is_shared(
    kind: type[Newcomer] | type[Volunteer], person: Person
) -> sa.ColumnElement[bool]:
    indexes = [each for each in (person.email_index, person.phone_index) if each]
    return sa.and_(
        sa.or_(col(kind.email_index).in_(indexes), col(kind.phone_index).in_(indexes)),
        col(kind.public_id) != person.public_id,
        col(kind.erased_at).is_(None),
    )


def _list_telling(person: Person) -> list[str]:
    """List what tells how somebody was reached."""
    said = [person.email, person.phone]
    if person.phone:
        said.append(contacts.shown_phone(person.phone))
    return [each for each in said if each]


def _end_links(session: Session, person: Person, side: Side, now: datetime) -> None:
    own = Pairing.newcomer_id if side is Side.NEWCOMER else Pairing.volunteer_id
    pairings = sa.select(col(Pairing.id)).where(col(own) == person.id)
    check_ins = sa.select(col(CheckIn.id)).where(col(CheckIn.pairing_id).in_(pairings))
    requests = sa.select(col(BuddyRequest.id)).where(
        col(BuddyRequest.newcomer_id) == person.id
    )
    about = {
        side.value: col(Link.subject_id) == person.id,
        "pairing": col(Link.subject_id).in_(pairings),
        "check_in": col(Link.subject_id).in_(check_ins),
    }
    if side is Side.NEWCOMER:
        about["buddy_request"] = col(Link.subject_id).in_(requests)
    for subject, which in about.items():
        links.end_side(session, subject, which, side.value, now=now)


def _write_again(
    session: Session,
    person: Person,
    live: Collection[Pairing],
    lost: Collection[str],
    scheme: Scheme,
    *,
    now: datetime,
) -> None:
    """Ask anew whoever is being asked; what cannot be written again is told by hand."""
    side = _side_of(person)
    for pairing in live:
        if ASKED.get(pairing.state) is side:
            letters.propose(session, pairing, side, scheme, now=now)
        elif letters.INTRODUCTION in lost and pairing.state in GOES_ON:
            letters.introduce_to(session, pairing, side, scheme, now=now)
    asked = select(CheckIn).where(
        col(CheckIn.pairing_id).in_(
            [each.id for each in live if each.state in GOES_ON]
        ),
        CheckIn.side == side,
        CheckIn.state == CheckInState.ASKED,
    )
    for check_in in session.exec(asked.order_by(col(CheckIn.id))).all():
        letters.ask_how_it_goes(session, check_in, scheme, now=now)
    if not WRITTEN_AGAIN.issuperset(lost):
        _reach_by_hand(session, person, now)


def _correct(
    session: Session,
    pairing: Pairing,
    side: Side,
    old: Collection[str],
    scheme: Scheme,
    now: datetime,
) -> None:
    """Write anew an introduction that waits and tells one side the old way."""
    reader = letters.get_person(session, pairing, side)
    indexes = [each for each in (reader.email_index, reader.phone_index) if each]
    for message in outbox.list_waiting_for(session, indexes):
        tells = any(each in message.body for each in old)
        if message.letter == letters.INTRODUCTION and tells:
            outbox.discard(session, message, actor=None, now=now)
            letters.introduce_to(session, pairing, side, scheme, now=now)


def _reach_by_hand(session: Session, person: Person, now: datetime) -> None:
    about = reaching.about(person)
    kind = TaskKind.REACH_BY_HAND
    raise_task(session, kind, person.organisation_id, about, now=now)
