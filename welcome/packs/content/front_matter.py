"""A page's file: TOML between lines of +++, then Markdown."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import tomli_w

from welcome.packs.versions import normal_body

FENCE = "+++"
MOST_FRONT = 16_000
MOST_BYTES = 400_000
# Keys with a thousand dots are read in quadratic time and nest as deep.
MOST_IN_LINE = 2_000
DEEPEST = 8
AT_LINE = re.compile(r"at line (\d+)")


class Broken(Exception):
    """A file that cannot be taken apart: where, and the code of what is wrong."""

    def __init__(self, line: int, code: str, **params: object) -> None:
        self.line = line
        self.code = code
        self.params = params
        super().__init__(line, code)


class Parts(NamedTuple):
    """A file taken apart; `first_line` is where the body begins."""

    front: dict[str, Any]
    body: str
    first_line: int


def read_text(file: Path) -> str:
    """Read a file of bounded size as UTF-8 with plain line ends; raises Broken."""
    if file.stat().st_size > MOST_BYTES:
        raise Broken(1, "file-too-large", most=MOST_BYTES)
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise Broken(line, "not-utf8") from problem
    if "\0" in text:
        raise Broken(text.count("\n", 0, text.index("\0")) + 1, "not-text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split(text: str) -> Parts:
    """Take a page's file apart; raises Broken with the line."""
    lines = text.split("\n")
    if lines[0].strip() != FENCE:
        raise Broken(1, "no-front-matter")
    closing = next(
        (i for i, line in enumerate(lines[1:], 1) if line.strip() == FENCE), 0
    )
    if not closing:
        raise Broken(1, "front-matter-not-closed")
    front = "\n".join(lines[1:closing])
    if len(front) > MOST_FRONT:
        raise Broken(1, "front-matter-too-long", most=MOST_FRONT)
    body = normal_body("\n".join(lines[closing + 1 :]))
    skipped = next(
        (i for i, line in enumerate(lines[closing + 1 :]) if line.strip()), 0
    )
    return Parts(parse_toml(front, 1), body, closing + 2 + skipped)


def parse_toml(text: str, offset: int = 0) -> dict[str, Any]:
    """Read TOML; raises Broken with the line, `offset` lines further down."""
    for number, written in enumerate(text.split("\n"), 1):
        if len(written) > MOST_IN_LINE:
            reason = f"a line is longer than {MOST_IN_LINE} characters"
            raise Broken(number + offset, "bad-toml", reason=reason)
    try:
        table = tomllib.loads(text)
    # A whole number of too many digits is a plain ValueError.
    except (ValueError, RecursionError) as problem:
        found = AT_LINE.search(str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        raise Broken(line + offset, "bad-toml", reason=str(problem)) from problem
    if _is_deeper(table, DEEPEST):
        reason = f"tables are nested more than {DEEPEST} deep"
        raise Broken(1 + offset, "bad-toml", reason=reason)
    return table


def _is_deeper(value: object, most: int) -> bool:
    """Tell whether tables and lists are nested deeper than allowed."""
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return most == 0 or any(_is_deeper(each, most - 1) for each in inner)


def join(front: dict[str, Any], body: str) -> str:
    """Put a page's file together again."""
    return f"{FENCE}\n{tomli_w.dumps(front)}{FENCE}\n\n{normal_body(body)}\n"
