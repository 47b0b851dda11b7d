"""Putting packages on the shelf and taking them off: whole, or not at all."""

import fcntl
import filecmp
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from welcome.config import Settings
from welcome.translation.errors import NoSuchPackage, PackageRefused

from . import calibrating, inspecting, packages
from .inspecting import Found
from .models import load
from .packages import Package

# Folders that begin so are being written, or thrown away: nobody looks at them.
COMING, GOING = ".coming-", ".going-"
LOCK = ".lock"
# What CTranslate2 and SentencePiece raise over files that are not what they say.
UNUSABLE = (RuntimeError, ValueError, OSError, LookupError, MemoryError)


@dataclass(frozen=True)
class Installed:
    """A package that was installed, what it said, and those it came in place of."""

    package: Package
    greeting: str
    replaced: tuple[Package, ...]


def install(
    file: Path, settings: Settings, *, now: datetime, sha256: str | None = None
) -> Installed:
    """Install a package from a file, or refuse it and leave nothing behind.

    It is on the shelf only once it was loaded, has said something, and its sentinels
    were tried out. Running engines see it with their next text. `sha256` is what the
    file should have. Raises PackageRefused with the reason.
    """
    with _taking_turns(settings.models) as shelf, inspecting.inspect(file) as found:
        if sha256 and sha256.strip().lower() != found.sha256:
            reason = f"its sha256 is {found.sha256}, not the one given"
            raise PackageRefused(file=str(file), reason=reason)
        folder = Path(tempfile.mkdtemp(prefix=COMING, dir=shelf))
        try:
            _unpack(found, folder)
            greeting = _try_out(folder, file, found, settings, now=now)
            package, replaced = _put(shelf, folder, found)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return Installed(package, greeting, tuple(replaced))


def _put(shelf: Path, folder: Path, found: Found) -> tuple[Package, list[Package]]:
    """Put a new folder in its place, where one whole package is at every moment.

    Gives the package that is there then, and those it came in place of.
    """
    name, older = _name_of(found), _list_pair(shelf, found)
    in_use = max(older, key=lambda each: each.age, default=None)
    if in_use and _is_same(in_use.folder, folder):
        package = in_use
    else:
        _sync(folder)
        folder.chmod(0o755)
        package = packages.read_package(folder.rename(_find_free(shelf, name)))
        _sync_folder(shelf)
    # One of this file goes even where it is damaged, or the clock was set back since.
    others = set(shelf.glob(f"{name}*"))
    replaced = [
        each for each in older if each.age <= package.age or each.folder in others
    ]
    gone = others | {each.folder for each in replaced}
    for each in gone - {package.folder}:
        _throw_away(shelf, each)
    return package, [each for each in replaced if each != package]


def remove(source: str, target: str, settings: Settings) -> Package:
    """Take a package off the shelf, by the locales it leads from and to (BCP 47).

    Raises NoSuchPackage.
    """
    pair = packages.code_of(source), packages.code_of(target)
    with _taking_turns(settings.models) as shelf:
        found = packages.look(shelf).packages.get(pair)
        if found is None:
            raise NoSuchPackage(source=source, target=target)
        for each in _list_all(shelf):
            if each.pair == pair:
                _throw_away(shelf, each.folder)
        _sync_folder(shelf)
    return found


@contextmanager
def _taking_turns(shelf: Path) -> Iterator[Path]:
    """Keep others from the shelf, and clear away what a killed one left there."""
    shelf.mkdir(parents=True, exist_ok=True)
    with (shelf / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in shelf.iterdir():
            if left.name.startswith((COMING, GOING)):
                shutil.rmtree(left, ignore_errors=True)
        yield shelf


def _unpack(found: Found, folder: Path) -> None:
    for inner, entry in found.files.items():
        target = folder / inner
        # They were judged before; a mistake there would write anywhere.
        if not target.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{inner} leads out of {folder}")
        target.parent.mkdir(parents=True, exist_ok=True)
        with found.archive.open(entry) as read, target.open("wb") as written:
            shutil.copyfileobj(read, written)


def _try_out(
    folder: Path, file: Path, found: Found, settings: Settings, *, now: datetime
) -> str:
    """Load a model, hear it, and note what it can do; raises PackageRefused."""
    try:
        model = load(folder, settings)
        greeting = calibrating.greet(model, settings)
        families = calibrating.calibrate(model, settings)
    except UNUSABLE as problem:
        reason = f"its model cannot be used: {problem}"
        raise PackageRefused(file=str(file), reason=reason) from None
    if not greeting.strip():
        reason = "its model loads, but has nothing to say"
        raise PackageRefused(file=str(file), reason=reason)
    known = {
        "sha256": found.sha256,
        "file": file.name,
        "size": found.size,
        "model_size": (folder / packages.MODEL).stat().st_size,
        "marks": [each.value for each in families],
        "at": now.isoformat(),
    }
    (folder / packages.INSTALLED).write_text(json.dumps(known, indent=1), "utf-8")
    return greeting


def _name_of(found: Found) -> str:
    version = re.sub(r"[^0-9A-Za-z]", "_", found.version)
    pair = f"{found.source}_{found.target}"
    return f"translate-{pair}-{version}-{found.sha256[:8]}"


def _find_free(shelf: Path, name: str) -> Path:
    """Find a folder for a package where another one of its file may still be in use."""
    numbered = (shelf / f"{name}-{number}" for number in count(2))
    return next(each for each in chain([shelf / name], numbered) if not each.exists())


def _is_same(old: Path, new: Path) -> bool:
    """Say whether a folder holds what a new one does, but for when it was installed."""
    inner = {each.relative_to(new) for each in new.rglob("*") if each.is_file()}
    notes = Path(packages.INSTALLED)
    return _notes(old) == _notes(new) and all(
        (old / each).is_file() and filecmp.cmp(old / each, new / each, shallow=False)
        for each in inner - {notes}
    )


def _notes(folder: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((folder / packages.INSTALLED).read_text("utf-8"))
    return {name: each for name, each in known.items() if name not in {"at", "file"}}


def _list_pair(shelf: Path, found: Found) -> list[Package]:
    pair = (found.source, found.target)
    return [each for each in _list_all(shelf) if each.pair == pair]


def _list_all(shelf: Path) -> list[Package]:
    """List all packages there, also those another one of the pair has replaced."""
    listed = []
    for folder in sorted(shelf.iterdir()):
        if folder.is_dir() and not folder.name.startswith("."):
            try:
                listed.append(packages.read_package(folder))
            except packages.DAMAGED:
                continue
    return listed


def _throw_away(shelf: Path, folder: Path) -> None:
    gone = Path(tempfile.mkdtemp(prefix=GOING, dir=shelf))
    folder.rename(gone / folder.name)
    shutil.rmtree(gone, ignore_errors=True)


def _sync(folder: Path) -> None:
    for each in (*folder.rglob("*"), folder):
        _sync_folder(each)


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
