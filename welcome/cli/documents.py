"""`welcome segments` and `welcome render`: one Markdown file taken apart or shown."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from welcome import locales
from welcome.editions.markup import to_html, to_html_raw
from welcome.packs.content import front_matter
from welcome.phrases import codes
from welcome.segmentation import (
    OutsideSubset,
    Problem,
    check,
    extract,
    key_hash,
)

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


def _read(path: Path) -> _Document:
    """Read a file without its front matter; raises SystemExit with the place."""
    try:
        text = front_matter.read_text(path)
        if text.partition("\n")[0].strip() != front_matter.FENCE:
            return _Document(path, text, 0)
        parts = front_matter.split(text)
    except front_matter.Broken as problem:
        said = codes.word("en", problem.code, **problem.params)
        click.echo(f"{path}:{problem.line}: {said}", err=True)
        raise SystemExit(1) from None
    return _Document(path, parts.body, parts.first_line - 1)
