"""Writing newcomers, volunteers and requests down, once for each form that is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from welcome.buddies import contacts, links
from welcome.buddies.clearances.referees import Named, name_referee
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose, TaskKind
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest, RequestSource
from welcome.buddies.people.applications import (
    Application,
    Asking,
    Taken,
    Told,
    wanted_by,
)
from welcome.buddies.people.knowing import P, find_sent, id_of_form, tell_of_alike
from welcome.buddies.people.requests import Wanted, open_request
from welcome.buddies.people.speaking import (
    set_newcomer_languages,
    set_volunteer_languages,
)
from welcome.buddies.tasks import raise_task
from welcome.partners.models import Organisation

# A slip is kept in a pocket while somebody waits.
SLIP_LIVES = timedelta(days=90)
NEWCOMER, REQUEST, VOLUNTEER = "newcomer", "buddy_request", "volunteer"


def code_of(session: Session, told: Told) -> str:
    """Give the code that belongs to a form, whatever comes of it."""
    return links.spelt(links.derive(session, told.key)[1])


def write_once(
    session: Session, kind: type[P], told: Told, write: Callable[[], object]
) -> Taken:
    """Write what one form says, unless it was sent in the same moment."""
    code = code_of(session, told)
    try:
        with session.begin_nested():
            write()
    except IntegrityError:
        if find_sent(session, kind, told.key) is None:
            raise
        return Taken(code)
    person = find_sent(session, kind, told.key)
    if person is not None:
        tell_of_alike(session, person, told, now=person.created_at)
    return Taken(code, person)


def write_volunteer(
    session: Session, application: Application, home: Organisation, now: datetime
) -> Volunteer:
    """Write down somebody who would like to be a buddy, and whom they name.

    Raises BadAddress, BadPhone, RefereeUnreachable and RefereeTaken.
    """
    volunteer = Volunteer(
        **_shared(session, application, home, now),
        moved_at=now,
        offers=[each.value for each in application.offers],
        capacity=application.capacity,
        reach_m=application.reach_m,
    )
    _add(session, volunteer, application)
    set_volunteer_languages(session, volunteer, application.languages)
    for each in application.referees:
        named = Named(each.name, each.relation, each.email, each.phone)
        name_referee(session, volunteer, named, actor=None, now=now)
    about = About(VOLUNTEER, volunteer.id)
    links.make(session, LinkPurpose.SIGN_IN, about, now=now, key=application.key)
    return volunteer


def write_newcomer(
    session: Session, asking: Asking, home: Organisation, now: datetime
) -> Newcomer:
    """Write a newcomer down; raises BadAddress and BadPhone."""
    newcomer = Newcomer(
        **_shared(session, asking, home, now),
        interpreter=asking.interpreter or None,
        avoids_own_community=asking.avoids_own_community,
        never_told=asking.never_told or None,
    )
    _add(session, newcomer, asking)
    set_newcomer_languages(session, newcomer, asking.languages)
    if asking.never_told:
        about = About(NEWCOMER, newcomer.id)
        raise_task(session, TaskKind.NAME_TO_KEEP_AWAY, home.id, about, now=now)
    return newcomer


def write_request(
    session: Session,
    newcomer: Newcomer,
    asking: Asking,
    source: RequestSource,
    now: datetime,
) -> BuddyRequest:
    """Let a newcomer wait, and make the code of their slip."""
    role, adults, buddies = wanted_by(asking.household, asking.buddies)
    wanted = Wanted(source=source, role=role, adults=adults, buddies=buddies)
    request = open_request(session, newcomer, wanted, actor=None, now=now)
    about = About(REQUEST, request.id)
    links.make(
        session,
        LinkPurpose.MY_REQUEST,
        about,
        now=now,
        lives=SLIP_LIVES,
        key=asking.key,
    )
    return request


def _shared(
    session: Session, told: Told, home: Organisation, now: datetime
) -> dict[str, Any]:
    """Give what is kept of newcomers and volunteers alike."""
    said = told.kept()
    return said | {
        "public_id": id_of_form(session, told.key),
        "organisation_id": home.id,
        "noticed_at": now,
        "created_at": now,
        "heard_at": now,
    }


def _add(session: Session, person: Newcomer | Volunteer, told: Told) -> None:
    contacts.set_email(session, person, told.email)
    contacts.set_phone(session, person, told.phone)
    session.add(person)
    session.flush()
