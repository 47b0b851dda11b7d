"""A small disk for an installation: it can be filled up, and freed again."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.faults.installation import Installation

MEGABYTES = 48
CHUNK = bytes(64 * 1024)


@dataclass(frozen=True)
class Disk:
    """What the instance lies on."""

    installation: Installation

    @property
    def _filler(self) -> Path:
        return self.installation.instance / "somebody-elses-film"

    def fill(self, *, rows_fit: bool = False) -> None:
        """Leave no byte; rows fit into what the database has set aside for its log."""
        engine = sa.create_engine(self.installation.settings.database)
        with closing(engine.raw_connection()) as connection:
            mode = "RESTART" if rows_fit else "TRUNCATE"
            connection.cursor().execute(f"PRAGMA wal_checkpoint({mode})")
        engine.dispose()
        # A write that does not fit writes what does; the next one is refused.
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(CHUNK):
                pass

    def free(self) -> None:
        """Make room, as whoever looks after the machine would."""
        self._filler.unlink()


@contextmanager
def small(installation: Installation) -> Iterator[Disk]:
    """Lay an installation on a disk of its own; its processes end with the block."""
    instance = installation.instance
    before = instance.rename(installation.folder / "before")
    instance.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(instance)]
    mounted = subprocess.run(
        ["mount", *options], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        instance.rmdir()
        before.rename(instance)
        pytest.skip(f"no disk of its own can be mounted here: {mounted.stderr}")
    try:
        shutil.copytree(before, instance, dirs_exist_ok=True)
        yield Disk(installation)
    finally:
        installation.end()
        subprocess.run(["umount", str(instance)], check=True)
