"""From a row of a spreadsheet to what somebody would have said in a form.

The columns are those of the stand-alone command, with how somebody is reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from welcome import locales
from welcome.buddies import contacts
from welcome.buddies.errors import BadAddress, BadPhone
from welcome.buddies.models.people import Channel, Prefers
from welcome.buddies.people.applications import (
    MOST_INTERESTS,
    Application,
    Asking,
    household_of,
)
from welcome.buddies.rules.vocabulary import BuddyRole, read_interests
from welcome.buddies.spreadsheets import cells
from welcome.buddies.spreadsheets.columns import (
    FURTHEST_KM,
    INTERESTS,
    MOST_PLACES,
    NEWCOMER_COLUMNS,
    VOLUNTEER_COLUMNS,
    Column,
)
from welcome.buddies.spreadsheets.people import Cells, read_shared, read_since
from welcome.buddies.spreadsheets.problems import SheetCode, SheetProblem, Tell
from welcome.buddies.spreadsheets.reading import Row

HOURS = 24
LONGEST_NAME = 60
LONGEST_NOTE = 500
REACHED = (
    Column("name", "What to call them.", "any text", "needed", "Nour"),
    Column("email", "E-mail address.", "an address", "none", "nour@example.org"),
    Column("phone", "Phone number, in any digits.", "a number", "none", "020 7946 0123"),
    Column(
        "channel",
        "The one way in which it is safe to reach them.",
        "email, text, call, paper",
        "email if there is an address, else call, else paper",
        "call",
    ),
    Column("shares_phone", "Others use this phone too.", "yes, no", "no", "yes"),
    Column("safe_from", "Not before this hour.", "0 to 23", "0", "9"),
    Column("safe_until", "Not after this hour.", "1 to 24", "24", "17"),
    Column("safe_note", "What to mind.", "up to 500 characters", "nothing", "Not home"),
    Column("read_in", "The language we write in.", "a code", "en", "ar"),
    Column("prefers", "How they take things in.", ", ".join(Prefers), "read", "called"),
    Column("agreed_on", "The day they agreed.", "a date as 2026-03-31", "today", "2026-01-19"),
)  # fmt: skip
OFFERS = Column(
    "offers", "Whom they would be a friend to.", ", ".join(BuddyRole), "adult", "family"
)
LEFT_OUT = frozenset(
    {
        "easting",
        "northing",
        "priority",
        "not_with",
        "organisation",
        "cleared_for",
        "held",
    }
)
LIKES = replace(INTERESTS, says="What they like to do: at most three things.")


def _taken(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    read = [each for each in columns if each.name not in LEFT_OUT]
    return tuple(LIKES if each is INTERESTS else each for each in read)


NEWCOMERS = (*REACHED, *_taken(NEWCOMER_COLUMNS))
VOLUNTEERS = (*REACHED, *_taken(VOLUNTEER_COLUMNS), OFFERS)
NEEDED = ("id", "name", "languages")


@dataclass
class SheetRow:
    """A row, what it would have said, and what is wrong with it."""

    row: Row
    id: str = ""
    told: Asking | Application | None = None
    agreed_on: date = date.min
    since: date = date.min
    sector: str = ""
    problems: list[SheetProblem] = field(default_factory=list)


def read_newcomer(found: Cells, key: str) -> SheetRow:
    """Read a newcomer, and what they ask for."""
    role, adults = cells.read_who_meets(*found.get("role"))
    buddies, tell_buddies = found.get("buddies")
    outside, tell_outside = found.get("outside_community")
    wanted = cells.read_whole(buddies, 2, tell_buddies, otherwise=1)
    if wanted == 0:
        tell_buddies(SheetCode.NOT_A_NUMBER, {"found": buddies, "most": 2})
    made = _begin(found)
    made.since = read_since(found)
    made.told = Asking(
        **_told(found, f"{key} {made.id}"),
        household=household_of(role, adults),
        buddies=max(wanted, 1),
        avoids_own_community=cells.read_yes_or_no(
            outside, tell_outside, otherwise=False
        ),
    )
    made.problems = found.problems
    return made


def read_volunteer(found: Cells, key: str) -> SheetRow:
    """Read a volunteer; what they are cleared for is seen by a person, never read."""
    offers, tell_offers = found.get("offers")
    capacity, tell_capacity = found.get("capacity")
    reach, tell_reach = found.get("reach_km")
    made = _begin(found)
    roles = cells.read_words(offers, BuddyRole, tell_offers) or [BuddyRole.ADULT]
    reach_m = cells.read_thousandths(reach, FURTHEST_KM, tell_reach) if reach else None
    made.told = Application(
        **_told(found, f"{key} {made.id}"),
        offers=tuple(dict.fromkeys(roles)),
        capacity=cells.read_whole(capacity, MOST_PLACES, tell_capacity, otherwise=1),
        reach_m=reach_m,
    )
    made.problems = found.problems
    return made


def _begin(found: Cells) -> SheetRow:
    text, tell = found.get("id")
    if not text:
        tell(SheetCode.MISSING_VALUE, {})
    agreed, tell_agreed = found.get("agreed_on")
    return SheetRow(
        found.row,
        cells.read_text(text, tell),
        agreed_on=cells.read_date(agreed, found.reading.today, tell_agreed),
        sector=found.get("sector")[0],
    )


def _told(found: Cells, key: str) -> dict[str, Any]:
    shared = read_shared(found)
    if not shared["is_adult"]:
        found.get("adult")[1](SheetCode.NOT_ADULT, {})
    likes = tuple(read_interests(shared["interests"]))
    if len(likes) > MOST_INTERESTS:
        found.get("interests")[1](SheetCode.TOO_MANY_LIKES, {"most": MOST_INTERESTS})
    prefers, tell_prefers = found.get("prefers")
    return {
        "key": key,
        "name": _read_name(found),
        "tag": _read_tag(*found.get("read_in")),
        "languages": shared["languages"],
        "is_adult": shared["is_adult"],
        "notice_version": 0,
        "prefers": cells.read_word(prefers, Prefers, tell_prefers) or Prefers.READ,
        "gender": shared["gender"],
        "wish": shared["wish"],
        "times": shared["times"],
        "interests": likes,
        **_read_reached(found),
    }


def _read_reached(found: Cells) -> Mapping[str, Any]:
    """Read how somebody is reached, and whether that can be."""
    email, phone = _read_email(*found.get("email")), _read_phone(*found.get("phone"))
    shares, tell_shares = found.get("shares_phone")
    note, tell_note = found.get("safe_note")
    safe_from, safe_until = _read_hours(found)
    return {
        "email": email,
        "phone": phone,
        "channel": _read_channel(found, email, phone),
        "shares_phone": cells.read_yes_or_no(shares, tell_shares, otherwise=False),
        "safe_from": safe_from,
        "safe_until": safe_until,
        "safe_note": _read_short(note, LONGEST_NOTE, tell_note),
    }


def _read_channel(found: Cells, email: str, phone: str) -> Channel:
    text, tell = found.get("channel")
    usual = Channel.EMAIL if email else Channel.CALL if phone else Channel.PAPER
    channel = cells.read_word(text, Channel, tell) or usual
    if channel is Channel.REFERRER:
        choices = "email, text, call, paper"
        tell(SheetCode.UNKNOWN_WORD, {"found": text, "choices": choices})
    if channel is Channel.EMAIL and not found.get("email")[0]:
        tell(SheetCode.NO_WAY, {"needed": "email"})
    if channel in {Channel.TEXT, Channel.CALL} and not found.get("phone")[0]:
        tell(SheetCode.NO_WAY, {"needed": "phone"})
    return channel


def _read_hours(found: Cells) -> tuple[int, int]:
    first, tell_first = found.get("safe_from")
    last, tell_last = found.get("safe_until")
    safe_from = cells.read_whole(first, HOURS - 1, tell_first)
    safe_until = cells.read_whole(last, HOURS, tell_last, otherwise=HOURS)
    if safe_from >= safe_until:
        tell_last(SheetCode.BAD_HOURS, {})
        return 0, HOURS
    return safe_from, safe_until


def _read_name(found: Cells) -> str:
    text, tell = found.get("name")
    if not text:
        tell(SheetCode.MISSING_VALUE, {})
    return _read_short(text, LONGEST_NAME, tell)


def _read_short(text: str, most: int, tell: Tell) -> str:
    if len(text) > most:
        tell(SheetCode.TOO_LONG, {"most": most})
        return text[:most]
    return cells.read_text(text, tell) if most <= cells.LONGEST_TEXT else text


def _read_tag(text: str, tell: Tell) -> str:
    known = [each.tag for each in locales.every()]
    if text and text not in known:
        choices = ", ".join(known)
        tell(SheetCode.UNKNOWN_WORD, {"found": text[: cells.SHOWN], "choices": choices})
        return "en"
    return text or "en"


def _read_email(text: str, tell: Tell) -> str:
    try:
        return contacts.normal_email(text) if text else ""
    except BadAddress:
        tell(SheetCode.BAD_EMAIL, {"found": text[: cells.SHOWN]})
        return ""


def _read_phone(text: str, tell: Tell) -> str:
    # A number that begins with + is guarded as a formula would be.
    plain = cells.read_text(text, tell)
    try:
        return contacts.normal_phone(plain) if plain else ""
    except BadPhone:
        tell(SheetCode.BAD_PHONE, {"found": plain[: cells.SHOWN]})
        return ""
