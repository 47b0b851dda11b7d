"""Limits that hold before anything is parsed: Python-Markdown is quadratic in brackets."""

import re
from collections.abc import Iterator

from .errors import OutsideSubset
from .problems import Problem

MAX_SIZE = 200_000
MAX_LINES = 5_000
MAX_BLOCK_LINES = 500
MAX_BLOCK = 20_000
MAX_TEXT = 5_000
MAX_BRACKETS = 200
MAX_BRACKETS_IN_ALL = 1_000
MAX_DEPTH = 6

_LEVEL = re.compile(r"[ ]{4}|[ ]{0,3}(?:>[ ]?|(?:[-+*]|\d{1,9}\.|:)(?:[ ]+|$)|!!!)")
# A line that starts with one of these begins a text of its own.
_NEW_TEXT = re.compile(r"[ >]*(?:[-+*][ ]|\d+\.[ ]|#|\||:[ ]|!!!)")


def lines_of(markdown: str) -> list[str]:
    """Give the lines as the parser will see them, so that numbers agree."""
    text = markdown.replace("\x02", "").replace("\x03", "")
    return text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")


def depth(line: str) -> int:
    """Count the block levels a line opens or continues."""
    at = level = 0
    while (found := _LEVEL.match(line, at)) and found.end() > at:
        at = found.end()
        level += 1
    return level


def find_excess(markdown: str) -> list[Problem]:
    """List every limit the document breaks."""
    lines = lines_of(markdown)
    for code, size, limit in (
        ("too-large", len(markdown), MAX_SIZE),
        ("too-many-lines", len(lines), MAX_LINES),
        ("too-many-brackets", markdown.count("["), MAX_BRACKETS_IN_ALL),
    ):
        if size > limit:
            return [Problem(1, code, {"size": size, "limit": limit})]
    found = list(_deep_lines(lines))
    for start, run in _runs(lines, splits=False):
        found += _measure(start, "block-too-long", len("\n".join(run)), MAX_BLOCK)
        found += _measure(start, "too-many-block-lines", len(run), MAX_BLOCK_LINES)
    for start, run in _runs(lines, splits=True):
        found += _heavy_text(start, "\n".join(run))
    return found


def find_excess_in_text(text: str) -> list[Problem]:
    """List the limits one text (a target) breaks; such a text is never rendered."""
    return list(_heavy_text(1, text))


def refuse_excess(markdown: str) -> None:
    """Raise OutsideSubset when the document breaks a limit."""
    if problems := find_excess(markdown):
        raise OutsideSubset(problems)


def _deep_lines(lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        if line.strip() and (level := depth(line)) > MAX_DEPTH:
            yield Problem(number, "too-deep", {"size": level, "limit": MAX_DEPTH})


def _heavy_text(line: int, text: str) -> Iterator[Problem]:
    yield from _measure(line, "block-too-long", len(text), MAX_TEXT)
    yield from _measure(line, "too-many-brackets", text.count("["), MAX_BRACKETS)


def _measure(line: int, code: str, size: int, limit: int) -> Iterator[Problem]:
    if size > limit:
        yield Problem(line, code, {"size": size, "limit": limit})


def _runs(lines: list[str], *, splits: bool) -> Iterator[tuple[int, list[str]]]:
    """Give runs of lines without an empty one; `splits` ends one at each list mark too."""
    start, run = 1, list[str]()
    for number, line in enumerate(lines, 1):
        is_empty = not line.strip(" >")
        if run and (is_empty or (splits and _NEW_TEXT.match(line))):
            yield start, run
            run = []
        if not is_empty:
            start = start if run else number
            run.append(line)
    if run:
        yield start, run
