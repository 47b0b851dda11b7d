"""Taking people in from a spreadsheet: looked at first, then all that is right at once.

A row is known by its id within an organisation, so that the same file changes nothing
the second time. Whoever is known by name and address or number is left as they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from functools import partial

from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies import noting
from welcome.buddies.access import list_scope
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import RequestSource
from welcome.buddies.people import areas, sheet_rows
from welcome.buddies.people.applications import Application, Asking
from welcome.buddies.people.entering import (
    write_newcomer,
    write_once,
    write_request,
    write_volunteer,
)
from welcome.buddies.people.finding import folded
from welcome.buddies.people.knowing import find_known, find_sent
from welcome.buddies.people.sheet_rows import NEEDED, SheetRow
from welcome.buddies.spreadsheets.columns import Column
from welcome.buddies.spreadsheets.people import Cells, Reading
from welcome.buddies.spreadsheets.problems import SheetCode, SheetProblem
from welcome.buddies.spreadsheets.reading import Table, read_table
from welcome.errors import NotAllowed
from welcome.partners.models import Organisation

MOST_BYTES = 1_000_000
# In one transaction, for which everybody else who writes has to wait.
MOST_ROWS = 500
COLUMNS: Mapping[type[Newcomer | Volunteer], tuple[Column, ...]] = {
    Newcomer: sheet_rows.NEWCOMERS,
    Volunteer: sheet_rows.VOLUNTEERS,
}
READERS: Mapping[type[Newcomer | Volunteer], Callable[[Cells, str], SheetRow]] = {
    Newcomer: sheet_rows.read_newcomer,
    Volunteer: sheet_rows.read_volunteer,
}


@dataclass(frozen=True)
class Import:
    """A file, what kind of people it holds, and who looks after them."""

    kind: type[Newcomer | Volunteer]
    home: Organisation
    content: bytes
    today: date


@dataclass
class Plan:
    """What would become of every row of a file: each is in one of the three lists."""

    columns: list[str] = field(default_factory=list)
    right: list[SheetRow] = field(default_factory=list)
    known: list[SheetRow] = field(default_factory=list)
    wrong: list[SheetRow] = field(default_factory=list)
    # Of the whole file: nothing of it is taken in.
    problems: list[SheetProblem] = field(default_factory=list)
    notes: list[SheetProblem] = field(default_factory=list)


def plan(session: Session, wanted: Import, *, actor: Account) -> Plan:
    """Look at a file, and change nothing; raises NotAllowed."""
    own = list_scope(session, actor)
    if wanted.home.id not in own:
        raise NotAllowed
    columns = [each.name for each in COLUMNS[wanted.kind]]
    if len(wanted.content) > MOST_BYTES:
        return Plan(problems=[_too_large(wanted.content)])
    table = read_table(wanted.content, columns, NEEDED)
    made = Plan(columns=table.columns, notes=table.notes)
    made.problems = _of_file(table)
    if not made.problems:
        _sort(session, wanted, table, made, own)
    return made


def take_in(
    session: Session, wanted: Import, *, actor: Account, now: datetime
) -> tuple[int, Plan]:
    """Take in every row that is right; returns how many, and what was planned.

    Raises NotAllowed.
    """
    planned = plan(session, wanted, actor=actor)
    taken = sum(
        _take(session, wanted, row, actor=actor, now=now) for row in planned.right
    )
    if taken:
        journal.write(
            session, "people.imported", "organisation", wanted.home.id, actor=actor,
            now=now, kind=wanted.kind.__name__.lower(), number=taken,
        )  # fmt: skip
    return taken, planned


def _of_file(table: Table) -> list[SheetProblem]:
    """List what is wrong with the whole file, but not with one row."""
    damaged = {row.line for row in table.rows}
    found = [each for each in table.problems if each.line not in damaged]
    if len(table.rows) > MOST_ROWS:
        found.append(_to_split(len(table.rows)))
    return found


def _too_large(content: bytes) -> SheetProblem:
    """Say why a file is too large to be read: its rows, where they are too many."""
    rows = len(content.splitlines()) - 1
    if rows > MOST_ROWS:
        return _to_split(rows)
    most = {"most": MOST_BYTES // 1_000_000}
    return SheetProblem(0, "", SheetCode.TOO_BIG, most)


def _to_split(rows: int) -> SheetProblem:
    counted = {"rows": rows, "most": MOST_ROWS}
    return SheetProblem(0, "", SheetCode.TO_SPLIT, counted)


def _sort(
    session: Session, wanted: Import, table: Table, made: Plan, own: frozenset[int]
) -> None:
    """Put every row where it belongs, and say why."""
    reading = Reading(wanted.today)
    key = f"import {wanted.home.public_id} {wanted.kind.__name__}"
    damage = {each.line: each for each in table.problems}
    lines: dict[str, int] = {}
    for row in table.rows:
        found = READERS[wanted.kind](Cells(row, reading), key)
        if row.line in damage:
            found.problems = [damage[row.line]]
        if not found.problems:
            _find_area(session, found)
            _find_twice(found, lines)
        if found.problems:
            made.wrong.append(found)
        elif code := _known_as(session, wanted.kind, found, own):
            found.problems = [SheetProblem(row.line, "", code)]
            made.known.append(found)
        else:
            made.right.append(found)


def _find_area(session: Session, found: SheetRow) -> None:
    if not found.sector or found.told is None:
        return
    area = areas.find_area(session, found.sector)
    if area is not None:
        found.told = replace(found.told, area_id=area.id)
    elif areas.are_known(session):
        params = {"found": found.sector[:60]}
        found.problems.append(
            SheetProblem(found.row.line, "sector", SheetCode.NO_AREA, params)
        )


def _find_twice(found: SheetRow, lines: dict[str, int]) -> None:
    """Tell of a row that is about somebody who stands above already."""
    told, line = found.told, found.row.line
    if told is None:
        return
    own_phone = "" if told.shares_phone else told.phone
    name = " ".join(folded(told.name).split())
    named = (
        ("id", found.id, SheetCode.DOUBLED_ID),
        ("email", told.email, SheetCode.SAME_PERSON),
        ("phone", own_phone, SheetCode.SAME_PERSON),
    )
    for column, value, code in named:
        whose = "" if code is SheetCode.DOUBLED_ID else name
        key = f"{column} {value} {whose}"
        first = lines.setdefault(key, line) if value else line
        if first != line:
            found.problems.append(SheetProblem(line, column, code, {"line": first}))


def _known_as(
    session: Session,
    kind: type[Newcomer | Volunteer],
    found: SheetRow,
    own: frozenset[int],
) -> SheetCode | None:
    told = found.told
    if told is None:
        return None
    if find_sent(session, kind, told.key):
        return SheetCode.TAKEN_BEFORE
    return SheetCode.KNOWN_ALREADY if find_known(session, kind, told, own) else None


def _take(
    session: Session, wanted: Import, row: SheetRow, *, actor: Account, now: datetime
) -> int:
    """Write one row down; none where it was taken in at the same moment."""
    told = row.told
    if told is None:
        return 0
    write = partial(_write, session, wanted.home, row, actor, now)
    return 1 if write_once(session, wanted.kind, told, write).person else 0


def _write(
    session: Session, home: Organisation, row: SheetRow, actor: Account, now: datetime
) -> None:
    told = row.told
    person: Newcomer | Volunteer
    if isinstance(told, Asking):
        person = write_newcomer(session, told, home, now)
        asked = write_request(session, person, told, RequestSource.STAFF, now)
        asked.waiting_since = min(datetime.combine(row.since, time(12), UTC), now)
        noting.write(session, "newcomer.recorded", person, actor=actor, now=now)
    elif isinstance(told, Application):
        person = write_volunteer(session, told, home, now)
        noting.write(session, "volunteer.recorded", person, actor=actor, now=now)
    else:
        return
    # How they were told is nothing that a file knows.
    person.agreed_by, person.agreed_on = told.name, row.agreed_on
    session.flush()
