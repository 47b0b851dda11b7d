"""Taking people in: a volunteer applies, a newcomer asks, a partner refers.

Only what the scheme needs is asked for. Whoever is known already by their name and the
same address or number is told so by themselves; of another name they are somebody else,
at whom a coordinator looks. What the form shows is the same for everybody.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, is_allowed
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import RequestSource
from welcome.buddies.people.applications import (
    Application,
    Asking,
    Taken,
    Told,
    refuse_unfit,
)
from welcome.buddies.people.entering import (
    REQUEST,
    code_of,
    write_newcomer,
    write_once,
    write_request,
    write_volunteer,
)
from welcome.buddies.people.errors import SchemeNotOpen
from welcome.buddies.people.knowing import (
    P,
    find_known,
    find_sent,
    take_turn,
    tell_known,
)
from welcome.errors import NotAllowed
from welcome.partners.access import (
    find_council,
    list_members,
    list_organisations,
    list_own_ids,
)
from welcome.partners.models import Organisation


def apply(session: Session, application: Application, *, now: datetime) -> Taken:
    """Take in somebody who would like to be a buddy, once for each form.

    Raises BadAddress, BadPhone, NoWayToReach, BadHours, NotAnAdult, NothingSpoken,
    RefereeUnreachable, RefereeTaken and SchemeNotOpen.
    """
    refuse_unfit(application)
    home = get_receiving(session)
    take_turn(session, home)
    write = partial(write_volunteer, session, application, home, now)
    return _once(session, Volunteer, application, write, now)


def ask(session: Session, asking: Asking, *, now: datetime) -> Taken:
    """Take in a newcomer who would like a buddy, once for each form; raises as `apply`."""
    refuse_unfit(asking)
    home = get_receiving(session)
    take_turn(session, home)

    def write() -> None:
        newcomer = write_newcomer(session, asking, home, now)
        write_request(session, newcomer, asking, RequestSource.SELF, now)

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
    take_turn(session, home)

    def write() -> None:
        newcomer = write_newcomer(session, asking, home, now)
        newcomer.referrer_id, newcomer.referred_by_id = own[0], actor.id
        request = write_request(session, newcomer, asking, RequestSource.PARTNER, now)
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
    write: Callable[[], object],
    now: datetime,
) -> Taken:
    """Write what one form says, unless it was sent before or its sender is known."""
    if find_sent(session, kind, told.key):
        return Taken(code_of(session, told))
    if known := find_known(session, kind, told):
        tell_known(session, known, told, now=now)
        return Taken(code_of(session, told))
    return write_once(session, kind, told, write)
