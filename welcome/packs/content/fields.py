"""Reading typed fields out of parsed TOML, with a problem for each that is wrong."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from welcome.packs.content.source import ContentProblem

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Fields:
    """The fields of one table; problems are noted, not raised, so that all are seen."""

    def __init__(self, table: dict[str, Any], note: Callable[[str, str], None]) -> None:
        self.table = table
        self.note = note

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """Note every key that nobody reads."""
        for name in sorted(set(self.table) - set(known)):
            self.note("unknown-key", name)

    def text(self, name: str, default: str | None = None) -> str:
        """Read a text; without a default it is required."""
        if name not in self.table and default is not None:
            return default
        value = self.table.get(name)
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.note("needs-text", name)
            return default or ""
        return value

    def of_type(self, name: str, wanted: type[T], default: T) -> T:
        """Read a value of one type, or its default."""
        value = self.table.get(name, default)
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            self.note(f"needs-{wanted.__name__}", name)
            return default
        return value

    def number(self, name: str, most: int) -> int:
        """Read a whole number from 0 to the most allowed; 0 where it is missing."""
        value = self.of_type(name, int, 0)
        if not 0 <= value <= most:
            self.note("needs-int", name)
            return 0
        return value

    def member(self, name: str, members: type[E], default: E) -> E:
        """Read one of an enum's values."""
        value = self.table.get(name, default.value)
        if not isinstance(value, str) or value not in set(members):
            self.note("unknown-choice", name)
            return default
        return members(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """Read a list of texts."""
        value = self.table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self.note("needs-list", name)
            return ()
        return tuple(value)

    def text_table(self, name: str) -> dict[str, str]:
        """Read a table of texts."""
        value = self.table.get(name, {})
        if not isinstance(value, dict) or not all(
            isinstance(v, str) for v in value.values()
        ):
            self.note("needs-table", name)
            return {}
        return value


def line_of(text: str, name: str) -> int:
    """Find the line a key stands on; the first line where it is missing."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith((f"{name} ", f"{name}=", f"[{name}", f'"{name}"')):
            return number
    return 1


def noting(
    problems: list[ContentProblem], file: str, text: str
) -> Callable[[str, str], None]:
    """Make the note-taker of one file."""

    def note(code: str, name: str) -> None:
        line = line_of(text, name)
        problems.append(ContentProblem(file, line, code, {"name": name, "slug": name}))

    return note
