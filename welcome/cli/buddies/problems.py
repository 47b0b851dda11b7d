"""Telling what is wrong with files: each problem as FILE:LINE: column: sentence."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from welcome.buddies.spreadsheets.problems import SheetProblem
from welcome.errors import RuleBroken, WelcomeError
from welcome.phrases import codes

# More than this on a screen hide those that matter; JSON holds every one.
MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Told:
    """A problem, and the file it stands in."""

    file: Path
    problem: SheetProblem

    @property
    def sentence(self) -> str:
        """Say it."""
        return codes.word("en", self.problem.code, **self.problem.params)

    def line(self) -> str:
        """Say it with where it is."""
        place = [str(self.file), str(self.problem.line)]
        column = f" {self.problem.column}:" if self.problem.column else ""
        return f"{':'.join(place)}:{column} {self.sentence}"

    def to_json(self) -> dict[str, object]:
        """Give it as JSON holds it."""
        return {
            "file": str(self.file),
            "line": self.problem.line,
            "column": self.problem.column,
            "code": str(self.problem.code),
            "params": dict(self.problem.params),
            "sentence": self.sentence,
        }


class FilesRefused(RuleBroken):
    """Something is wrong with a file that was given; nothing was written."""

    code = "files_refused"

    def __init__(self, problems: Sequence[Told], notes: Sequence[Told]) -> None:
        self.problems, self.notes = problems, notes
        super().__init__(count=len(problems))


def tell(problems: Iterable[Told]) -> None:
    """Write problems to standard error, not without end."""
    for at, each in enumerate(problems):
        if at < MOST_TOLD:
            click.echo(_printable(each.line()), err=True)
        elif at == MOST_TOLD:
            click.echo("… and more: --json tells every one.", err=True)


def tell_json(refused: WelcomeError) -> None:
    """Write what was refused as JSON to standard output."""
    if isinstance(refused, FilesRefused):
        problems = [each.to_json() for each in refused.problems]
        notes = [each.to_json() for each in refused.notes]
    else:
        said = codes.word("en", refused.code, **refused.params)
        problems, notes = [{"code": refused.code, "sentence": said}], []
    told = {"problems": problems, "notes": notes}
    click.echo(json.dumps(told, ensure_ascii=False))


def _printable(text: str) -> str:
    """Show what a terminal would obey, and what would turn a line around."""
    return "".join(_show(text))


def _show(text: str) -> Iterator[str]:
    for each in text:
        yield each if each.isprintable() else each.encode("unicode_escape").decode()
