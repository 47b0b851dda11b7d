"""What the two sides of a pairing are written, each in their own locale.

Letters say as little as they can: whoever looks over a shoulder learns nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from welcome.buddies import policies
from welcome.buddies.lifecycle.glimpses import contact_of
from welcome.buddies.lifecycle.reaching import Letter, Person, reach
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose, PolicyKind
from welcome.buddies.models.pairings import CheckIn, CheckInKind, Pairing, Side
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.scheme import Scheme
from welcome.phrases import catalogues

PROPOSALS = {
    Side.VOLUNTEER: "proposal_to_volunteer",
    Side.NEWCOMER: "proposal_to_newcomer",
}
QUESTIONS = {
    CheckInKind.DID_YOU_MEET: "did_you_meet",
    CheckInKind.WEEK_2: "check_in",
    CheckInKind.MONTHLY: "check_in",
    CheckInKind.REVIEW: "review",
}
INTRODUCTION = "introduction"
REMINDER = "proposal_reminder"
# Among the texts of the notices, one for each locale.
MEETING_PLACE = "meeting_place"


def get_person(session: Session, pairing: Pairing, side: Side) -> Person:
    """Return who stands on one side of a pairing."""
    if side is Side.NEWCOMER:
        return session.get_one(Newcomer, pairing.newcomer_id)
    return session.get_one(Volunteer, pairing.volunteer_id)


def other(side: Side) -> Side:
    """Name the other side."""
    return Side.VOLUNTEER if side is Side.NEWCOMER else Side.NEWCOMER


def propose(
    session: Session, pairing: Pairing, side: Side, scheme: Scheme, *, now: datetime
) -> None:
    """Ask one side whether they would like to meet the other."""
    letter = _asking(pairing, side, PROPOSALS[side], scheme, now)
    reach(session, get_person(session, pairing, side), letter, scheme, now=now)


def remind(
    session: Session, pairing: Pairing, side: Side, scheme: Scheme, *, now: datetime
) -> None:
    """Ask once more."""
    letter = _asking(pairing, side, REMINDER, scheme, now)
    reach(session, get_person(session, pairing, side), letter, scheme, now=now)


def introduce(
    session: Session, pairing: Pairing, scheme: Scheme, *, now: datetime
) -> None:
    """Tell each side the other's name, how to reach them, and where to meet."""
    for side in Side:
        introduce_to(session, pairing, side, scheme, now=now)


def introduce_to(
    session: Session, pairing: Pairing, side: Side, scheme: Scheme, *, now: datetime
) -> None:
    """Tell one side the other's name, how to reach them, and where to meet."""
    reader = get_person(session, pairing, side)
    contact = contact_of(get_person(session, pairing, other(side)))
    words: dict[str, object] = {
        "buddy": contact.name,
        "reached": contact.reached,
        "safe_from": contact.safe_from,
        "safe_until": contact.safe_until,
        "is_always": contact.is_always,
        "where": find_meeting_place(session, catalogues.nearest(reader.tag)),
    }
    letter = replace(_letter_to(pairing, side, INTRODUCTION, words), is_told=True)
    reach(session, reader, letter, scheme, now=now)


def find_meeting_place(session: Session, tag: str) -> str:
    """Find where a locale's readers are told to meet first; empty where it is not set."""
    notices = policies.find_newest(session, PolicyKind.NOTICES)
    texts = notices.settings.get("texts", {}) if notices else {}
    return str(texts.get(tag, {}).get(MEETING_PLACE, ""))


def say_no_longer(
    session: Session,
    pairing: Pairing,
    sides: Collection[Side],
    scheme: Scheme,
    *,
    now: datetime,
) -> None:
    """Tell sides that this goes no further; never why."""
    for side in sides:
        letter = _letter_to(pairing, side, "no_longer", {})
        reach(session, get_person(session, pairing, side), letter, scheme, now=now)


def announce_ending(
    session: Session, pairing: Pairing, ends_on: date, scheme: Scheme, *, now: datetime
) -> None:
    """Tell both sides the last day."""
    for side in Side:
        letter = _letter_to(pairing, side, "ending_notice", {"date": ends_on})
        letter = replace(letter, is_told=True)
        reach(session, get_person(session, pairing, side), letter, scheme, now=now)


def ask_how_it_goes(
    session: Session, check_in: CheckIn, scheme: Scheme, *, now: datetime
) -> bool:
    """Ask one side; tell whether a message could go."""
    pairing = session.get_one(Pairing, check_in.pairing_id)
    letter = Letter(
        QUESTIONS[check_in.kind],
        LinkPurpose.CHECK_IN,
        About("check_in", check_in.id, check_in.side.value),
    )
    person = get_person(session, pairing, check_in.side)
    return reach(session, person, letter, scheme, now=now) is not None


def _asking(
    pairing: Pairing, side: Side, name: str, scheme: Scheme, now: datetime
) -> Letter:
    """Make a letter whose link lives as long as an answer is waited for."""
    until = pairing.expires_at or now + timedelta(days=scheme.days.answer)
    return Letter(
        name,
        LinkPurpose.ANSWER,
        About("pairing", pairing.id, side.value),
        {"date": scheme.today(until)},
        until - now,
    )


def _letter_to(
    pairing: Pairing, side: Side, name: str, words: Mapping[str, object]
) -> Letter:
    """Make a letter whose link shows somebody their own side of things.

    A newcomer's opens their request; a volunteer's lets them in once.
    """
    if side is Side.NEWCOMER:
        mine = About("buddy_request", pairing.request_id, side.value)
        return Letter(name, LinkPurpose.MY_REQUEST, mine, words)
    own = About("volunteer", pairing.volunteer_id, side.value)
    return Letter(name, LinkPurpose.SIGN_IN, own, words)
