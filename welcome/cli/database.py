"""`welcome db …`: the schema."""

from importlib import import_module

import click
from sqlalchemy import inspect

from welcome import config, standing
from welcome.cli.installation import installation


@click.group()
def db() -> None:
    """Bring the database's schema up to date, or look where it stands."""


@db.command()
def upgrade() -> None:
    """Take every schema step that is missing."""
    prepare()
    click.echo("The database is up to date.")


@db.command()
def check() -> None:
    """Tell whether schema steps are missing; exit code 1 where they are."""
    stands, newest = standing.stands_at(installation().engine)
    click.echo(f"The database stands at {stands or 'nothing'}; newest is {newest}.")
    raise SystemExit(stands != newest)


def prepare() -> None:
    """Make what an installation needs before anything else: keys and tables."""
    settings = config.load()
    settings.instance.mkdir(parents=True, exist_ok=True)
    found = inspect(installation().engine).has_table("account")
    config.make_secrets(settings.instance, database_exists=found)
    installation.cache_clear()
    opened = installation()
    stands, newest = standing.stands_at(opened.engine)
    if stands != newest:
        # Loaded when there is something to do, so that the next start is soon.
        import_module("welcome.migrations.schema").upgrade(opened.engine)
