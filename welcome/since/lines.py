"""The file: lines are only added, each is on disk before what it tells of counts.

There is nothing about a person in it but the random public id of a row.
"""

import fcntl
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from welcome.since.errors import NotNoted, SinceUnreadable

NAME = "since.jsonl"
FORMAT = 1
# More than any line of ours has.
LONGEST_LINE = 1000
NOT_OURS = "it does not begin as such a file does"
BEGINNING = b'{"machine": "'

Key = tuple[str, str]


class Act(StrEnum):
    """What happened to the row that a line names."""

    TRYING = "trying"
    SENT = "sent"
    NOT_SENT = "not-sent"
    DISCARDED = "discarded"
    LET_GO = "let-go"
    LET_IN = "let-in"
    # What the line with this id tells of did not happen after all.
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True)
class Line:
    """One thing that happened to one row: its kind, and its public id."""

    act: Act
    kind: str
    id: str
    at: datetime
    line: str = field(default_factory=lambda: uuid4().hex[:16])


@dataclass(frozen=True)
class Known:
    """What files tell: whose they are, the last line for each row, lines nobody can read."""

    machines: frozenset[str]
    last: Mapping[Key, Line]
    harmed: int

    def of(self, kind: str) -> dict[str, Line]:
        """Give the last line for each row of a kind, by its public id."""
        return {id_: line for (of, id_), line in self.last.items() if of == kind}


def name_of(folder: Path) -> str:
    """Give the name of the machine that keeps its file in a folder; made once."""
    file = folder / NAME
    with _opened(file) as handle:
        return _header(file, handle)


def append(folder: Path, *lines: Line) -> str:
    """Add lines to a folder's file, synced, and give the machine's name.

    Raises NotNoted; then the file is as it was.
    """
    file = folder / NAME
    with _opened(file) as handle:
        name = _header(file, handle)
        _add(handle, "".join(f"{_written(line)}\n" for line in lines))
    return name


def read(files: Iterable[Path], wanted: Mapping[str, Collection[str]]) -> Known:
    """Read files for the rows that are wanted, by kind; raises SinceUnreadable.

    Of what several files tell of one row, the latest counts. A file in which a power
    cut left no whole line tells of nothing.
    """
    machines: set[str] = set()
    last: dict[Key, Line] = {}
    harmed = 0
    for file in files:
        found: dict[Key, list[Line]] = {}
        try:
            with file.open("rb") as opened:
                first = opened.readline(LONGEST_LINE)
                if _is_torn(first):
                    continue
                machines.add(_machine_in(file, first))
                harmed += _gather(opened, wanted, found)
        except OSError as problem:
            raise SinceUnreadable(file=file, detail=problem.strerror) from None
        for key, listed in found.items():
            if listed and (key not in last or last[key].at <= listed[-1].at):
                last[key] = listed[-1]
    return Known(frozenset(machines), last, harmed)


def machine_of(file: Path) -> str:
    """Give the name of the machine whose file it is; raises SinceUnreadable."""
    for name in read([file], {}).machines:
        return name
    raise SinceUnreadable(file=file, detail=NOT_OURS)


def _gather(
    opened: Iterable[bytes],
    wanted: Mapping[str, Collection[str]],
    found: dict[Key, list[Line]],
) -> int:
    """Sort lines by row, without those that were taken back; count the unreadable."""
    harmed = 0
    for text in opened:
        if not text.strip():
            continue
        line = _parsed(text)
        if line is None:
            harmed += 1
        elif line.id in wanted.get(line.kind, ()):
            listed = found.setdefault((line.kind, line.id), [])
            if line.act is Act.TAKEN_BACK:
                listed[:] = [each for each in listed if each.line != line.line]
            else:
                listed.append(line)
    return harmed


def _written(line: Line) -> str:
    return json.dumps(asdict(line) | {"at": line.at.isoformat()})


def _parsed(text: bytes) -> Line | None:
    if len(text) > LONGEST_LINE:
        return None
    try:
        told: dict[str, Any] = json.loads(text)
        told |= {"act": Act(told["act"]), "at": datetime.fromisoformat(told["at"])}
        line = Line(**told)
        texts = (line.kind, line.id, line.line)
        whole = all(isinstance(each, str) for each in texts) and line.at.tzinfo
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return line if whole else None


def _is_torn(text: bytes) -> bool:
    """Tell whether a power cut left this of the first line; no other followed it."""
    if b"\n" in text or len(text) >= LONGEST_LINE:
        return False
    left = text.rstrip(b"\0")
    return left.startswith(BEGINNING) or BEGINNING.startswith(left)


def _machine_in(file: Path, text: bytes) -> str:
    try:
        told = json.loads(text)
        name, number = told["machine"], told["format"]
    except (ValueError, TypeError, LookupError):
        name, number = None, None
    if not isinstance(name, str) or number != FORMAT:
        raise SinceUnreadable(file=file, detail=NOT_OURS)
    return name


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    """Open a file for adding to it, alone; raises NotNoted for what the disk refuses."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
        finally:
            os.close(handle)
    except OSError as problem:
        raise NotNoted(file=file, detail=problem.strerror) from None


def _header(file: Path, handle: int) -> str:
    """Give the machine's name, after beginning a file that is new or was torn."""
    text = os.pread(handle, LONGEST_LINE, 0)
    if _is_torn(text):
        os.ftruncate(handle, 0)
        name = uuid4().hex
        if os.geteuid() == 0:
            # Servers seldom run as root; they have to write here too.
            owner = file.parent.stat()
            os.fchown(handle, owner.st_uid, owner.st_gid)
        _add(handle, json.dumps({"machine": name, "format": FORMAT}) + "\n")
        _sync_folder(file.parent)
        return name
    return _machine_in(file, text.partition(b"\n")[0])


def _add(handle: int, text: str) -> None:
    """Write at the end, and sync; a write that fails leaves nothing."""
    size = os.fstat(handle).st_size
    content = text.encode()
    # What a power cut left of a line must not swallow the next one.
    if size and os.pread(handle, 1, size - 1) != b"\n":
        content = b"\n" + content
    try:
        while content:
            content = content[os.write(handle, content) :]
        os.fsync(handle)
    except OSError:
        with suppress(OSError):
            os.ftruncate(handle, size)
        raise


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
