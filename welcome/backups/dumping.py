"""PostgreSQL's own copy of a database, by its own tool."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from welcome.backups import rows
from welcome.backups.errors import BackupFailed

TOOL = "pg_dump"
# The server's own, which the tool leaves out by itself.
CATALOGUES = frozenset({"information_schema", "pg_catalog"})
INSTALL = (
    "Install the client of PostgreSQL {major} (Debian: apt-get install"
    " postgresql-client-{major}), or leave the copy out: --without-copy"
)


def dump(connection: sa.Connection, snapshot: str, file: Path) -> None:
    """Write what a snapshot holds of the product to a file; raises BackupFailed."""
    command = [
        find_tool(connection),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
        f"--file={file}",
        f"--dbname={_address(connection.engine.url)}",
        *_list_excluded(connection),
    ]
    password = connection.engine.url.password
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as problem:
        raise BackupFailed(f"{TOOL} does not start: {problem.strerror}") from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise BackupFailed(f"{TOOL} gave up: {said[-1]}")


def find_tool(connection: sa.Connection) -> str:
    """Find a tool that is not older than the server; raises BackupFailed."""
    info = connection.dialect.server_version_info
    major = int(info[0]) if info else 0
    found = shutil.which(TOOL)
    if found is None:
        wanted = INSTALL.format(major=major)
        raise BackupFailed(f"{TOOL} is not installed. {wanted}")
    said = subprocess.run(
        [found, "--version"], capture_output=True, text=True, check=False
    )
    version = re.search(r"\d+", said.stdout)
    if version is None or int(version.group()) < major:
        older = version.group() if version else "unknown"
        raise BackupFailed(
            f"{TOOL} is of version {older}, the server of version {major}."
            f" {INSTALL.format(major=major)}"
        )
    return found


def _list_excluded(connection: sa.Connection) -> Iterator[str]:
    """List what lies in the database beside the product's own tables, as options.

    What earlier restores kept, in schemas of their own, and what others put there.
    """
    inspected, quoted = sa.inspect(connection), connection.dialect.identifier_preparer
    ours = str(connection.exec_driver_sql("SELECT current_schema()").scalar())
    for name in inspected.get_schema_names():
        if name not in {ours, *CATALOGUES}:
            yield f"--exclude-schema={quoted.quote_identifier(name)}"
    views = {*inspected.get_view_names(), *inspected.get_materialized_view_names()}
    for name in sorted({*rows.list_foreign(connection), *views}):
        full = f"{quoted.quote_identifier(ours)}.{quoted.quote_identifier(name)}"
        yield f"--exclude-table={full}"


def _address(url: sa.URL) -> str:
    """Say where the database is, without the password: others may see commands."""
    plain = url.set(drivername="postgresql", password=None)
    return plain.render_as_string(hide_password=False)
