"""Editions in the store that machines share: kept once written, brought where missing."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from welcome.config import Settings
from welcome.editions import fingerprints, folders
from welcome.editions import store as stores
from welcome.editions.errors import (
    EditionNotHere,
    EditionsFolderMissing,
    NotWritten,
    StoreHarmed,
)
from welcome.editions.folders import MANIFEST, Manifest
from welcome.editions.models import Artifact, ArtifactKind
from welcome.editions.store import AT_ONCE, Store

# A manifest of a thousand pages takes less than one.
MOST_MANIFEST = 16 * 1024**2
DIGEST = re.compile(r"[0-9a-f]{64}")


class File(NamedTuple):
    """A file of an edition, by its place below the editions' root."""

    path: str
    sha256: str
    size: int


def ready(settings: Settings) -> Store:
    """Give the store, once it is sure that what is written will be found by all.

    Raises EditionsFolderMissing, StoreUnreachable or StoreRefused.
    """
    if settings.editions_folder and not settings.editions.is_dir():
        raise EditionsFolderMissing(folder=settings.editions_folder)
    settings.editions.mkdir(parents=True, exist_ok=True)
    shared = stores.of(settings)
    shared.greet()
    return shared


def keep_folder(store: Store, root: Path, folder: Path, before: Manifest) -> None:
    """Keep an edition that was written: each file the store lacks, the manifest last.

    An edition without its manifest is not there, so that what was begun and broken off
    harms nobody; once more sends only the rest. What the edition before shares with this
    one is there with its manifest and not asked for.
    """
    content = (root / folder / MANIFEST).read_bytes()
    files = _read(content, folder)
    held = _list_held(store, before)
    _beside(lambda file: keep_file(store, root, file), _once(files, held))
    store.keep(fingerprints.of_bytes(content), content)


def keep_file(store: Store, root: Path, file: File) -> None:
    """Keep a file, unless the store has it; raises NotWritten where it changed here."""
    if not store.holds(file.sha256, file.size):
        send_file(store, root, file)


def send_file(store: Store, root: Path, file: File) -> None:
    """Send a file, whatever the store has; raises NotWritten where it changed here."""
    content = (root / file.path).read_bytes()
    if fingerprints.of_bytes(content) != file.sha256:
        raise NotWritten(detail=f"{file.path} is not what was written")
    store.keep(file.sha256, content)


def is_here(root: Path, artifact: Artifact) -> bool:
    """Tell whether what was made lies on this machine."""
    place = root / artifact.path
    is_web = artifact.kind is ArtifactKind.WEB
    return (place / MANIFEST if is_web else place).is_file()


def have(store: Store, root: Path, artifact: Artifact) -> None:
    """Bring what was made to this machine, unless it lies here.

    It appears whole, or not at all. Raises StoreHarmed where it was not kept whole, and
    EditionNotHere where there is no store to ask.
    """
    if is_here(root, artifact):
        return
    if not store.is_set:
        raise EditionNotHere(path=artifact.path)
    bring(store, root, artifact)


def bring(store: Store, root: Path, artifact: Artifact) -> None:
    """Bring what was made from the store; raises StoreHarmed."""
    if artifact.kind is ArtifactKind.PRINT:
        folders.put_file(root / artifact.path, _fetch(store, _print(artifact)))
        return
    folder = Path(artifact.path)
    manifest = File(f"{folder}/{MANIFEST}", artifact.sha256, MOST_MANIFEST)
    content = _fetch(store, manifest)
    files = _read(content, folder)
    if sum(file.size for file in files) != artifact.size:
        raise StoreHarmed(name=manifest.path, reason="sizes")
    near = _near(root, folder)

    def bring_file(file: File, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        if not near.link(file, place):
            place.write_bytes(_fetch(store, file))

    with folders.appearing(root / folder, Manifest(root)) as filled:
        inner = len(f"{folder}/")
        _beside(lambda file: bring_file(file, filled.path / file.path[inner:]), files)
        (filled.path / MANIFEST).write_bytes(content)
        folders.sync(filled.path)


@dataclass(frozen=True)
class Inspection:
    """Looks whether the store holds what was kept; each content is fetched once."""

    store: Store
    root: Path
    known: dict[str, bool] = field(default_factory=dict)

    def list_harmed(self, artifact: Artifact) -> list[File]:
        """List what the store lacks, or holds harmed; the manifest last."""
        files = self._list_files(artifact)
        _beside(self._look_at, _once(files, set(self.known)))
        return [file for file in files if not self.known[file.sha256]]

    def _list_files(self, artifact: Artifact) -> list[File]:
        if artifact.kind is ArtifactKind.PRINT:
            return [_print(artifact)]
        folder = Path(artifact.path)
        manifest = File(f"{folder}/{MANIFEST}", artifact.sha256, MOST_MANIFEST)
        try:
            content = _fetch(self.store, manifest)
        except StoreHarmed:
            place = self.root / manifest.path
            content = place.read_bytes() if place.is_file() else b""
            if fingerprints.of_bytes(content) != artifact.sha256:
                self.known[manifest.sha256] = False
                return [manifest]
        size = len(content)
        return [*_read(content, folder), File(manifest.path, artifact.sha256, size)]

    def _look_at(self, file: File) -> None:
        try:
            _fetch(self.store, file)
        except StoreHarmed:
            self.known[file.sha256] = False
        else:
            self.known[file.sha256] = True


@dataclass(frozen=True)
class _Near:
    """Files of another edition that lie here, by what they hold."""

    files: dict[str, Path]

    def link(self, file: File, place: Path) -> bool:
        """Link an equal file that is still what it was; tell whether there was one."""
        source = self.files.get(file.sha256)
        if source is None or folders.sum_of(source) != file.sha256:
            return False
        folders.link_or_copy(str(source), str(place))
        return True


def _near(root: Path, folder: Path) -> _Near:
    """Find the newest edition of the same locale on this machine."""
    parent = (root / folder).parent
    numbers = [int(each.name) for each in parent.glob("[0-9]*") if each.name.isdigit()]
    if not numbers:
        return _Near({})
    there = parent / str(max(numbers))
    try:
        files = _read((there / MANIFEST).read_bytes(), there.relative_to(root))
    except (OSError, StoreHarmed):
        return _Near({})
    return _Near({file.sha256: root / file.path for file in files})


def _read(content: bytes, folder: Path) -> list[File]:
    """Read a manifest, trusting no name in it; raises StoreHarmed."""
    harmed = StoreHarmed(name=f"{folder}/{MANIFEST}", reason="unreadable")
    try:
        listed = json.loads(content)["files"].items()
        files = [
            File(f"{folder}/{name}", entry["sha256"], entry["size"])
            for name, entry in listed
            if is_plain(name)
        ]
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        raise harmed from None
    if len(files) != len(listed) or not all(map(_is_sound, files)):
        raise harmed
    return files


def is_plain(name: str) -> bool:
    """Tell whether a name stays below the folder it is put in, and is no manifest."""
    parts = name.split("/")
    is_odd = "\\" in name or not name.isprintable() or name == MANIFEST
    return not is_odd and not any(part in {"", ".", ".."} for part in parts)


def _is_sound(file: File) -> bool:
    is_named = isinstance(file.sha256, str) and DIGEST.fullmatch(file.sha256)
    return bool(is_named) and type(file.size) is int and file.size >= 0


def _list_held(store: Store, before: Manifest) -> set[str]:
    """List what is there with the edition before, if that was kept whole."""
    place = before.folder / MANIFEST
    if not before.files or not place.is_file():
        return set()
    content = place.read_bytes()
    if not store.holds(fingerprints.of_bytes(content), len(content)):
        return set()
    return {entry["sha256"] for entry in before.files.values()}


def _fetch(store: Store, file: File) -> bytes:
    """Fetch a file; raises StoreHarmed that names it as people know it."""
    try:
        return store.fetch(file.sha256, most=file.size)
    except StoreHarmed as harmed:
        raise StoreHarmed(**{**harmed.params, "name": file.path}) from None


def _print(artifact: Artifact) -> File:
    return File(artifact.path, artifact.sha256, artifact.size)


def _once(files: Iterable[File], known: set[str]) -> Iterator[File]:
    """Give the first file of each content that is not known."""
    seen = set(known)
    for file in files:
        if file.sha256 not in seen:
            seen.add(file.sha256)
            yield file


def _beside(act: Callable[[File], None], files: Iterable[File]) -> None:
    """Do something with files, some at once; the first that fails ends it."""
    listed: Sequence[File] = list(files)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(act, listed):
            pass
