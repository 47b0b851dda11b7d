"""Telling what was refused, in a sentence, with where and what to do."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

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
        click.echo(codes.word("en", problem.code, **problem.params), err=True)
        sys.exit(1)
    except (OperationalError, ProgrammingError) as problem:
        click.echo(
            f"The database did not answer as it should: {problem.orig}", err=True
        )
        click.echo("Run `welcome doctor` to see what is missing.", err=True)
        sys.exit(1)


def tell_content(problems: Iterable[ContentProblem]) -> None:
    """Write each problem as FILE:LINE: sentence."""
    for each in problems:
        sentence = codes.word("en", each.code, **each.params)
        click.echo(f"{each.file}:{each.line}: {sentence}", err=True)
