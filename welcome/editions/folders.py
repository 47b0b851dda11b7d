"""Folders that appear whole and never change: written beside, synced, renamed."""

import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli

from welcome.editions import fingerprints
from welcome.editions.errors import FolderTaken

MANIFEST = "manifest.json"


@dataclass
class Folder:
    """A folder being filled, with the list of what is in it."""

    path: Path
    # The folder before this one, from which equal files are linked.
    before: "Manifest"
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, content: bytes, *, quality: int) -> None:
        """Write a file and its compressed forms."""
        forms = {
            "": content,
            ".br": brotli.compress(content, quality=quality),
            ".gz": gzip.compress(content, mtime=0),
        }
        for ending, form in forms.items():
            self._write(name + ending, form)

    def link(self, name: str, key: str) -> bool:
        """Link a page and its compressed forms from the folder before, if equal."""
        if self.before.pages.get(name) != key:
            return False
        names = [name + ending for ending in ("", ".br", ".gz")]
        if not all((self.before.folder / each).is_file() for each in names):
            return False
        for each in names:
            _link_or_copy(self.before.folder / each, self._made(each))
            self.files[each] = self.before.files[each]
        return True

    def close(self) -> bytes:
        """Write the manifest; nothing in it depends on when or how it was made."""
        listed = {"files": self.files, "pages": self.pages}
        content = json.dumps(listed, indent=1, sort_keys=True).encode()
        _write_synced(self.path / MANIFEST, content)
        return content

    def _write(self, name: str, content: bytes) -> None:
        _write_synced(self._made(name), content)
        digest = fingerprints.of_bytes(content)
        self.files[name] = {"sha256": digest, "size": len(content)}

    def _made(self, name: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


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


def newest_before(folder: Path) -> Manifest:
    """Find the numbered folder before this one."""
    numbers = [
        int(each.name)
        for each in folder.parent.glob("*")
        if each.name.isdecimal() and int(each.name) < int(folder.name)
    ]
    if not numbers:
        return Manifest(folder.parent / "none")
    return read_manifest(folder.parent / str(max(numbers)))


@contextmanager
def appearing(target: Path, before: Manifest) -> Iterator[Folder]:
    """Give a folder to fill that appears at its place whole, or not at all.

    Raises FolderTaken where something else lies there.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        yield Folder(path, before)
        path.chmod(0o755)
        for each in sorted(path.rglob("*")):
            if each.is_dir():
                _sync(each)
        _sync(path)
        if target.exists():
            _keep(target, path)
            return
        path.rename(target)
        _sync(target.parent)
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise


def _keep(target: Path, path: Path) -> None:
    """Keep a folder that holds the same already; raises FolderTaken otherwise."""
    if (target / MANIFEST).read_bytes() != (path / MANIFEST).read_bytes():
        raise FolderTaken(folder=str(target))
    shutil.rmtree(path)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:
        # Another file system, or one without hard links.
        shutil.copyfile(source, target)
