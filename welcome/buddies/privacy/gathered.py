"""Everything that is kept about one person, in plain values for JSON.

The keys, at the top: `format`, `about` (newcomer or volunteer), `public_id`, `on`, and
then `person` (one record), `languages`, `requests`, `pairings`, `check_ins`,
`told`, `clearances`, `referees`, `letters`, `links`, `tasks`, `sent_again`, `journal`
(lists of records) and `withheld` (what is not in it, and why). Days are ISO 8601; codes
are those of the states and kinds. Other people stand as what they are: volunteer,
newcomer, staff.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from welcome.accounts.models import Account, JournalEntry
from welcome.buddies.lifecycle import seats
from welcome.buddies.lifecycle.glimpses import wide_area
from welcome.buddies.models.clearing import Clearance, Referee
from welcome.buddies.models.desk import Link, Task
from welcome.buddies.models.pairings import CheckIn, Pairing, Side
from welcome.buddies.models.people import (
    Area,
    Newcomer,
    NewcomerLanguage,
    Volunteer,
    VolunteerLanguage,
)
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.models.told import ToldStep
from welcome.buddies.privacy import sent_again, traces
from welcome.buddies.privacy.traces import Person, kind_of
from welcome.buddies.rules.times import read_times
from welcome.buddies.rules.vocabulary import ANY_GENDER, read_wish
from welcome.messages.models import Message

FORMAT = 1
GONE = "[…]"
# Words of a name that are too short to be looked for by themselves.
SHORTEST_WORD = 3
PERSON = (
    "name", "email", "phone", "tag", "prefers", "channel", "safe_from", "safe_until",
    "safe_note", "shares_phone", "gender", "interests", "is_adult", "notice_version",
    "noticed_at", "agreed_on", "agreed_by", "agreed_in", "agreed_through", "about",
    "created_at", "heard_at", "is_kept_for_law",
)  # fmt: skip
OF_NEWCOMERS = ("avoids_own_community",)
OF_VOLUNTEERS = ("offers", "capacity", "reach_m", "back_on")
# Safeguarding alone does these, and knows of them.
APART = ("volunteer.suspended", "volunteer.restored")
REQUEST = (
    "state", "source", "role", "adults", "buddies", "urgency", "urgency_reason",
    "waiting_since", "hold_reason", "look_again_on", "closed_at",
)  # fmt: skip
PAIRING = (
    "state", "asked_at", "introduced_at", "first_met_at", "ends_on", "ended_at", "outcome",
)  # fmt: skip
CHECK_IN = (
    "kind", "due_on", "state", "answered_at", "has_met", "face", "wants_to_go_on",
    "wants_to_talk", "note",
)  # fmt: skip
TOLD = ("act", "through", "told_at")
CLEARANCE = (
    "kind", "role", "is_met", "seen_on", "expires_on", "level", "reason",
    "on_update_service", "time_abroad",
)  # fmt: skip
REFEREE = ("relation", "state", "asked_at", "answered_at", "decided_at")
LETTER = ("letter", "tag", "way", "state", "written_at", "sent_at")
TASK = ("kind", "raised_at", "done_at", "note")
LINK = ("purpose", "made_at", "expires_at", "used_at")
# The same for everybody, so that it tells nobody whether there is anything.
WITHHELD = (
    "withheld.references", "withheld.others", "withheld.named", "withheld.pairs",
    "withheld.safeguarding",
)  # fmt: skip

Value = Any
Record = dict[str, Value]


def gather(session: Session, person: Person, *, now: datetime) -> Record:
    """Gather it; what others said in confidence and who they are is left out."""
    table, side = type(person), Side(kind_of(person))
    pairings = _list(session, Pairing, traces.pairings_of(person))
    found: Record = {
        "format": FORMAT,
        "about": kind_of(person),
        "public_id": person.public_id,
        "on": now.date().isoformat(),
        "person": _person(session, person),
        "languages": _languages(session, person),
        "requests": [
            _pick(each, REQUEST)
            for each in _list(session, BuddyRequest, traces.requests_of(person))
        ],
        "pairings": [_pairing(each, side) for each in pairings],
        "check_ins": [
            _pick(each, CHECK_IN)
            for each in _list(session, CheckIn, traces.check_ins_of(person))
            if each.side is side
        ],
        "told": [
            _pick(each, TOLD)
            for each in _list(session, ToldStep, traces.told_of(person))
        ],
        "clearances": [_pick(e, CLEARANCE) for e in _clearances(session, person)],
        "referees": [
            _pick(each, REFEREE)
            for each in _list(session, Referee, traces.referees_of(person))
        ],
        "letters": [_pick(each, LETTER) for each in _letters(session, person)],
        "links": [_pick(each, LINK) for each in _links(session, person)],
        "tasks": [_pick(each, TASK) for each in _tasks(session, person)],
        "sent_again": sent_again.list_sent(session, person),
        "journal": _journal(session, table.__name__.lower(), person),
        "withheld": list(WITHHELD),
    }
    redacted: Record = _redact(found, _others(session, person, pairings))
    return redacted


def _pick(row: SQLModel, names: Iterable[str]) -> Record:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Value) -> Value:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _list(session: Session, table: Value, which: traces.Ids) -> list[Value]:
    asked = select(table).where(table.id.in_(which)).order_by(table.id)
    return list(session.exec(asked))


def _person(session: Session, person: Person) -> Record:
    own = OF_NEWCOMERS if isinstance(person, Newcomer) else OF_VOLUNTEERS
    area = session.get(Area, person.area_id) if person.area_id else None
    some = person.wish != ANY_GENDER
    return _pick(person, (*PERSON, *own)) | {
        "area": area.name if area else None,
        "area_shown": wide_area(area) if area else None,
        "wish": [each.value for each in read_wish(person.wish)] if some else None,
        "times": [f"{day.name.lower()} {part}" for day, part in _slots(person)],
        **(_standing(person) if isinstance(person, Volunteer) else {}),
    }


def _standing(volunteer: Volunteer) -> Record:
    """Tell where a volunteer stands; who is suspended looks paused."""
    return {
        "state": volunteer.told_state.value,
        "paused_by": _plain(volunteer.told_paused_by),
    }


def _slots(person: Person) -> list[tuple[Any, str]]:
    return [(day, part.name.lower()) for day, part in read_times(person.times)]


def _languages(session: Session, person: Person) -> list[Record]:
    asked: Any
    if isinstance(person, Newcomer):
        own = NewcomerLanguage.newcomer_id == person.id
        asked = select(NewcomerLanguage).where(own)
    else:
        asked = select(VolunteerLanguage).where(
            VolunteerLanguage.volunteer_id == person.id
        )
    found = [_pick(each, ("language", "level")) for each in session.exec(asked)]
    return sorted(found, key=lambda each: str(each["language"]))


def _pairing(pairing: Pairing, side: Side) -> Record:
    """Tell of a pairing from one side: whoever said no, only their own is told."""
    told = {"with": "volunteer" if side is Side.NEWCOMER else "newcomer"}
    own_no = pairing.said_no is side
    return (
        told
        | _pick(pairing, PAIRING)
        | {
            # What safeguarding stopped or ended looks like anything else.
            "state": seats.stage(pairing).value,
            "outcome": _plain(pairing.told_outcome),
            "said_no": own_no or None,
            "said_why": _plain(pairing.said_why) if own_no else None,
        }
    )


def _clearances(session: Session, person: Person) -> list[Clearance]:
    if isinstance(person, Newcomer):
        return []
    asked = select(Clearance).where(Clearance.volunteer_id == person.id)
    return list(session.exec(asked.order_by(col(Clearance.id))))


def _letters(session: Session, person: Person) -> list[Message]:
    own = [each for each in (person.email_index, person.phone_index) if each]
    asked = select(Message).where(col(Message.recipient_index).in_(own))
    return list(session.exec(asked.order_by(col(Message.id))))


def _links(session: Session, person: Person) -> list[Link]:
    about = [
        (col(Link.subject) == subject) & col(Link.subject_id).in_(which)
        for subject, which in traces.subjects_of(person).items()
        if subject != "referee"
    ]
    theirs = col(Link.side).in_(("", kind_of(person)))
    asked = select(Link).where(sa.or_(*about), theirs)
    return list(session.exec(asked.order_by(col(Link.id))))


def _tasks(session: Session, person: Person) -> list[Task]:
    """List what staff saw to for them; notes about a pair may be of the other."""
    subjects = traces.subjects_of(person)
    about = [
        (col(Task.subject) == subject) & col(Task.subject_id).in_(subjects[subject])
        for subject in (kind_of(person), "buddy_request")
    ]
    asked = select(Task).where(sa.or_(*about), col(Task.done_at).is_not(None))
    return list(session.exec(asked.order_by(col(Task.id))))


def _journal(session: Session, subject: str, person: Person) -> list[Record]:
    asked = select(JournalEntry).where(
        JournalEntry.subject == subject,
        JournalEntry.subject_id == person.id,
        col(JournalEntry.act).not_in(APART),
    )
    return [
        {"act": each.act, "on": each.at.isoformat(),
         "by": "staff" if each.actor_id else "system"}
        for each in session.exec(asked.order_by(col(JournalEntry.id)))
    ]  # fmt: skip


def _others(
    session: Session, person: Person, pairings: Iterable[Pairing]
) -> re.Pattern[str] | None:
    """Make what finds the names and contacts of everybody else in a text."""
    said: list[str | None] = []
    for each in pairings:
        other = (
            session.get_one(Volunteer, each.volunteer_id)
            if isinstance(person, Newcomer)
            else session.get_one(Newcomer, each.newcomer_id)
        )
        said += [other.name, other.email, other.phone]
    for referee in _list(session, Referee, traces.referees_of(person)):
        said += [referee.name, referee.email, referee.phone]
    for step in _list(session, ToldStep, traces.told_around(person)):
        said.append(step.interpreter)
    said.append(person.agreed_interpreter)
    if isinstance(person, Newcomer):
        said += [person.interpreter, person.never_told]
    whole = {each for each in said if each}
    own = {word.casefold() for word in (person.name or "").split()}
    words = {
        word
        for each in whole
        for word in re.findall(r"\w+", each)
        if len(word) >= SHORTEST_WORD and word.casefold() not in own
    }
    staff = session.exec(select(Account.name, Account.email)).all()
    whole |= {each for pair in staff for each in pair if each and each != person.name}
    found = sorted(whole | words, key=len, reverse=True)
    joined = "|".join(re.escape(each) for each in found)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE) if found else None


# Only these are free text; anything else is a code, a day, or the person's own.
FREE = frozenset({"about", "safe_note", "urgency_reason", "note", "reason"})


def _redact(value: Value, others: re.Pattern[str] | None, name: str = "") -> Value:
    """Put a mark for others' names in free text."""
    if isinstance(value, Mapping):
        return {key: _redact(each, others, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_redact(each, others, name) for each in value]
    if isinstance(value, str) and others and name in FREE:
        return others.sub(GONE, value)
    return value
