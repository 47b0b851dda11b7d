"""Numbers and addresses in one piece, whichever way the text around them runs."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from flask import Flask
from markupsafe import escape

from welcome import locales
from welcome.locales import directions, foreign_runs
from welcome.segmentation import Op

Pieces = Sequence[tuple[Op, str]]
# Nobody reads a longer difference letter by letter.
MOST_LETTERS = 20_000
WORTH_LOOKING = re.compile(r"\d|@|www\.")
_Letter = tuple[Op, str]


class Escaped(str):
    """A text that pages take as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell the templates that it is escaped already."""
        return self


def install(app: Flask) -> None:
    """Let every page show texts as readers will read them."""
    app.jinja_env.filters.update(isolated=isolated, typed=typed, unbroken=unbroken)
    app.jinja_env.tests.update(turned=is_turned)


def isolated(text: str, tag: str) -> Escaped:
    """Escape a text of a locale, and isolate what reads from left to right in it."""
    is_rtl = locales.get(tag).direction == "rtl"
    return Escaped(directions.isolate(str(escape(text)), is_rtl=is_rtl))


def typed(text: str) -> Escaped:
    """Escape what somebody typed in any language, with numbers in one piece."""
    return Escaped(directions.isolate_typed(text))


def is_turned(text: str, tag: str) -> bool:
    """Tell whether a box that holds the text shows a number or address out of order."""
    is_rtl = locales.get(tag).direction == "rtl"
    return is_rtl and bool(foreign_runs.find_runs(text, (), is_rtl=False))


def unbroken(pieces: Pieces) -> list[tuple[Op, str]]:
    """Show a number or address as changed whole where a part of it changed."""
    whole = "".join(text for _op, text in pieces)
    if len(whole) > MOST_LETTERS or not WORTH_LOOKING.search(whole):
        return list(pieces)
    letters = [(op, letter) for op, text in pieces for letter in text]
    for side in (Op.DELETE, Op.INSERT):
        changed = set(_in_changed_runs(letters, side))
        letters = [
            both
            for at, (op, letter) in enumerate(letters)
            for both in (
                [(Op.DELETE, letter), (Op.INSERT, letter)]
                if at in changed and op is Op.EQUAL
                else [(op, letter)]
            )
        ]
    return list(_joined(letters))


def _in_changed_runs(letters: Sequence[_Letter], side: Op) -> Iterator[int]:
    """List the places of letters in one side's runs in which something changed."""
    places = [at for at, (op, _) in enumerate(letters) if op in (Op.EQUAL, side)]
    text = "".join(letters[at][1] for at in places)
    for start, end in foreign_runs.find_runs(text, (), is_rtl=False):
        run = range(places[start], places[end - 1] + 1)
        if any(letters[at][0] is not Op.EQUAL for at in run):
            yield from places[start:end]


def _joined(letters: Sequence[_Letter]) -> Iterator[tuple[Op, str]]:
    """Join letters to pieces again, deletions before insertions."""
    for is_equal, group in groupby(letters, lambda each: each[0] is Op.EQUAL):
        run = list(group)
        for op in (Op.EQUAL,) if is_equal else (Op.DELETE, Op.INSERT):
            if text := "".join(letter for way, letter in run if way is op):
                yield op, text
