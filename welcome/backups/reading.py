"""Reading a backup that anybody may have made: nothing in it is believed unseen."""

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from welcome.backups import manifest, rows
from welcome.backups.errors import RestoreRefused, Unfit
from welcome.backups.manifest import Manifest, Table
from welcome.backups.rows import Sum

PIECE = 1 << 20
# A page of a pack is far below.
LONGEST_LINE = 32 * 1024 * 1024
# What rows shrink to at most; more than that is made to fill a disk.
MOST_TIMES = 300
ALWAYS_FINE = 50 * 1024 * 1024
MOST_MEMBERS = 500

# What the library raises for what is damaged.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    LookupError,
    MemoryError,
)


@dataclass(frozen=True)
class Backup:
    """A backup that is whole: every part of it has the sum it says it has."""

    manifest: Manifest
    _zip: zipfile.ZipFile

    def rows_of(self, table: Table) -> Iterator[dict[str, Any]]:
        """Read a table's rows again; raises Unfit."""
        for line in _lines(self._zip, table):
            yield rows.decode(table.columns, line)


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """Open a backup and look it through; raises RestoreRefused.

    What is done with it may raise Unfit, which is told with the file's name too.
    """
    try:
        with _unzip(file) as archive:
            yield _look_through(archive)
    except Unfit as problem:
        raise RestoreRefused(file, str(problem)) from None
    except OSError as problem:
        raise RestoreRefused(file, problem.strerror or str(problem)) from None


def _unzip(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except DAMAGED as problem:
        raise Unfit("it is damaged, or no backup") from problem


def _look_through(archive: zipfile.ZipFile) -> Backup:
    """Look at every byte of it, before anything is done with it."""
    try:
        told = _read_manifest(archive)
        _refuse_unlike(archive, told)
        _refuse_harmed(archive, told)
    except DAMAGED as problem:
        raise Unfit("it is damaged, or no backup") from problem
    return Backup(told, archive)


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    found = [each for each in archive.infolist() if each.filename == manifest.NAME]
    if len(found) != 1:
        raise Unfit("it is damaged, or no backup: there is no list of contents in it")
    if found[0].file_size > manifest.LARGEST:
        raise Unfit("its list of contents is too large")
    with archive.open(found[0]) as content:
        return manifest.read(content.read(manifest.LARGEST + 1))


def _refuse_unlike(archive: zipfile.ZipFile, told: Manifest) -> None:
    """Refuse an archive that holds anything else than its list of contents says."""
    wanted = {table.member: table.size for table in told.tables}
    if len(wanted) != len(told.tables):
        raise Unfit("its list of contents names a table twice")
    if told.copy:
        wanted[told.copy.name] = told.copy.size
    found = [each for each in archive.infolist() if each.filename != manifest.NAME]
    names = [each.filename for each in found]
    if len(names) > MOST_MEMBERS or len(set(names)) != len(names):
        raise Unfit("it holds things twice, or far too many")
    if set(names) != set(wanted):
        odd = sorted(set(names) ^ set(wanted))[0]
        raise Unfit(f"its list of contents and what it holds differ: {odd[:100]}")
    for each in found:
        _refuse_trap(each, wanted[each.filename])


def _refuse_trap(member: zipfile.ZipInfo, size: int) -> None:
    """Refuse what would not end, or cannot be read."""
    if member.file_size != size:
        raise Unfit(f"{member.filename} is not as large as it should be")
    if member.flag_bits & 1:
        raise Unfit(f"{member.filename} is encrypted")
    if size > max(ALWAYS_FINE, member.compress_size * MOST_TIMES):
        raise Unfit(f"{member.filename} is packed as only traps are")


def _refuse_harmed(archive: zipfile.ZipFile, told: Manifest) -> None:
    """Compare every part with the sum it should have, holding little of it at once."""
    for table in told.tables:
        total = Sum()
        for line in _lines(archive, table):
            total.add(line)
        if (total.rows, total.sha256) != (table.rows, table.sha256):
            raise Unfit(f"the rows of {table.name} are not those that were saved")
    if told.copy:
        digest = hashlib.sha256()
        with archive.open(told.copy.name) as given:
            while piece := given.read(PIECE):
                digest.update(piece)
        if digest.hexdigest() != told.copy.sha256:
            raise Unfit(f"{told.copy.name} is not what was saved")


def _lines(archive: zipfile.ZipFile, table: Table) -> Iterator[bytes]:
    """Read a table's rows line by line; raises Unfit."""
    try:
        with archive.open(table.member) as given:
            while line := given.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE:
                    raise Unfit(f"a row of {table.name} is too long")
                yield line
    except DAMAGED as problem:
        raise Unfit(f"the rows of {table.name} are damaged") from problem
