"""The `welcome` command and its groups."""

import logging
import sys

from flask.cli import FlaskGroup

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
    publishing.print_pack,
    publishing.publish,
    publishing.roll_back,
    publishing.site,
    serving.serve,
    serving.up,
    serving.worker,
)

group = FlaskGroup(
    name="welcome",
    create_app=make_app,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
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
