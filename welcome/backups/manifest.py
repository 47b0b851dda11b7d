"""What a backup says of itself."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from welcome.backups.errors import Unfit
from welcome.config import Secrets, Settings
from welcome.sealing import BETWEEN_KEYS

NAME = "manifest.json"
FORMAT = 1
# More than any manifest has.
LARGEST = 1_000_000
LONGEST_NAME = 100


@dataclass(frozen=True)
class Table:
    """One table: its columns' kinds by name, its rows, and the sum over them."""

    name: str
    columns: Mapping[str, str]
    rows: int
    size: int
    sha256: str

    @property
    def member(self) -> str:
        """Where its rows lie in the file."""
        return f"rows/{self.name}.jsonl"


@dataclass(frozen=True)
class Copy:
    """The database's own copy of itself, for its own tools; restoring reads the rows."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, and how it stood when it was taken."""

    engine: str
    step: str
    taken_at: datetime
    keys: str
    machines: tuple[str, ...]
    # How long the file of this machine was, by its name.
    since: Mapping[str, int]
    tables: tuple[Table, ...]
    # Where a database's counters for new ids stood, by table.
    counters: Mapping[str, int]
    copy: Copy | None
    models: tuple[Mapping[str, str], ...]
    left_out: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(each.rows for each in self.tables)

    @property
    def size(self) -> int:
        """How many bytes the rows have, as text."""
        return sum(each.size for each in self.tables)


def write(manifest: Manifest) -> bytes:
    """Write it."""
    told = {"format": FORMAT, **asdict(manifest)}
    told["taken_at"] = manifest.taken_at.isoformat()
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read(content: bytes) -> Manifest:
    """Read it; raises Unfit."""
    try:
        told = json.loads(content)
        number = told.pop("format")
        if type(number) is not int or number < 1:
            raise Unfit("its list of contents cannot be read")
        if number > FORMAT:
            raise Unfit(f"it is of format {number}, which a newer Welcome wrote")
        return _parse(told)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise Unfit("its list of contents cannot be read") from None


def mark_of_keys(settings: Settings) -> str:
    """Tell the installation's keys apart from others, without telling them."""
    return _mark(settings.secrets) if settings.secrets else ""


def marks_of_keys(settings: Settings) -> list[str]:
    """Give the marks of all backups that the keys open: also of those before a change."""
    if settings.secrets is None:
        return []
    each = settings.secrets.field_encryption.split(BETWEEN_KEYS)
    older = (BETWEEN_KEYS.join(each[number:]) for number in range(len(each)))
    return [_mark(replace(settings.secrets, field_encryption=kept)) for kept in older]


def _mark(keys: Secrets) -> str:
    joined = "\n".join(
        (keys.session, keys.password_salt, keys.field_encryption, keys.blind_index)
    )
    return hashlib.sha256(f"welcome backup\n{joined}".encode()).hexdigest()


def _parse(told: dict[str, Any]) -> Manifest:
    taken_at = datetime.fromisoformat(told["taken_at"])
    if taken_at.tzinfo is None:
        raise ValueError
    return Manifest(
        engine=_text(told["engine"]),
        step=_text(told["step"]),
        taken_at=taken_at,
        keys=_text(told["keys"]),
        machines=tuple(_text(each) for each in told["machines"]),
        since={_text(name): _count(size) for name, size in told["since"].items()},
        tables=tuple(_table(each) for each in told["tables"]),
        counters={_text(name): _count(at) for name, at in told["counters"].items()},
        copy=_copy(told["copy"]) if told["copy"] else None,
        models=tuple(
            {_text(name): str(said) for name, said in each.items()}
            for each in told["models"]
        ),
        left_out=tuple(str(each) for each in told["left_out"]),
    )


def _table(told: dict[str, Any]) -> Table:
    return Table(
        name=_text(told["name"]),
        columns={_text(name): _text(kind) for name, kind in told["columns"].items()},
        rows=_count(told["rows"]),
        size=_count(told["size"]),
        sha256=_text(told["sha256"]),
    )


def _copy(told: dict[str, Any]) -> Copy:
    return Copy(_text(told["name"]), _count(told["size"]), _text(told["sha256"]))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise TypeError
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise TypeError
    return value
