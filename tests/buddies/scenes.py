"""People, requests and pairings as they stand in a database, and what can be seen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, select

from welcome.accounts.models import JournalEntry
from welcome.buddies import contacts
from welcome.buddies.lifecycle.seats import FILLS
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.desk import Link, Task
from welcome.buddies.models.pairings import (
    HOLDS_PLACE,
    CheckIn,
    Pairing,
    PairingState,
)
from welcome.buddies.models.people import (
    Area,
    AreaKind,
    Channel,
    Newcomer,
    NewcomerLanguage,
    Volunteer,
    VolunteerLanguage,
    VolunteerState,
)
from welcome.buddies.models.requests import (
    Block,
    BuddyRequest,
    RequestSource,
    RequestState,
)
from welcome.buddies.rules.vocabulary import BuddyRole, Level
from welcome.buddies.scheme import Scheme
from welcome.database import Base
from welcome.messages.models import Message
from welcome.partners.models import Organisation, OrganisationKind

SCHEME = Scheme(
    site_url="https://welcome.example.org/",
    place_name="Town",
    zone=ZoneInfo("Europe/London"),
)
LONG = date(2030, 1, 1)
SEEN = (
    Volunteer, BuddyRequest, Pairing, CheckIn, Task, Message, Link, Block, JournalEntry,
)  # fmt: skip
_numbers = count(1)


def organisation(session: Session, now: datetime) -> Organisation:
    """The one organisation of most tests, made when first asked for."""
    found = session.exec(select(Organisation)).first()
    if found is None:
        kind = OrganisationKind.CHARITY
        found = Organisation(name="Open Door", kind=kind, created_at=now)
        session.add(found)
        session.flush()
    return found


def newcomer(session: Session, now: datetime, **values: object) -> Newcomer:
    """Somebody who reads e-mail and speaks Tigrinya and Arabic."""
    number = next(_numbers)
    values = {"times": 0b111, "is_adult": True, "name": f"Newcomer {number}"} | values
    values.setdefault("organisation_id", organisation(session, now).id)
    made = Newcomer(created_at=now, heard_at=now, **values)
    contacts.set_email(session, made, f"n{number}@example.org")
    contacts.set_phone(session, made, "07911 123456")
    session.add(made)
    session.flush()
    for language in ("ti", "ar"):
        session.add(
            NewcomerLanguage(newcomer_id=made.id, language=language, level=Level.FIRST)
        )
    session.flush()
    return made


def volunteer(session: Session, now: datetime, **values: object) -> Volunteer:
    """Somebody cleared for adults, who speaks English and Arabic."""
    number = next(_numbers)
    values = {
        "times": 0b110,
        "is_adult": True,
        "name": f"Volunteer {number}",
        "state": VolunteerState.CLEARED,
    } | values
    values.setdefault("organisation_id", organisation(session, now).id)
    made = Volunteer(created_at=now, heard_at=now, moved_at=now, **values)
    contacts.set_email(session, made, f"v{number}@example.org")
    contacts.set_phone(session, made, "07911 123457")
    session.add(made)
    session.flush()
    session.add(ClearedFor(volunteer_id=made.id, role=BuddyRole.ADULT, until=LONG))
    for language in ("en", "ar"):
        session.add(
            VolunteerLanguage(volunteer_id=made.id, language=language, level=Level.WELL)
        )
    session.flush()
    return made


def request(
    session: Session, someone: Newcomer, now: datetime, **values: object
) -> BuddyRequest:
    """An open request that has waited for ten days."""
    made = BuddyRequest(
        newcomer_id=someone.id,
        moved_at=now,
        source=RequestSource.SELF,
        waiting_since=now - timedelta(days=10),
        **values,
    )
    session.add(made)
    session.flush()
    return made


def area(session: Session) -> Area:
    """A part of a postcode."""
    made = Area(code="WS1 4", name="WS1 4", kind=AreaKind.SECTOR, easting=0, northing=0)
    session.add(made)
    session.flush()
    return made


@dataclass
class Scene:
    """A pairing that stands somewhere, with those it is about."""

    newcomer: Newcomer
    volunteer: Volunteer
    request: BuddyRequest
    pairing: Pairing


def scene(
    session: Session,
    now: datetime,
    state: PairingState = PairingState.DRAFT,
    held_from: PairingState | None = None,
    channel: Channel = Channel.EMAIL,
) -> Scene:
    """A pairing in a state, as it would stand had it come there step by step."""
    one, other = newcomer(session, now), volunteer(session, now)
    one.channel = other.channel = channel
    stage = held_from or state
    asks = request(session, one, now)
    if stage in FILLS:
        asks.state = RequestState.PAIRED
    other.held = int(state in HOLDS_PLACE)
    introduced = now if stage in FILLS - {PairingState.AGREED} else None
    made = Pairing(
        request_id=asks.id,
        newcomer_id=one.id,
        volunteer_id=other.id,
        state=state,
        held_from=held_from.value if held_from else None,
        moved_at=now,
        lead_id=one.organisation_id,
        asked_at=now,
        expires_at=now + timedelta(days=7),
        introduced_at=introduced,
        asks_on=(now + timedelta(days=14)).date() if introduced else None,
    )
    session.add(made)
    session.flush()
    session.commit()
    return Scene(one, other, asks, made)


def everything(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """All that an act could change, row by row."""
    session.flush()
    found = {}
    for model in SEEN:
        table = Base.metadata.tables[model.__tablename__]
        rows = session.connection().execute(sa.select(table).order_by(table.c.id))
        found[table.name] = [tuple(map(str, row)) for row in rows]
    return found


def letters(session: Session) -> list[tuple[str, str]]:
    """Which letter went to whom, in order."""
    found = session.exec(select(Message).order_by(Message.id))
    return [(each.letter, each.recipient) for each in found]


def open_tasks(session: Session) -> list[tuple[str, str, int]]:
    """The tasks that wait, by kind and subject."""
    found = session.exec(select(Task).where(Task.done_at.is_(None)).order_by(Task.id))
    return [(each.kind.value, each.subject, each.subject_id) for each in found]


NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
