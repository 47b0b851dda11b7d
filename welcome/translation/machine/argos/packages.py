"""The packages that are installed: each a folder, written once, never changed.

What is looked at here is small text only: whoever asks for the way from one language
to another need not load the libraries.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from welcome import locales
from welcome.translation.machine.engine import Marks

METADATA = "metadata.json"
INSTALLED = "installed.json"
MODEL = Path("model") / "model.bin"
# More than any package has to say of itself.
LONGEST_TEXT = 1_000_000

Pair = tuple[str, str]
# What reading a damaged folder may raise.
DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True)
class Package:
    """An installed package; `pair` are its own codes, which are not always BCP 47.

    `marks` are the families of sentinels that came through when it was installed, the
    best first; `size` is in bytes, `sha256` that of the file it came in.
    """

    folder: Path
    pair: Pair
    version: str
    name: str
    marks: tuple[Marks, ...]
    sha256: str
    file: str
    size: int
    installed_at: datetime

    @property
    def age(self) -> tuple[Version, datetime]:
        """Order the packages of a pair: the greatest is in use."""
        return read_version(self.version), self.installed_at


@dataclass(frozen=True)
class Shelf:
    """What a folder of packages holds: those in use by pair, and what is damaged."""

    packages: Mapping[Pair, Package] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def look(root: Path) -> Shelf:
    """Look at a folder of packages; it is read anew when something was put there."""
    try:
        changed = root.stat().st_mtime_ns
    except OSError:
        return Shelf()
    return _read(root, changed)


def find_route(root: Path, source: str, target: str) -> list[Package] | None:
    """Find the packages that lead from one locale (BCP 47) to another.

    Directly, else by way of English, else the shortest way; None where none leads.
    """
    start, end = code_of(source), code_of(target)
    if start == end:
        return None
    shelf = look(root).packages
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop(0)
        if (way[-1], end) in shelf:
            return [shelf[pair] for pair in zip(way, [*way[1:], end], strict=True)]
        onward = {to for origin, to in shelf if origin == way[-1]} - seen
        seen |= onward
        ways += [[*way, to] for to in sorted(onward, key=lambda to: (to != "en", to))]
    return None


def code_of(tag: str) -> str:
    """Give the code by which packages call a locale; where no public one does, its tag."""
    locale = locales.find(tag)
    return (locale.machine if locale else None) or tag


def tag_of(code: str) -> str:
    """Give the locale (BCP 47) that packages call by a code, or the code itself."""
    known = {code_of(each.tag): each.tag for each in reversed(locales.every())}
    return known.get(code, code)


def read_version(text: str) -> Version:
    """Read a version; one that is none comes before all others."""
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


@lru_cache(maxsize=4)
def _read(root: Path, _changed: int) -> Shelf:
    packages: dict[Pair, Package] = {}
    problems: dict[str, str] = {}
    for folder in sorted(root.iterdir()):
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        try:
            found = read_package(folder)
        except DAMAGED as problem:
            problems[folder.name] = f"{type(problem).__name__}: {problem}"
            continue
        other = packages.get(found.pair)
        if other is None or other.age < found.age:
            packages[found.pair] = found
    return Shelf(packages, problems)


def read_package(folder: Path) -> Package:
    """Read what a folder says of its package; raises what is wrong with it."""
    metadata, installed = _json(folder / METADATA), _json(folder / INSTALLED)
    if not (folder / MODEL).is_file():
        raise ValueError(f"{MODEL} is missing")
    size = (folder / MODEL).stat().st_size
    # Packages that were installed before this was noted are taken as they are.
    if size != installed.get("model_size", size):
        raise ValueError(
            f"{MODEL} is not whole: {size} of {installed['model_size']} bytes"
        )
    if not (folder / "sentencepiece.model").is_file():
        raise ValueError("sentencepiece.model is missing")
    return Package(
        folder=folder,
        pair=(str(metadata["from_code"]), str(metadata["to_code"])),
        version=str(metadata.get("package_version", "")),
        name=f"{metadata.get('from_name')} → {metadata.get('to_name')}",
        marks=tuple(Marks(each) for each in installed["marks"]),
        sha256=str(installed["sha256"]),
        file=str(installed["file"]),
        size=int(installed["size"]),
        installed_at=datetime.fromisoformat(installed["at"]),
    )


def _json(file: Path) -> dict[str, Any]:
    with file.open("rb") as opened:
        content = opened.read(LONGEST_TEXT)
    found: dict[str, Any] = json.loads(content)
    return found
