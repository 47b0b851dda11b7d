"""What killed runs leave: folders and files that were to be moved to their places.

Whoever fills one holds it by a lock that ends with its process, however that ends. So
whoever sweeps can tell what is left from what is being made, whatever the clocks say.
Machines that share a folder may not see each other's locks: each sweeps what is its own,
and what others made only after a week.
"""

import fcntl
import logging
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

log = logging.getLogger(__name__)

# Beside an edition's folder or print, and where pages are mended.
BESIDE = ("*/*/.*", ".*")
HERE = re.sub(r"\W", "-", platform.node())[:40]
SURELY_LEFT = timedelta(days=7)


@contextmanager
def held_file(place: Path, name: str) -> Iterator[Path]:
    """Give a file beside its place, held for the block; it may be moved there."""
    with _held(lambda: _make_file(place, name)) as path:
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def held_folder(place: Path, name: str) -> Iterator[Path]:
    """Give a folder beside its place, held for the block; it may be moved there."""
    with _held(lambda: Path(tempfile.mkdtemp(dir=place, prefix=_mark(name)))) as path:
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def sweep(root: Path, *patterns: str, now: datetime) -> list[Path]:
    """Remove what fits a pattern below a folder and is held by nobody; list it."""
    found = [path for pattern in patterns or BESIDE for path in root.glob(pattern)]
    return [each for each in found if _is_ours(each, now) and _remove(each)]


def _mark(name: str) -> str:
    return f".{name}.{HERE}."


def _make_file(place: Path, name: str) -> Path:
    handle, made = tempfile.mkstemp(dir=place, prefix=_mark(name))
    os.close(handle)
    return Path(made)


@contextmanager
def _held(make: Callable[[], Path]) -> Iterator[Path]:
    path, handle = _make_and_hold(make)
    try:
        yield path
    finally:
        os.close(handle)


def _make_and_hold(make: Callable[[], Path]) -> tuple[Path, int]:
    while True:
        path = make()
        handle = os.open(path, os.O_RDONLY)
        # Some file systems of other machines lock nothing; nobody sweeps there either.
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        # Somebody may have swept it before it was held.
        if path.exists():
            return path, handle
        os.close(handle)


def _is_ours(path: Path, now: datetime) -> bool:
    with suppress(FileNotFoundError):
        age = now.timestamp() - path.stat().st_mtime
        return f".{HERE}." in path.name or age > SURELY_LEFT.total_seconds()
    return False


def _remove(path: Path) -> bool:
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        # In its place by now, or another installation's.
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    except OSError:
        log.warning("%s is left over and cannot be removed", path)
        return False
    finally:
        os.close(handle)
    log.info("removed what a killed run left: %s", path)
    return True
