"""One file that appears whole or not at all: written beside, synced, renamed."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from welcome.backups import manifest
from welcome.backups.errors import BackupFailed
from welcome.backups.manifest import Copy, Manifest
from welcome.backups.rows import Sum
from welcome.editions import leftovers

PIECE = 1 << 20
UNFINISHED = "welcome-backup"


class Archive:
    """A backup being written."""

    def __init__(self, opened: zipfile.ZipFile, folder: Path) -> None:
        self._zip = opened
        # Beside the file, for what is made before it goes in.
        self.folder = folder

    def add_rows(self, member: str, lines: Iterable[bytes]) -> Sum:
        """Put a table's rows in, and sum them up."""
        total = Sum()
        with self._zip.open(member, "w", force_zip64=True) as out:
            for line in lines:
                out.write(total.add(line))
        return total

    def add_copy(self, file: Path) -> Copy:
        """Put the database's own copy in."""
        digest = hashlib.sha256()
        with (
            file.open("rb") as given,
            self._zip.open(file.name, "w", force_zip64=True) as out,
        ):
            while piece := given.read(PIECE):
                digest.update(piece)
                out.write(piece)
        return Copy(file.name, file.stat().st_size, digest.hexdigest())

    def close(self, told: Manifest) -> None:
        """Put in the list of contents, with which it is whole."""
        self._zip.writestr(manifest.NAME, manifest.write(told))


@contextmanager
def appearing(target: Path, now: datetime) -> Iterator[Archive]:
    """Give an archive to fill that appears at its place whole; raises BackupFailed."""
    try:
        # A backup that was killed leaves what it had copied.
        leftovers.sweep(target.parent, f".{UNFINISHED}.*", now=now)
        with leftovers.held_folder(target.parent, UNFINISHED) as folder:
            made = folder / target.name
            handle = os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
                    yield Archive(opened, folder)
                out.flush()
                os.fsync(out.fileno())
            _put(made, target)
            sync_folder(target.parent)
    except OSError as problem:
        raise BackupFailed(f"{target}: {problem.strerror or problem}") from None


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(made: Path, target: Path) -> None:
    """Put a file in its place; one that lies there is never written over."""
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        if target.exists():
            raise
        made.replace(target)
