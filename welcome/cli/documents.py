"""`welcome segments` and `welcome render`: one Markdown file taken apart or shown."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from welcome import locales
from welcome.editions.markup import to_html, to_html_raw
from welcome.phrases import codes
from welcome.segmentation import (
    OutsideSubset,
    Problem,
    check,
    extract,
    key_hash,
)

_FENCE = "+++"
# These lose their target and nothing else, so the document can still be shown.
_SHOWN_WITHOUT = frozenset({"refused-link", "remote-image"})


@dataclass(frozen=True)
class _Document:
    """The Markdown of a file and the lines of front matter before it."""

    path: Path
    markdown: str
    lines_before: int

    def tell(self, problems: Iterable[Problem]) -> None:
        """Write each problem as FILE:LINE: sentence."""
        for problem in problems:
            place = f"{self.path}:{self.lines_before + problem.line}"
            said = codes.word("en", problem.code, **problem.params)
            click.echo(f"{place}: {said}", err=True)

    def refuse(self, problems: Iterable[Problem]) -> NoReturn:
        """Write each problem and end with exit code 1."""
        self.tell(problems)
        raise SystemExit(1)


_file = click.argument(
    "path", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)


@click.command("segments")
@_file
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
def segments(path: Path, *, as_json: bool) -> None:
    """List the segments of a Markdown FILE: what a translator would get."""
    document = _read(path)
    if problems := check(document.markdown):
        document.refuse(problems)
    found = [
        {
            "position": position,
            "kind": segment.kind,
            "path": segment.path,
            "text": segment.text,
            "key": key_hash(segment.text),
        }
        for position, segment in enumerate(extract(document.markdown))
    ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for each in found:
        text = str(each["text"]).replace("\n", "\n    ")
        click.echo(f"{each['position']} {each['kind']} {each['path']}\n    {text}")


@click.command("render")
@_file
@click.option("--locale", "tag", metavar="T", default="en", show_default=True)
@click.option("--raw", is_flag=True, help="As Python-Markdown alone renders it.")
def render(path: Path, *, tag: str, raw: bool) -> None:
    """Render a Markdown FILE as HTML; refused links are listed on standard error."""
    document = _read(path)
    direction = locales.get(tag).direction
    try:
        if raw:
            click.echo(to_html_raw(document.markdown), nl=False)
            return
        problems = check(document.markdown)
        if any(problem.code not in _SHOWN_WITHOUT for problem in problems):
            document.refuse(problems)
        document.tell(problems)
        html = to_html(document.markdown, direction=direction, id_prefix="")
    except OutsideSubset as refused:
        document.refuse(refused.problems)
    click.echo(html, nl=False)


def _refuse_file(path: Path, line: int, what: str) -> NoReturn:
    click.echo(f"{path}:{line}: {what}", err=True)
    raise SystemExit(1)


def _read(path: Path) -> _Document:
    """Read a file without its front matter; raises SystemExit with the place."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        before = raw.count(b"\n", 0, reason.start)
        _refuse_file(path, before + 1, "This is not UTF-8 text. Save it as UTF-8.")
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return _Document(path, text, 0)
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == _FENCE:
            return _Document(path, "\n".join(lines[number:]), number)
    _refuse_file(path, 1, "The front matter has no end. Add a line of +++ below it.")
