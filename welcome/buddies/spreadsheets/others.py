"""The two smaller files: where postcode sectors lie, and pairs of people by their ids."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

from welcome.buddies.rules.profiles import Place
from welcome.buddies.spreadsheets import cells
from welcome.buddies.spreadsheets.columns import (
    AREA_COLUMNS,
    EAST_MOST,
    NORTH_MOST,
    PAIR_COLUMNS,
)
from welcome.buddies.spreadsheets.people import normalise_sector
from welcome.buddies.spreadsheets.problems import SheetCode, SheetProblem
from welcome.buddies.spreadsheets.reading import read_table


@dataclass
class Areas:
    """Where sectors lie, and what is wrong."""

    places: dict[str, Place] = field(default_factory=dict)
    problems: list[SheetProblem] = field(default_factory=list)
    notes: list[SheetProblem] = field(default_factory=list)


@dataclass
class Pairs:
    """Pairs of ids, and what is wrong."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)
    notes: list[SheetProblem] = field(default_factory=list)


def read_areas(content: bytes) -> Areas:
    """Read where postcode sectors lie: sector, easting, northing."""
    table = read_table(content, AREA_COLUMNS, AREA_COLUMNS)
    areas = Areas({}, table.problems, table.notes)
    for row in table.rows:
        sector, east, north = (row.cells.get(each, "") for each in AREA_COLUMNS)
        told: list[SheetProblem] = []
        place = (
            cells.read_whole(
                east, EAST_MOST, partial(_tell, told, row.line, "easting")
            ),
            cells.read_whole(
                north, NORTH_MOST, partial(_tell, told, row.line, "northing")
            ),
        )
        for name in AREA_COLUMNS:
            if row.cells and not row.cells.get(name):
                _tell(told, row.line, name, SheetCode.MISSING_VALUE, {})
        areas.problems += told
        if sector and not told:
            areas.places[normalise_sector(sector)] = place
    return areas


def read_pairs(
    content: bytes, newcomers: Collection[str], volunteers: Collection[str]
) -> Pairs:
    """Read pairs of ids, of people who are in the two files."""
    table = read_table(content, PAIR_COLUMNS, PAIR_COLUMNS)
    found = Pairs([], table.problems, table.notes)
    if any(each not in table.columns for each in PAIR_COLUMNS):
        return found
    for row in (each for each in table.rows if not each.damaged):
        told: list[SheetProblem] = []
        names = []
        for name, known in zip(PAIR_COLUMNS, (newcomers, volunteers), strict=True):
            tell = partial(_tell, told, row.line, name)
            text = cells.read_text(row.cells.get(name, ""), tell)
            if text not in known:
                tell(SheetCode.UNKNOWN_PERSON, {"found": text[: cells.SHOWN]})
            names.append(text)
        pair = (names[0], names[1])
        if pair in found.pairs:
            _tell(told, row.line, "", SheetCode.DOUBLED_PAIR, {})
        found.problems += told
        if not told:
            found.pairs.append(pair)
    return found


def _tell(
    told: list[SheetProblem],
    line: int,
    column: str,
    code: SheetCode,
    params: Mapping[str, object],
) -> None:
    told.append(SheetProblem(line, column, code, params))
