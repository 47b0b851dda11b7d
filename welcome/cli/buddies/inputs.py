"""The files that are given, read whole before anything is done with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile
from welcome.buddies.spreadsheets.gathering import (
    Everybody,
    find_unknown_volunteers,
    gather,
)
from welcome.buddies.spreadsheets.others import Pairs, read_areas, read_pairs
from welcome.buddies.spreadsheets.people import Reading, read_newcomers, read_volunteers
from welcome.buddies.spreadsheets.problems import SheetProblem
from welcome.cli.buddies.problems import FilesRefused, Told
from welcome.cli.buddies.rules import read_rules

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The files somebody gives, and the day they give them."""

    newcomers: Path
    volunteers: Path
    today: date
    weights: Path | None = None
    pin: Path | None = None
    forbid: Path | None = None
    areas: Path | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everybody, the pairs that are settled, the policy, and what is worth a note."""

    everybody: Everybody
    policy: Policy
    pinned: Sequence[Pair]
    forbidden: Sequence[Pair]
    notes: Sequence[Told]


class _Findings:
    """What was found in the files so far."""

    def __init__(self) -> None:
        self.problems: list[Told] = []
        self.notes: list[Told] = []

    def add(
        self,
        file: Path,
        problems: Iterable[SheetProblem],
        notes: Iterable[SheetProblem] = (),
    ) -> None:
        """Add what one file gave."""
        self.problems += [Told(file, each) for each in problems]
        self.notes += [Told(file, each) for each in notes]


def read_files(files: Files) -> Inputs:
    """Read every file; raises FilesRefused with every problem of all of them."""
    found = _Findings()
    areas = None
    if files.areas:
        read = read_areas(files.areas.read_bytes())
        found.add(files.areas, read.problems, read.notes)
        areas = read.places
    reading = Reading(files.today, areas)
    newcomers = read_newcomers(files.newcomers.read_bytes(), reading)
    volunteers = read_volunteers(files.volunteers.read_bytes(), reading)
    found.add(files.newcomers, newcomers.problems, newcomers.notes)
    found.add(files.newcomers, find_unknown_volunteers(newcomers, volunteers))
    found.add(files.volunteers, volunteers.problems, volunteers.notes)
    # The pairs' file names rows that are not sound as well.
    ids = (
        {row.cells.get("id", "") for row in newcomers.rows}
        | {each.id for each in newcomers.people},
        {row.cells.get("id", "") for row in volunteers.rows}
        | {each.id for each in volunteers.people},
    )
    pinned = _read_pairs(files.pin, ids, found)
    forbidden = _read_pairs(files.forbid, ids, found)
    if found.problems:
        raise FilesRefused(found.problems, found.notes)
    everybody = gather(newcomers, volunteers)
    barred = everybody.pairs_of_keys(forbidden.pairs)
    return Inputs(
        replace(everybody, newcomers=_forbid(everybody.newcomers, barred)),
        read_rules(files.weights, everybody.organisations),
        everybody.pairs_of_keys(pinned.pairs),
        barred,
        found.notes,
    )


def _read_pairs(
    path: Path | None, ids: tuple[set[str], set[str]], found: _Findings
) -> Pairs:
    if path is None:
        return Pairs()
    pairs = read_pairs(path.read_bytes(), *ids)
    found.add(path, pairs.problems, pairs.notes)
    return pairs


def _forbid(
    newcomers: Sequence[NewcomerProfile], pairs: Sequence[Pair]
) -> list[NewcomerProfile]:
    """Block what is forbidden, so that reasons and candidates know of it."""
    barred: dict[int, set[int]] = {}
    for newcomer, volunteer in pairs:
        barred.setdefault(newcomer, set()).add(volunteer)
    return [
        replace(each, blocked=each.blocked | barred[each.key])
        if each.key in barred
        else each
        for each in newcomers
    ]
