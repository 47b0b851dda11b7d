"""From a file's text to its rows: separators, quotes and the header."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from welcome.buddies.spreadsheets.decoding import decode
from welcome.buddies.spreadsheets.problems import SheetCode, SheetProblem

MOST_ROWS = 200_000
# A quote that is open for longer was forgotten.
MOST_LINES_OF_A_ROW = 100
LONGEST_CELL = 100_000
SEPARATORS = ",;\t"
# What a spreadsheet program writes above the header for itself.
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line it begins on, its cells by column, and its text if damaged."""

    line: int
    cells: dict[str, str]
    damaged: str = ""


@dataclass
class Table:
    """A file's columns and rows, what is wrong, and what is worth a note."""

    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)
    notes: list[SheetProblem] = field(default_factory=list)


def read_table(
    content: bytes, known: Collection[str], required: Collection[str]
) -> Table:
    """Read a file; columns that are not known are noted, and left out."""
    table = Table()
    text, table.problems = decode(content)
    if table.problems:
        return table
    lines = list(io.StringIO(text, newline=""))
    start = 1 if lines and _SEPARATOR_LINE.fullmatch(lines[0]) else 0
    while start < len(lines) and not lines[start].strip(SEPARATORS + " \r\n"):
        start += 1
    if start == len(lines):
        table.problems.append(SheetProblem(0, "", SheetCode.NO_HEADER))
        return table
    separator = _find_separator(lines[start], known)
    records = _read_records(lines, start, separator)
    _read_header(table, next(records), known, required)
    for record in records:
        if len(table.rows) == MOST_ROWS:
            most = {"most": MOST_ROWS}
            where = record.line
            table.problems.append(
                SheetProblem(where, "", SheetCode.TOO_MANY_ROWS, most)
            )
            break
        _add_row(table, record)
    table.columns = [each for each in table.columns if each in known]
    return table


def name_column(text: str) -> str:
    """Write a column's name in one way."""
    return re.sub(r"[\s_-]+", "_", text.strip()).casefold()


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    cells: list[str]
    problem: SheetCode | None = None
    text: str = ""


class _TooManyLines(Exception):
    """A row goes on and on."""


class _Lines:
    """The lines of a file from one on, so that it can be gone back to another."""

    def __init__(self, lines: list[str], at: int) -> None:
        self.lines, self.at, self.row = lines, at, at

    def __iter__(self) -> Iterator[str]:
        while self.at < len(self.lines):
            if self.at - self.row >= MOST_LINES_OF_A_ROW:
                raise _TooManyLines
            self.at += 1
            yield self.lines[self.at - 1]


def _read_records(lines: list[str], start: int, separator: str) -> Iterator[_Record]:
    """Read row by row; a damaged one is one line, and reading goes on behind it."""
    while start < len(lines):
        source = _Lines(lines, start)
        try:
            for cells in csv.reader(source, delimiter=separator, strict=True):
                yield _Record(source.row + 1, cells)
                source.row = source.at
        except (_TooManyLines, csv.Error):
            text = lines[source.row]
            yield _Record(source.row + 1, [], _name(text), text.rstrip("\r\n"))
        start = source.row + 1


def _name(text: str) -> SheetCode:
    if len(text) > LONGEST_CELL:
        return SheetCode.TOO_LONG
    is_open = text.count('"') % 2
    return SheetCode.UNCLOSED_QUOTE if is_open else SheetCode.DAMAGED_QUOTES


def _find_separator(header: str, known: Collection[str]) -> str:
    """Take the separator that gives the most columns we know, then the most at all."""

    def count(separator: str) -> tuple[int, int]:
        names = [name_column(each.strip(' "\r\n')) for each in header.split(separator)]
        return sum(each in known for each in names), len(names)

    return max(SEPARATORS, key=count)


def _read_header(
    table: Table, record: _Record, known: Collection[str], required: Collection[str]
) -> None:
    line = record.line
    if record.problem:
        table.problems.append(SheetProblem(line, "", record.problem, _MOST))
    table.columns = [name_column(each) for each in record.cells]
    for at, name in enumerate(table.columns):
        if name and name in table.columns[:at]:
            table.problems.append(SheetProblem(line, name, SheetCode.DOUBLED_COLUMN))
        elif name and name not in known:
            table.notes.append(SheetProblem(line, name[:80], SheetCode.UNKNOWN_COLUMN))
    for name in required:
        if name not in table.columns and not record.problem:
            table.problems.append(SheetProblem(line, name, SheetCode.MISSING_COLUMN))


def _add_row(table: Table, record: _Record) -> None:
    line, cells = record.line, [each.strip() for each in record.cells]
    if record.problem:
        table.problems.append(SheetProblem(line, "", record.problem, _MOST))
        table.rows.append(Row(line, {}, record.text))
        return
    if not any(cells):
        return
    if any(cells[len(table.columns) :]):
        counted = {"cells": len(cells), "columns": len(table.columns)}
        table.problems.append(SheetProblem(line, "", SheetCode.TOO_MANY_CELLS, counted))
    table.rows.append(Row(line, dict(zip(table.columns, cells, strict=False))))


_MOST: dict[str, object] = {"most": LONGEST_CELL}
