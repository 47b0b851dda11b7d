"""Limits that hold before anything is parsed: Python-Markdown is quadratic in brackets."""

import re
from collections.abc import Iterator

from .errors import OutsideSubset
from .problems import Problem

MAX_BYTES = 200_000
MAX_BLOCK = 20_000
MAX_TEXT = 5_000
MAX_BRACKETS = 200
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
    """List every limit the document breaks, in order of lines."""
    size = len(markdown.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        return [Problem(1, "too-large", {"size": size, "limit": MAX_BYTES})]
    lines = lines_of(markdown)
    return [
        *_deep_lines(lines),
        *_heavy_runs(lines, MAX_BLOCK, None, splits=False),
        *_heavy_runs(lines, MAX_TEXT, MAX_BRACKETS, splits=True),
    ]


def find_excess_in_text(text: str) -> list[Problem]:
    """List the limits one text (a target) breaks; such a text is never rendered."""
    return list(_heavy_runs([text.replace("\n", " ")], MAX_TEXT, MAX_BRACKETS))


def refuse_excess(markdown: str) -> None:
    """Raise OutsideSubset when the document breaks a limit."""
    if problems := find_excess(markdown):
        raise OutsideSubset(problems)


def _deep_lines(lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        if line.strip() and (level := depth(line)) > MAX_DEPTH:
            yield Problem(number, "too-deep", {"size": level, "limit": MAX_DEPTH})


def _heavy_runs(
    lines: list[str], limit: int, brackets: int | None, *, splits: bool = False
) -> Iterator[Problem]:
    for start, run in _runs(lines, splits=splits):
        if len(run) > limit:
            yield Problem(start, "block-too-long", {"size": len(run), "limit": limit})
        elif brackets is not None and (count := run.count("[")) > brackets:
            params = {"size": count, "limit": brackets}
            yield Problem(start, "too-many-brackets", params)


def _runs(lines: list[str], *, splits: bool) -> Iterator[tuple[int, str]]:
    """Give runs of lines without an empty one; `splits` ends one at each list mark too."""
    start, run = 1, list[str]()
    for number, line in enumerate(lines, 1):
        if not line.strip() or (splits and _NEW_TEXT.match(line)):
            if run:
                yield start, "\n".join(run)
            start, run = number, []
        if line.strip():
            start = start if run else number
            run.append(line)
    if run:
        yield start, "\n".join(run)
