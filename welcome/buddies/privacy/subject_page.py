"""What somebody has of their record, as a page to be read or printed."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from babel.dates import format_date

from welcome import locales
from welcome.buddies.models.clearing import RefereeState, Relation
from welcome.buddies.models.desk import LinkPurpose, TaskKind
from welcome.buddies.models.pairings import (
    CheckInKind,
    CheckInState,
    DeclineReason,
    Face,
    Outcome,
    PairingState,
    Side,
)
from welcome.buddies.models.people import (
    Channel,
    PausedBy,
    Prefers,
    SpokenThrough,
    VolunteerState,
)
from welcome.buddies.models.requests import HoldReason, RequestSource, RequestState
from welcome.buddies.people.applications import Household
from welcome.buddies.rules.languages import name_of
from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.buddies.rules.times import PartOfDay, Weekday
from welcome.buddies.rules.vocabulary import BuddyRole, Gender, Interest, Level
from welcome.locales.typography import css
from welcome.messages.models import MessageState
from welcome.messages.ways import Way
from welcome.phrases import codes
from welcome.phrases.templates import environment

Value = Any
Section = tuple[str, list[list[tuple[str, str]]]]

SECTIONS = (
    "person", "languages", "requests", "pairings", "check_ins", "told", "clearances",
    "referees", "letters", "links", "tasks", "sent_again", "journal",
)  # fmt: skip
# Which codes stand where; a value that is none of them stands as it is.
CODES: Mapping[str, tuple[type[StrEnum], ...]] = {
    "person.prefers": (Prefers,),
    "person.agreed_through": (SpokenThrough,),
    "person.channel": (Channel,),
    "person.gender": (Gender,),
    "person.wish": (Gender,),
    "person.interests": (Interest,),
    "person.state": (VolunteerState,),
    "person.paused_by": (PausedBy,),
    "person.offers": (BuddyRole,),
    "languages.level": (Level,),
    "requests.state": (RequestState,),
    "requests.source": (RequestSource,),
    "requests.role": (BuddyRole,),
    "requests.hold_reason": (HoldReason,),
    "pairings.with": (Side,),
    "pairings.state": (PairingState,),
    "pairings.outcome": (Outcome,),
    "pairings.said_why": (DeclineReason,),
    "check_ins.kind": (CheckInKind,),
    "check_ins.state": (CheckInState,),
    "check_ins.face": (Face,),
    "told.through": (SpokenThrough,),
    "clearances.kind": (ClearanceKind,),
    "clearances.role": (BuddyRole,),
    "clearances.level": (DbsLevel,),
    "referees.relation": (Relation,),
    "referees.state": (RefereeState,),
    "letters.way": (Way,),
    "letters.state": (MessageState,),
    "links.purpose": (LinkPurpose,),
    "tasks.kind": (TaskKind,),
    "sent_again.prefers": (Prefers,),
    "sent_again.channel": (Channel,),
    "sent_again.gender": (Gender,),
    "sent_again.wish": (Gender,),
    "sent_again.interests": (Interest,),
    "sent_again.offers": (BuddyRole,),
    "sent_again.role": (Household,),
}

# Which letter, and who did something: said with what they are before it.
NAMED = {"letters.letter": "letter", "journal.by": "by"}
# What was done, as the journal says it.
ACTS = frozenset({"told.act", "journal.act"})
# As the record for machines has days and moments.
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?[+-]\d{2}:\d{2})?")


def render(told: Mapping[str, Any], tag: str, *, place: str) -> str:
    """Write it in a locale, as HTML for the press or a browser."""
    locale = locales.get(tag)
    template = environment(tag).get_template("print/subject_access.html")
    return template.render(
        faces=css({locale}, "print"),
        place=place,
        on=_say_day(told["on"], tag),
        public_id=told["public_id"],
        sections=list_sections(told, tag),
        withheld=[codes.word(tag, each) for each in told["withheld"]],
    )


def list_sections(told: Mapping[str, Any], tag: str) -> list[Section]:
    """Say it in a locale, section by section: records of names and values."""
    sections = [
        (codes.word(tag, f"export.{name}"), _records(told[name], name, tag))
        for name in SECTIONS
    ]
    return [(title, records) for title, records in sections if records]


def _records(told: Value, section: str, tag: str) -> list[list[tuple[str, str]]]:
    records = told if isinstance(told, list) else [told]
    return [
        [
            (codes.word(tag, f"field.{name}"), _say(value, f"{section}.{name}", tag))
            for name, value in each.items()
            if value not in (None, "", [])
        ]
        for each in records
    ]


def _say(value: Value, where: str, tag: str) -> str:
    """Say a value: codes in words, everything else as it is."""
    if isinstance(value, list):
        return ", ".join(_say(each, where, tag) for each in value)
    if where in SAYS:
        return SAYS[where](value, tag)
    if isinstance(value, str) and ISO.fullmatch(value):
        return _say_day(value, tag)
    code = _code_of(value, where)
    return codes.word(tag, code) if code else str(value)


def _say_locale(value: str, _tag: str) -> str:
    return locales.get(value).autonym


def _say_day(value: str, tag: str) -> str:
    """Say a day, or a moment by the clock of Greenwich."""
    at = datetime.fromisoformat(value)
    day = str(format_date(at, "long", locale=locales.get(tag).babel()))
    return f"{day}, {at:%H:%M} UTC" if "T" in value else day


def _say_slot(value: str, tag: str) -> str:
    """Say a part of a week, as it is said wherever somebody is free."""
    day, part = value.upper().split()
    return f"{codes.word(tag, Weekday[day])} ({codes.word(tag, PartOfDay[part])})"


def _code_of(value: Value, where: str) -> StrEnum | str | None:
    """Find the code that a value is, if it is one."""
    if isinstance(value, bool):
        return "field.yes" if value else "field.no"
    for members in CODES.get(where, ()):
        if value in set(members):
            return members(value)
    code = f"{NAMED[where]}.{value}" if where in NAMED else value
    return code if where in ACTS | set(NAMED) and code in codes.PHRASES else None


# What is no code, and not said as it is either.
SAYS: Mapping[str, Callable[[str, str], str]] = {
    "languages.language": name_of,
    "person.agreed_in": name_of,
    "sent_again.languages": name_of,
    "person.tag": _say_locale,
    "letters.tag": _say_locale,
    "sent_again.tag": _say_locale,
    "person.times": _say_slot,
    "sent_again.times": _say_slot,
}
