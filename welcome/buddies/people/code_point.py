"""Reading OS Code-Point Open: each postcode's point becomes its sector's middle.

The layout: a zip with `Data/CSV/*.csv` without heads, of rows that begin postcode,
quality, easting, northing. Places whose point is not known have quality 90 and no
coordinates. Source: Ordnance Survey, Code-Point Open user guide.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from welcome.buddies.people.errors import BadAreas

MOST_FILES = 500
MOST_BYTES = 512 * 1024 * 1024
MOST_NAMED = 20
LONGEST_LINE = 2_000
ENOUGH_COLUMNS = 4
NOT_KNOWN = "90"
EASTINGS, NORTHINGS = range(1, 700_000), range(1, 1_300_000)
LONGEST_NAME = 60

# What damaged, locked or strangely packed files raise; Python's zipfile says by
# NotImplementedError that it lacks a packing, and by RuntimeError that it lacks a password.
BROKEN = (
    zipfile.BadZipFile, zlib.error, csv.Error, NotImplementedError, EOFError,
    RuntimeError,
)  # fmt: skip

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d)[A-Z]{2}")
_CSV = re.compile(r"(?:.*/)?data/csv/[^/]+\.csv", re.IGNORECASE)


@dataclass
class Read:
    """What a file held: sums for each sector, rows without a point, rows that are bad."""

    sums: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    without_point: int = 0
    bad: int = 0
    named: list[str] = field(default_factory=list)

    def add(self, code: str, east: int, north: int) -> None:
        """Count a point towards its sector."""
        easts, norths, number = self.sums.get(code, (0, 0, 0))
        self.sums[code] = easts + east, norths + north, number + 1

    def refuse(self, where: str) -> None:
        """Count a row that cannot be read, and name the first ones."""
        self.bad += 1
        if len(self.named) < MOST_NAMED:
            self.named.append(where)

    def middles(self) -> dict[str, tuple[int, int]]:
        """Give each sector's middle in whole metres (half a metre goes up)."""
        return {
            code: ((2 * east + number) // (2 * number), (2 * north + number) // (2 * number))
            for code, (east, north, number) in self.sums.items()
        }  # fmt: skip


def read_zip(path: Path) -> Read:
    """Read a whole file; raises BadAreas where it is no such file or far too big."""
    found, budget = Read(), _Budget(MOST_BYTES)
    try:
        with zipfile.ZipFile(path) as packed:
            for name in _list_files(packed):
                with packed.open(name) as opened:
                    _read_rows(found, name, csv.reader(_lines(opened, name, budget)))
    except BROKEN as problem:
        raise BadAreas(f"{path.name}: {problem}") from None
    return found


def read_neighbourhoods(path: Path) -> dict[str, tuple[int, int]]:
    """Read a hand-picked list of `name,easting,northing`; raises BadAreas."""
    found: dict[str, tuple[int, int]] = {}
    bad: list[str] = []
    seen: set[str] = set()
    with path.open("rb") as opened:
        rows = csv.reader(_lines(opened, path.name, _Budget(MOST_BYTES)))
        for number, row in enumerate(rows, 1):
            if not row or (number == 1 and row[0].strip().casefold() == "name"):
                continue
            name = " ".join(row[0].split())
            point = _point(row[1:3])
            key = name.casefold()
            if point is None or not 0 < len(key) <= LONGEST_NAME or key in seen:
                bad.append(f"{path.name}:{number}")
                continue
            seen.add(key)
            found[name] = point
    if bad:
        shown = tuple(bad[:MOST_NAMED])
        raise BadAreas(f"{len(bad)} rows cannot be read", shown)
    return found


def _list_files(packed: zipfile.ZipFile) -> list[str]:
    infos = packed.infolist()
    names = sorted(each.filename for each in infos if _CSV.fullmatch(each.filename))
    if not names:
        raise BadAreas("it holds no Data/CSV/*.csv")
    if len(infos) > MOST_FILES:
        raise BadAreas(f"it holds more than {MOST_FILES} files")
    return names


@dataclass
class _Budget:
    """How much may still be unpacked, whatever the file says of its size."""

    left: int

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise BadAreas(f"it unpacks to more than {MOST_BYTES} bytes")


def _lines(opened: IO[bytes], name: str, budget: _Budget) -> Iterator[str]:
    number = 0
    while line := opened.readline(LONGEST_LINE + 1):
        number += 1
        budget.take(len(line))
        if len(line) > LONGEST_LINE:
            raise BadAreas(f"{name}:{number} is longer than {LONGEST_LINE} bytes")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise BadAreas(f"{name}:{number} is not UTF-8") from None


def _read_rows(found: Read, name: str, rows: Iterable[list[str]]) -> None:
    for number, row in enumerate(rows, 1):
        if not row:
            continue
        code = sector_of(row[0]) if len(row) >= ENOUGH_COLUMNS else ""
        point = _point(row[2:4])
        if code and row[1].strip() == NOT_KNOWN and _is_nowhere(row[2:4]):
            found.without_point += 1
        elif code and point:
            found.add(code, *point)
        else:
            found.refuse(f"{name}:{number}")


def sector_of(text: str) -> str:
    """Give the sector of a whole postcode, as in "WS1 3"; "" where it is none."""
    parts = _POSTCODE.fullmatch("".join(text.split()).upper())
    return f"{parts[1]} {parts[2]}" if parts else ""


def _is_nowhere(texts: list[str]) -> bool:
    return all(each.strip() in {"", "0"} for each in texts)


def _point(texts: list[str]) -> tuple[int, int] | None:
    """Read metres on the national grid; None where they are not on it."""
    plain = [each.strip() for each in texts]
    if len(plain) != 2 or not all(re.fullmatch(r"[0-9]{1,7}", each) for each in plain):
        return None
    east, north = int(plain[0]), int(plain[1])
    return (east, north) if east in EASTINGS and north in NORTHINGS else None
