"""Who is known already, and how they, and nobody else, are told that somebody asked."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.buddies import contacts
from welcome.buddies.links import About
from welcome.buddies.models.desk import TaskKind
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people import wrote_again
from welcome.buddies.people.applications import Told
from welcome.buddies.people.finding import folded
from welcome.buddies.tasks import raise_and_take, raise_task
from welcome.database import keyring_of
from welcome.messages import outbox
from welcome.messages.models import Message
from welcome.partners.models import Organisation

LETTER = "known_already"
# Nobody's letter box is filled by whoever knows an address.
BETWEEN_LETTERS = timedelta(days=1)
LIVE = (RequestState.OPEN, RequestState.ON_HOLD, RequestState.PAIRED)
WHOLE_DAY = (0, 24)

P = TypeVar("P", bound=Newcomer | Volunteer)


def id_of_form(session: Session, key: str) -> str:
    """Give the public id of whomever a form brings in: two of one form collide."""
    return keyring_of(session).index("form", key)[:32]


def take_turn(session: Session, home: Organisation) -> None:
    """Wait for whoever is being taken in: two in one moment would not know each other."""
    asked = select(Organisation.id).where(Organisation.id == home.id)
    session.exec(asked.with_for_update(key_share=True)).one()


def find_sent(session: Session, kind: type[P], key: str) -> P | None:
    """Find whom the same form brought in before."""
    same = col(kind.public_id) == id_of_form(session, key)
    return session.exec(select(kind).where(same)).first()


def find_known(
    session: Session, kind: type[P], told: Told, own: Collection[int] | None = None
) -> P | None:
    """Find who takes part already: of the same name, with this address or number.

    Of some organisations, where these are named. Raises BadAddress and BadPhone.
    """
    alike = _list_alike(session, kind, told, own)
    return next((each for each in alike if _is_same_name(each, told)), None)


def tell_of_alike(session: Session, person: P, told: Told, *, now: datetime) -> None:
    """Have coordinators look at somebody new who is reached as somebody else is.

    Whom another organisation looks after is nobody to them. Raises BadAddress and
    BadPhone.
    """
    own = (person.organisation_id,)
    alike = _list_alike(session, type(person), told, own)
    if any(each.id != person.id for each in alike):
        about, home = _about(person), person.organisation_id
        raise_task(session, TaskKind.PERHAPS_TWICE, home, about, now=now)


def _list_alike(
    session: Session, kind: type[P], told: Told, own: Collection[int] | None
) -> list[P]:
    """List who takes part with this address, or this number if it is their own."""
    same: list[sa.ColumnElement[bool]] = []
    if told.email:
        index = contacts.email_index(session, contacts.normal_email(told.email))
        same.append(col(kind.email_index) == index)
    if told.phone and not told.shares_phone:
        index = contacts.phone_index(session, contacts.normal_phone(told.phone))
        same.append((col(kind.phone_index) == index) & ~col(kind.shares_phone))
    if not same:
        return []
    theirs = sa.true() if own is None else col(kind.organisation_id).in_(own)
    return _list_here(session, kind, sa.or_(*same) & theirs)


def _is_same_name(person: Newcomer | Volunteer, told: Told) -> bool:
    """Tell whether a name is the same, however it is spaced, cased or accented."""
    return folded(person.name or "").split() == folded(told.name).split()


def list_volunteers(session: Session, email: str) -> list[Volunteer]:
    """List who take part as volunteers with an address; raises BadAddress."""
    index = contacts.email_index(session, contacts.normal_email(email))
    return _list_here(session, Volunteer, col(Volunteer.email_index) == index)


def _list_here(
    session: Session, kind: type[P], same: sa.ColumnElement[bool]
) -> list[P]:
    """List who takes part now: who left, or whose request is over, does not."""
    asked = select(kind).where(same, col(kind.erased_at).is_(None))
    if kind is Volunteer:
        asked = asked.where(col(Volunteer.state) != VolunteerState.LEFT)
    else:
        live = select(BuddyRequest.newcomer_id).where(col(BuddyRequest.state).in_(LIVE))
        asked = asked.where(col(Newcomer.id).in_(live))
    return list(session.exec(asked.order_by(col(kind.id))))


def tell_known(
    session: Session, person: Newcomer | Volunteer, told: Told, *, now: datetime
) -> None:
    """Tell somebody that a form was sent in their name, by their safe way alone.

    Nothing of theirs is changed by a form: it waits for their coordinators, who ask them
    what is new.
    """
    about, home = _about(person), person.organisation_id
    task = raise_and_take(session, TaskKind.WROTE_AGAIN, home, about, now=now)
    wrote_again.keep(task, told, now=now)
    session.add(task)
    session.flush()
    # Of what this letter has to say, nothing is left where others see what arrives.
    is_free = (person.safe_from, person.safe_until) == WHOLE_DAY
    is_safe = is_free and not person.shares_phone
    if person.channel is not Channel.EMAIL or not person.email or not is_safe:
        return
    if not was_written(session, LETTER, person.email, since=now - BETWEEN_LETTERS):
        outbox.write(session, LETTER, to=person.email, tag=person.tag, now=now)


def _about(person: Newcomer | Volunteer) -> About:
    return About(type(person).__name__.lower(), person.id)


def was_written(session: Session, letter: str, to: str, *, since: datetime) -> bool:
    """Tell whether a letter to an address was written lately."""
    asked = select(Message.id).where(
        Message.letter == letter,
        Message.recipient_index == contacts.email_index(session, to),
        Message.written_at > since,
    )
    return session.exec(asked.limit(1)).first() is not None
