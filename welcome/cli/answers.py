"""What commands answer: sentences for people, or JSON for programs."""

import json
from collections.abc import Iterable

import click

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


def say(told: object, sentences: Iterable[str], *, as_json: bool) -> None:
    """Say what was done: as JSON for a program, else in sentences."""
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for sentence in sentences:
        click.echo(sentence)
