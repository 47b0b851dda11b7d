"""Telling what was refused, in a sentence, with where and what to do."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from welcome.editions.problems import Problem, parts
from welcome.errors import WelcomeError
from welcome.packs.content.source import ContentProblem
from welcome.packs.errors import ContentRefused
from welcome.phrases import codes


@contextmanager
def tell() -> Iterator[None]:
    """Turn what a room refuses into a sentence on standard error and exit code 1."""
    try:
        yield
    except ContentRefused as refused:
        tell_content(refused.problems)
        sys.exit(1)
    except WelcomeError as problem:
        whole = Problem(problem.code, problem.params)
        for tag, each in {"": whole, **parts(whole)}.items():
            place = f"{tag}: " if tag else ""
            said = codes.word("en", each.code, **each.params)
            click.echo(f"{place}{said}", err=True)
        sys.exit(1)
    except (OperationalError, ProgrammingError) as problem:
        click.echo(
            f"The database did not answer as it should: {problem.orig}", err=True
        )
        click.echo("Run `welcome doctor` to see what is missing.", err=True)
        sys.exit(1)
    except OSError as refused:
        place = f"{refused.filename}: " if refused.filename else ""
        why = refused.strerror or str(refused)
        click.echo(f"This could not be done: {place}{why}.", err=True)
        sys.exit(1)


def tell_content(problems: Iterable[ContentProblem]) -> None:
    """Write each problem as FILE:LINE: sentence."""
    for each in problems:
        sentence = codes.word("en", each.code, **each.params)
        click.echo(f"{each.file}:{each.line}: {sentence}", err=True)
