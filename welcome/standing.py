"""Where a database's schema stands, told without Alembic: loading it takes long."""

from importlib import resources

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from welcome.database import reading


def stands_at(engine: Engine) -> tuple[str | None, str]:
    """Tell the step the database stands at, and the newest there is."""
    with reading(), engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None, newest()
        asked = "SELECT version_num FROM alembic_version"
        return connection.exec_driver_sql(asked).scalar(), newest()


def newest() -> str:
    """Return the newest step."""
    return steps()[-1]


def steps() -> list[str]:
    """List the steps: their files begin with their numbers."""
    files = resources.files("welcome.migrations").joinpath("steps").iterdir()
    numbers = (each.name.partition("_")[0] for each in files)
    return sorted(number for number in numbers if number.isdigit())
