"""From rows to people: what the rules see of each, still by the ids of the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Generic, TypedDict, TypeVar

from welcome.buddies.rules.profiles import (
    NewcomerProfile,
    Place,
    VolunteerProfile,
    days_between,
)
from welcome.buddies.rules.vocabulary import (
    ANY_GENDER,
    BuddyRole,
    Gender,
    Interest,
    Level,
    make_interests,
    make_wish,
)
from welcome.buddies.spreadsheets import cells, weeks
from welcome.buddies.spreadsheets.columns import (
    EAST_MOST,
    FURTHEST_KM,
    HIGHEST_CLASS,
    MOST_PLACES,
    NEWCOMER_COLUMNS,
    NORTH_MOST,
    VOLUNTEER_COLUMNS,
    Column,
)
from welcome.buddies.spreadsheets.problems import SheetCode, SheetProblem, Tell
from welcome.buddies.spreadsheets.reading import Row, read_table

P = TypeVar("P", NewcomerProfile, VolunteerProfile)

REQUIRED = ("id", "languages")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file is read with: the day it is read, and where postcode sectors lie."""

    today: date
    areas: Mapping[str, Place] | None = None


@dataclass(frozen=True, slots=True)
class Person(Generic[P]):
    """A person of a file; the profile's keys are numbers of lines until all are read."""

    line: int
    id: str
    organisation: str
    profile: P
    not_with: tuple[str, ...] = ()


@dataclass
class Sheet(Generic[P]):
    """A file read: every row, the people of those that are sound, what is wrong."""

    rows: list[Row] = field(default_factory=list)
    people: list[Person[P]] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)
    notes: list[SheetProblem] = field(default_factory=list)


class Shared(TypedDict):
    """What both files say alike."""

    languages: dict[str, Level]
    gender: Gender | None
    wish: int
    times: int
    place: Place | None
    interests: int
    is_adult: bool


class Cells:
    """The cells of a row, each with somebody to tell what is wrong with it."""

    def __init__(self, row: Row, reading: Reading) -> None:
        self.row, self.reading = row, reading
        self.problems: list[SheetProblem] = []

    def get(self, column: str) -> tuple[str, Tell]:
        """Give a cell's text, and where its problems go."""
        return self.row.cells.get(column, ""), partial(self._tell, column)

    def _tell(self, column: str, code: SheetCode, params: Mapping[str, object]) -> None:
        self.problems.append(SheetProblem(self.row.line, column, code, params))


def read_newcomers(content: bytes, reading: Reading) -> Sheet[NewcomerProfile]:
    """Read a file of newcomers."""
    return _read(content, reading, NEWCOMER_COLUMNS, _read_newcomer)


def read_volunteers(content: bytes, reading: Reading) -> Sheet[VolunteerProfile]:
    """Read a file of volunteers."""
    return _read(content, reading, VOLUNTEER_COLUMNS, _read_volunteer)


def _read(
    content: bytes,
    reading: Reading,
    columns: tuple[Column, ...],
    read_row: Callable[[Cells], Person[P]],
) -> Sheet[P]:
    table = read_table(content, [each.name for each in columns], REQUIRED)
    sheet = Sheet[P](table.rows, [], table.problems, table.notes)
    if "sector" in table.columns and reading.areas is None:
        sheet.notes.append(SheetProblem(1, "sector", SheetCode.SECTOR_UNUSED))
    if any(each not in table.columns for each in REQUIRED):
        return sheet
    first_lines: dict[str, int] = {}
    for row in (each for each in table.rows if not each.damaged):
        found = Cells(row, reading)
        person = read_row(found)
        first = first_lines.setdefault(person.id, row.line)
        if person.id and first != row.line:
            found.get("id")[1](SheetCode.DOUBLED_ID, {"line": first})
        sheet.problems += found.problems
        if not found.problems:
            sheet.people.append(person)
    sheet.problems.sort(key=lambda each: each.line)
    return sheet


def _read_newcomer(found: Cells) -> Person[NewcomerProfile]:
    today = found.reading.today
    since = read_since(found)
    role, adults = cells.read_who_meets(*found.get("role"))
    priority, tell_priority = found.get("priority")
    buddies, tell_buddies = found.get("buddies")
    outside, tell_outside = found.get("outside_community")
    wanted = cells.read_whole(buddies, 2, tell_buddies, otherwise=1)
    if wanted == 0:
        tell_buddies(SheetCode.NOT_A_NUMBER, {"found": buddies, "most": 2})
    profile = NewcomerProfile(
        key=found.row.line,
        **read_shared(found),
        role=role,
        adults=adults,
        waiting_days=days_between(since, today),
        priority_class=cells.read_whole(priority, HIGHEST_CLASS, tell_priority),
        buddies=max(wanted, 1),
        avoids_own_community=cells.read_yes_or_no(
            outside, tell_outside, otherwise=False
        ),
    )
    not_with, tell = found.get("not_with")
    blocked = tuple(cells.read_text(each, tell) for each in cells.split(not_with))
    person_id, organisation = _read_names(found)
    return Person(found.row.line, person_id, organisation, profile, blocked)


def read_since(found: Cells) -> date:
    """Read the day somebody asked; today where none is given."""
    text, tell = found.get("waiting_since")
    return cells.read_date(text, found.reading.today, tell)


def _read_volunteer(found: Cells) -> Person[VolunteerProfile]:
    reach, tell_reach = found.get("reach_km")
    capacity, tell_capacity = found.get("capacity")
    held, tell_held = found.get("held")
    profile = VolunteerProfile(
        key=found.row.line,
        **read_shared(found),
        reach_m=cells.read_thousandths(reach, FURTHEST_KM, tell_reach)
        if reach
        else None,
        cleared_for=_read_cleared(found),
        capacity=cells.read_whole(capacity, MOST_PLACES, tell_capacity, otherwise=1),
        held=cells.read_whole(held, MOST_PLACES, tell_held),
    )
    person_id, organisation = _read_names(found)
    return Person(found.row.line, person_id, organisation, profile)


def _read_cleared(found: Cells) -> frozenset[BuddyRole]:
    """Take a missing column for friends to adults; an empty cell is nobody cleared."""
    if "cleared_for" not in found.row.cells:
        return frozenset({BuddyRole.ADULT})
    text, tell = found.get("cleared_for")
    return frozenset(cells.read_words(text, BuddyRole, tell))


def _read_names(found: Cells) -> tuple[str, str]:
    text, tell = found.get("id")
    if not text:
        tell(SheetCode.MISSING_VALUE, {})
    organisation, tell_organisation = found.get("organisation")
    return (
        cells.read_text(text, tell),
        cells.read_text(organisation, tell_organisation),
    )


def read_shared(found: Cells) -> Shared:
    """Read what both files say alike."""
    languages, tell_languages = found.get("languages")
    if not languages:
        tell_languages(SheetCode.MISSING_VALUE, {})
    gender, tell_gender = found.get("gender")
    wish, tell_wish = found.get("wish")
    times, tell_times = found.get("times")
    interests, tell_interests = found.get("interests")
    adult, tell_adult = found.get("adult")
    return {
        "languages": cells.read_languages(languages, tell_languages),
        "gender": cells.read_word(gender, Gender, tell_gender),
        "wish": _read_wish(wish, tell_wish),
        "times": weeks.read_week(times, tell_times),
        "place": _read_place(found),
        "interests": make_interests(
            cells.read_words(interests, Interest, tell_interests)
        ),
        "is_adult": cells.read_yes_or_no(adult, tell_adult, otherwise=True),
    }


def _read_wish(text: str, tell: Tell) -> int:
    if not text or text.casefold() == "any":
        return ANY_GENDER
    return make_wish(cells.read_words(text, Gender, tell))


def _read_place(found: Cells) -> Place | None:
    east, tell_east = found.get("easting")
    north, tell_north = found.get("northing")
    if bool(east) != bool(north):
        (tell_north if east else tell_east)(SheetCode.HALF_A_PLACE, {})
        return None
    if east:
        return (
            cells.read_whole(east, EAST_MOST, tell_east),
            cells.read_whole(north, NORTH_MOST, tell_north),
        )
    sector, tell = found.get("sector")
    areas = found.reading.areas
    if not sector or areas is None:
        return None
    place = areas.get(normalise_sector(sector))
    if place is None:
        tell(SheetCode.UNKNOWN_SECTOR, {"found": sector[: cells.SHOWN]})
    return place


def normalise_sector(text: str) -> str:
    """Write a postcode sector in one way: capitals, no spaces."""
    return "".join(text.upper().split())
