"""Bringing a database's schema up to date."""

from importlib import resources

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Engine


def configuration(engine: Engine | Connection) -> Config:
    """Point Alembic at our steps and at an engine, or a connection in a transaction."""
    made = Config()
    folder = resources.files("welcome.migrations")
    made.set_main_option("script_location", str(folder))
    made.set_main_option("version_locations", str(folder / "steps"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = engine
    return made


def upgrade(engine: Engine | Connection, to: str = "head") -> None:
    """Take every step that is missing, or those up to one."""
    command.upgrade(configuration(engine), to)
