"""Folders that appear whole and never change: written beside, synced, renamed."""

import ctypes
import gzip
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli

from welcome.editions import fingerprints, leftovers
from welcome.editions.errors import FolderTaken

MANIFEST = "manifest.json"
# A file as it is, and packed for phones that take it so.
FORMS = ("", ".br", ".gz")


@dataclass
class Folder:
    """A folder being filled, with the list of what is in it."""

    path: Path
    # The folder before this one, from which equal files are linked.
    before: "Manifest"
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    @property
    def size(self) -> int:
        """How many bytes the files have together, before the manifest."""
        return sum(each["size"] for each in self.files.values())

    def write(self, name: str, content: bytes, *, quality: int) -> None:
        """Write a file and its compressed forms."""
        forms = {
            "": content,
            ".br": brotli.compress(content, quality=quality),
            ".gz": gzip.compress(content, mtime=0),
        }
        for ending, form in forms.items():
            self._write(name + ending, form)

    def link(self, name: str, mark: str) -> bool:
        """Link a page and its packed forms from the folder before, if equal."""
        if self.before.pages.get(name) != mark:
            return False
        target = self._place(name)
        for ending in FORMS:
            link_or_copy(f"{self.before.folder}/{name}{ending}", target + ending)
            self.files[name + ending] = self.before.files[name + ending]
        return True

    def close(self) -> bytes:
        """Write the manifest; nothing in it depends on when or how it was made."""
        listed = {"files": self.files, "pages": self.pages}
        content = json.dumps(listed, sort_keys=True).encode()
        (self.path / MANIFEST).write_bytes(content)
        return content

    def _write(self, name: str, content: bytes) -> None:
        Path(self._place(name)).write_bytes(content)
        digest = fingerprints.of_bytes(content)
        self.files[name] = {"sha256": digest, "size": len(content)}

    def _place(self, name: str) -> str:
        """Say where a file goes, and make the folder it is the first in."""
        inner = name.rpartition("/")[0]
        if inner and inner not in self._made:
            (self.path / inner).mkdir(parents=True)
            self._made.add(inner)
        return f"{self.path}/{name}"


@dataclass(frozen=True)
class Manifest:
    """What a finished folder says it holds."""

    folder: Path
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """Read a folder's manifest; an empty one where it has none."""
    file = folder / MANIFEST
    if not file.is_file():
        return Manifest(folder)
    return Manifest(folder, **json.loads(file.read_text("utf-8")))


@contextmanager
def appearing(target: Path, before: Manifest) -> Iterator[Folder]:
    """Give a folder to fill that appears at its place whole, or not at all.

    Raises FolderTaken where something else lies there. It lasts only once it is synced.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with leftovers.held_folder(target.parent, target.name) as path:
        yield Folder(path, before)
        path.chmod(0o755)
        if target.exists():
            _keep(target, path)
        else:
            _appear(path, target)


def put_file(target: Path, content: bytes) -> None:
    """Put a file in its place whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with leftovers.held_file(target.parent, target.name) as path:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o644)
        path.replace(target)


def _appear(path: Path, target: Path) -> None:
    """Rename a folder to its place, where another may have come first just now."""
    try:
        path.rename(target)
    except OSError:
        if not target.exists():
            raise
        _keep(target, path)


def _keep(target: Path, path: Path) -> None:
    """Keep a folder that holds the same already; raises FolderTaken otherwise."""
    if (target / MANIFEST).read_bytes() != (path / MANIFEST).read_bytes():
        raise FolderTaken(folder=str(target))


def sync(root: Path) -> None:
    """Sync a file system: once, where syncing file by file takes a thousand turns."""
    handle = os.open(root, os.O_RDONLY)
    try:
        call = getattr(ctypes.CDLL(None), "syncfs", None)
        if call is None or call(handle):
            os.sync()
    finally:
        os.close(handle)


def sum_of(file: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimal; empty where there is none."""
    return fingerprints.of_bytes(file.read_bytes()) if file.is_file() else ""


def link_or_copy(source: str, target: str) -> None:
    """Link a file, or copy it where that cannot be."""
    try:
        os.link(source, target)
    except OSError:
        # Another file system, or one without hard links.
        shutil.copyfile(source, target)
