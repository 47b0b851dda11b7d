"""Putting packages on the shelf and taking them off: whole, or not at all."""

import fcntl
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

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
        digest = inspecting.sum_of(file)
        if sha256 and sha256.strip().lower() != digest:
            reason = f"its sha256 is {digest}, not the one given"
            raise PackageRefused(file=str(file), reason=reason)
        folder = Path(tempfile.mkdtemp(prefix=COMING, dir=shelf))
        try:
            _unpack(found, folder)
            greeting = _try_out(
                folder, file, digest, settings, now=now, size=found.size
            )
            _sync(folder)
            target = shelf / _name_of(found, digest)
            older = _list_pair(shelf, found)
            if target.exists():
                _throw_away(shelf, target)
            folder.chmod(0o755)
            folder.rename(target)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _sync_folder(shelf)
        package = packages.read_package(target)
        replaced = [each for each in older if each.age <= package.age]
        for each in replaced:
            if each.folder != target:
                _throw_away(shelf, each.folder)
        return Installed(package, greeting, tuple(replaced))


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
    folder: Path,
    file: Path,
    digest: str,
    settings: Settings,
    *,
    now: datetime,
    size: int,
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
        "sha256": digest,
        "file": file.name,
        "size": size,
        "model_size": (folder / packages.MODEL).stat().st_size,
        "marks": [each.value for each in families],
        "at": now.isoformat(),
    }
    (folder / packages.INSTALLED).write_text(json.dumps(known, indent=1), "utf-8")
    return greeting


def _name_of(found: Found, digest: str) -> str:
    version = re.sub(r"[^0-9A-Za-z]", "_", found.version)
    return f"translate-{found.source}_{found.target}-{version}-{digest[:8]}"


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
