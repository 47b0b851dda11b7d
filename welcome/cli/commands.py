"""The `welcome` command and its groups, each loaded when it is asked for."""

import logging
import sys
from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo

from welcome.cli.problems import tell

# Where each command stands, so that one need not wait for what only others use.
COMMANDS = {
    "accounts": "accounts:accounts",
    "areas": "areas:areas",
    "assets": "assets:assets",
    "backup": "backups:backup",
    "buddies": "buddies.commands:buddies",
    "content": "content:content",
    "db": "database:db",
    "demo": "demo:demo",
    "doctor": "doctor:doctor",
    "editions": "publishing:editions",
    "erasures": "backups:erasures",
    "keys": "keys:keys_group",
    "letters": "letters:letters",
    "mt": "machine:mt",
    "people": "people:people",
    "print": "publishing:print_pack",
    "publish": "publishing:publish",
    "render": "documents:render",
    "restore": "backups:restore",
    "rollback": "publishing:roll_back",
    "segments": "documents:segments",
    "serve": "serving:serve",
    "site": "publishing:site",
    "translate": "translating:translate",
    "up": "serving:up",
    "worker": "serving:worker",
}

# Libraries that tell much which nobody asked about.
QUIET = ("alembic.runtime.plugins", "fontTools")


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
        extra.setdefault("obj", ScriptInfo(create_app=_make_app))
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, _context: click.Context) -> list[str]:
        """Name every command."""
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Load a command."""
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        found = getattr(import_module(f"welcome.cli.{module}"), attribute)
        return found if isinstance(found, click.Command) else None


def _make_app() -> Flask:
    made: Flask = import_module("welcome.cli.application").make_app()
    return made


group = _Group(
    name="welcome",
    help="A multilingual welcome pack that stays true in every language.",
)


def main() -> None:
    """Run a command; what it refuses is told in a sentence."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    with tell():
        group.main(prog_name="welcome")
