"""Sentinels: short marks that stand for what an engine must not touch."""

import re
from typing import NamedTuple

from .engine import Marks

_WRITTEN = {Marks.BRACKETS: "⟦{}⟧", Marks.LETTERS: "X{}Q"}
# Engines like to put blanks inside, and some change the case.
_READ = {
    Marks.BRACKETS: re.compile(r"⟦\s*(\d{1,3})\s*⟧"),
    Marks.LETTERS: re.compile(r"(?<![^\W\d_])[Xx]\s?(\d{1,3})\s?[Qq](?![^\W\d_])"),
}
_STRAY = re.compile("[⟦⟧]|" + "|".join(pattern.pattern for pattern in _READ.values()))


class Mark(NamedTuple):
    """A sentinel that was found: its number, and where it stands."""

    number: int
    start: int
    end: int


def write(marks: Marks, number: int) -> str:
    """Write the sentinel with a number."""
    return _WRITTEN[marks].format(number)


def find(marks: Marks, text: str) -> list[Mark]:
    """Find the sentinels of a family in a text, in order."""
    return [Mark(int(each[1]), *each.span()) for each in _READ[marks].finditer(text)]


def has_stray(text: str) -> bool:
    """Tell whether anything is left in a text that looks like a sentinel."""
    return _STRAY.search(text) is not None
