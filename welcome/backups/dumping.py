"""PostgreSQL's own copy of a database, by its own tool."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import sqlalchemy as sa

from welcome.backups.errors import BackupFailed

TOOL = "pg_dump"
INSTALL = (
    "Install the client of PostgreSQL {major} (Debian: apt-get install"
    " postgresql-client-{major}), or leave the copy out: --without-copy"
)


def dump(connection: sa.Connection, snapshot: str, file: Path) -> None:
    """Write what a snapshot of the database holds to a file; raises BackupFailed."""
    command = [
        find_tool(connection),
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--snapshot={snapshot}",
        f"--file={file}",
        f"--dbname={_address(connection.engine.url)}",
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


def _address(url: sa.URL) -> str:
    """Say where the database is, without the password: others may see commands."""
    plain = url.set(drivername="postgresql", password=None)
    return plain.render_as_string(hide_password=False)
