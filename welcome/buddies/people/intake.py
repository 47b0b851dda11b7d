"""Taking people in: a volunteer applies, a newcomer asks, a partner refers.

Only what the scheme needs is asked for. Whoever is known already by the same address
or number is told so by themselves; what the form shows is the same for everybody.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, is_allowed
from welcome.buddies import contacts, links
from welcome.buddies.errors import SchemeNotOpen
from welcome.buddies.links import About
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.desk import LinkPurpose, TaskKind
from welcome.buddies.models.people import (
    Newcomer,
    Volunteer,
)
from welcome.buddies.models.requests import BuddyRequest, RequestSource
from welcome.buddies.people.applications import (
    Application,
    Asking,
    Household,
    Taken,
    Told,
    refuse_unfit,
)
from welcome.buddies.people.knowing import (
    P,
    find_known,
    find_sent,
    id_of_form,
    tell_known,
)
from welcome.buddies.people.speaking import (
    set_newcomer_languages,
    set_volunteer_languages,
)
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.buddies.tasks import raise_task
from welcome.errors import NotAllowed
from welcome.partners.access import (
    find_council,
    list_members,
    list_organisations,
    list_own_ids,
)
from welcome.partners.models import Organisation

# A slip is kept in a pocket while somebody waits.
SLIP_LIVES = timedelta(days=90)
NEWCOMER, REQUEST, VOLUNTEER = "newcomer", "buddy_request", "volunteer"


def apply(session: Session, application: Application, *, now: datetime) -> Taken:
    """Take in somebody who would like to be a buddy, once for each form.

    Raises BadAddress, BadPhone, NoWayToReach, BadHours, NotAnAdult, NothingSpoken and
    SchemeNotOpen.
    """
    refuse_unfit(application)
    home = get_receiving(session)
    write = partial(_write_volunteer, session, application, home, now)
    return _once(session, Volunteer, application, write, now)


def ask(session: Session, asking: Asking, *, now: datetime) -> Taken:
    """Take in a newcomer who would like a buddy, once for each form; raises as `apply`."""
    refuse_unfit(asking)
    home = get_receiving(session)

    def write() -> None:
        newcomer = _newcomer(session, asking, home, now)
        _write_request(session, newcomer, asking, RequestSource.SELF, now)

    return _once(session, Newcomer, asking, write, now)


def refer(session: Session, asking: Asking, *, actor: Account, now: datetime) -> Taken:
    """Take in a newcomer whom a partner refers, with their agreement; raises as `apply`.

    Raises NotAllowed for whoever works for no organisation that may refer.
    """
    refuse_unfit(asking)
    own = sorted(list_own_ids(session, actor))
    if not own or not is_allowed(session, actor, Permission.REFER):
        raise NotAllowed
    home = get_receiving(session)

    def write() -> None:
        newcomer = _newcomer(session, asking, home, now)
        newcomer.referrer_id, newcomer.referred_by_id = own[0], actor.id
        request = _write_request(session, newcomer, asking, RequestSource.PARTNER, now)
        journal.write(
            session, "request.referred", REQUEST, request.id, actor=actor, now=now
        )

    return _once(session, Newcomer, asking, write, now)


def get_receiving(session: Session) -> Organisation:
    """Return who takes in those who come by themselves; raises SchemeNotOpen.

    The council does, if somebody coordinates there; else the first whose people anybody
    would see.
    """
    council = find_council(session)
    rest = list_organisations(session)
    ordered = [council, *rest] if council else rest
    for each in ordered:
        if list_members(session, each.id, Permission.COORDINATE):
            return each
    if not ordered:
        raise SchemeNotOpen
    return ordered[0]


def _once(
    session: Session,
    kind: type[P],
    told: Told,
    write: Callable[[], None],
    now: datetime,
) -> Taken:
    """Write what one form says, unless it was sent before or its sender is known."""
    taken = Taken(links.spelt(links.derive(session, told.key)[1]))
    if find_sent(session, kind, told.key):
        return taken
    if known := find_known(session, kind, told):
        tell_known(session, known, now=now)
        return taken
    try:
        with session.begin_nested():
            write()
    except IntegrityError:
        # The same form was sent twice in the same moment.
        if find_sent(session, kind, told.key) is None:
            raise
        return taken
    return Taken(taken.code, find_sent(session, kind, told.key))


def _write_volunteer(
    session: Session, application: Application, home: Organisation, now: datetime
) -> None:
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
        session.add(
            Referee(
                volunteer_id=volunteer.id,
                name=each.name,
                email=contacts.normal_email(each.email) if each.email else None,
                phone=contacts.normal_phone(each.phone) if each.phone else None,
                relation=each.relation,
                moved_at=now,
            )
        )
    about = About(VOLUNTEER, volunteer.id)
    links.make(session, LinkPurpose.SIGN_IN, about, now=now, key=application.key)


def _newcomer(
    session: Session, asking: Asking, home: Organisation, now: datetime
) -> Newcomer:
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


def _write_request(
    session: Session,
    newcomer: Newcomer,
    asking: Asking,
    source: RequestSource,
    now: datetime,
) -> BuddyRequest:
    is_family = asking.household is Household.FAMILY
    request = BuddyRequest(
        newcomer_id=newcomer.id,
        moved_at=now,
        source=source,
        role=BuddyRole.FAMILY if is_family else BuddyRole.ADULT,
        adults=2 if asking.household is Household.COUPLE else 1,
        buddies=asking.buddies if is_family else 1,
        waiting_since=now,
    )
    session.add(request)
    session.flush()
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
