"""The `welcome` command and its groups."""

import logging
import sys

import click
from flask.cli import AppGroup, ScriptInfo

from welcome.cli import (
    accounts,
    assets,
    content,
    database,
    demo,
    doctor,
    documents,
    publishing,
    serving,
)
from welcome.cli.installation import make_app
from welcome.cli.problems import tell

COMMANDS = (
    accounts.accounts,
    assets.assets,
    content.content,
    database.db,
    demo.demo,
    doctor.doctor,
    documents.render,
    documents.segments,
    publishing.editions,
    publishing.print_pack,
    publishing.publish,
    publishing.roll_back,
    publishing.site,
    serving.serve,
    serving.up,
    serving.worker,
)


class _Group(AppGroup):
    """Makes the web application for commands that ask for it, and for no others."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: object,
    ) -> click.Context:
        """Remember how to make it."""
        extra.setdefault("obj", ScriptInfo(create_app=make_app))
        return super().make_context(info_name, args, parent, **extra)


group = _Group(
    name="welcome",
    help="A multilingual welcome pack that stays true in every language.",
)
for command in COMMANDS:
    group.add_command(command)


def main() -> None:
    """Run a command; what it refuses is told in a sentence."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    with tell():
        group.main(prog_name="welcome")
