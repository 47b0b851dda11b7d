"""A slip: a code on paper for somebody who is not written to.

It names nobody and says nothing that a finder could use: only where a code may be typed.
"""

from dataclasses import dataclass
from datetime import datetime

import segno
from sqlmodel import Session

from welcome import locales
from welcome.accounts.models import Account
from welcome.buddies import links, noting
from welcome.buddies.clearances.clearing import GONE
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import letters
from welcome.buddies.lifecycle.exits import ASKED
from welcome.buddies.lifecycle.reaching import PATHS, Person
from welcome.buddies.links import About, Made
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import CheckIn, CheckInState, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.noting import Noted
from welcome.buddies.people.entering import REQUEST, SLIP_LIVES, VOLUNTEER
from welcome.buddies.scheme import Scheme
from welcome.locales.formats import format_date
from welcome.locales.typography import css
from welcome.partners.models import Organisation
from welcome.phrases import catalogues
from welcome.phrases.templates import environment

# Where a code is typed.
CODE_PATH = "/-/take-part/code"
# Of half a page, where the widest scripts need a whole one otherwise.
POINTS = 10
ACT = "slip.printed"
WAITS = frozenset({CheckInState.DUE, CheckInState.ASKED})


@dataclass(frozen=True)
class Slip:
    """What stands on a slip, and in which locale."""

    tag: str
    made: Made
    phone: str


def for_request(
    session: Session,
    request: BuddyRequest,
    newcomer: Newcomer,
    *,
    is_lost: bool,
    actor: Account,
    now: datetime,
) -> Slip:
    """Make the slip by which somebody sees and changes what they asked for.

    Where the one before was lost, it and every other link about the request ends.
    """
    about = About(REQUEST, request.id)
    if is_lost:
        links.end_all(session, about, now=now)
    made = links.make(session, LinkPurpose.MY_REQUEST, about, now=now, lives=SLIP_LIVES)
    return _slip(session, newcomer, made, request, actor=actor, now=now)


def for_volunteer(
    session: Session,
    volunteer: Volunteer,
    *,
    is_lost: bool,
    actor: Account,
    now: datetime,
) -> Slip:
    """Make the slip by which a volunteer signs in, once; raises MoveRefused for who left.

    Where the one before was lost, it and every other link of theirs ends.
    """
    if volunteer.state in GONE:
        raise MoveRefused(state=volunteer.state.value, wanted=volunteer.state.value)
    about = About(VOLUNTEER, volunteer.id)
    if is_lost:
        links.end_all(session, about, now=now)
    made = links.make(session, LinkPurpose.SIGN_IN, about, now=now, lives=SLIP_LIVES)
    return _slip(session, volunteer, made, volunteer, actor=actor, now=now)


def for_answer(
    session: Session, pairing: Pairing, *, actor: Account, now: datetime
) -> Slip:
    """Make the slip by which whoever is asked says yes or no; raises MoveRefused."""
    side, until = ASKED.get(pairing.state), pairing.expires_at
    if side is None or until is None or until <= now:
        raise MoveRefused(state=pairing.state.value, wanted=pairing.state.value)
    about = About("pairing", pairing.id, side.value)
    made = links.make(session, LinkPurpose.ANSWER, about, now=now, lives=until - now)
    person = letters.get_person(session, pairing, side)
    return _slip(session, person, made, pairing, actor=actor, now=now)


def for_check_in(
    session: Session, check_in: CheckIn, *, actor: Account, now: datetime
) -> Slip:
    """Make the slip by which one side says how it goes; raises MoveRefused."""
    if check_in.state not in WAITS:
        raise MoveRefused(state=check_in.state.value, wanted=CheckInState.ASKED.value)
    about = About("check_in", check_in.id, check_in.side.value)
    made = links.make(session, LinkPurpose.CHECK_IN, about, now=now)
    pairing = session.get_one(Pairing, check_in.pairing_id)
    person = letters.get_person(session, pairing, check_in.side)
    return _slip(session, person, made, check_in, actor=actor, now=now)


def render(slip: Slip, scheme: Scheme) -> str:
    """Set a slip for paper, in the locale of whoever gets it."""
    locale = locales.get(slip.tag)
    purpose, until = slip.made.link.purpose, slip.made.link.expires_at
    return (
        environment(slip.tag)
        .get_template("print/slip.html")
        .render(
            faces=css({locale}, "print", body=POINTS),
            place=scheme.place_name,
            purpose=purpose.value,
            code=slip.made.code,
            address=_spoken(scheme.address(CODE_PATH)),
            drawn=_draw(scheme.address(PATHS[purpose] + slip.made.token)),
            until=format_date(locale, scheme.today(until)),
            phone=slip.phone,
        )
    )


def phone_of(session: Session, person: Person) -> str:
    """Give the number that a person may call, of the organisation they belong to."""
    return session.get_one(Organisation, person.organisation_id).safeguarding_phone


def _slip(
    session: Session,
    person: Person,
    made: Made,
    row: Noted,
    *,
    actor: Account,
    now: datetime,
) -> Slip:
    noting.write(
        session, ACT, row, actor=actor, now=now, purpose=made.link.purpose.value
    )
    return Slip(catalogues.nearest(person.tag), made, phone_of(session, person))


def _spoken(address: str) -> str:
    """Write an address as it is typed."""
    return address.partition("://")[2]


def _draw(address: str) -> str:
    """Draw a link as a QR code, for who has a camera and does not type."""
    code = segno.make(address, error="m", micro=False)
    drawn: str = code.svg_inline(border=2, omitsize=True, dark="#000", light="#fff")
    return drawn
