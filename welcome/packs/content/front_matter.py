"""A page's file: TOML between lines of +++, then Markdown."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import tomli_w

FENCE = "+++"
MOST_FRONT = 16_000
MOST_BYTES = 400_000
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
    body = "\n".join(lines[closing + 1 :]).strip("\n")
    skipped = next(
        (i for i, line in enumerate(lines[closing + 1 :]) if line.strip()), 0
    )
    return Parts(parse_toml(front, 1), body, closing + 2 + skipped)


def parse_toml(text: str, offset: int = 0) -> dict[str, Any]:
    """Read TOML; raises Broken with the line, `offset` lines further down."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        found = AT_LINE.search(str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        raise Broken(line + offset, "bad-toml", reason=str(problem)) from problem


def join(front: dict[str, Any], body: str) -> str:
    """Put a page's file together again."""
    return f"{FENCE}\n{tomli_w.dumps(front)}{FENCE}\n\n{body.strip()}\n"
