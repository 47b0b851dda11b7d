"""Looking into a package before anything of it is unpacked: it is a stranger's archive."""

import hashlib
import json
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath

from welcome.translation.errors import PackageRefused

MOST_FILES = 400
MOST_BYTES = 2_000_000_000
# A model hardly gets smaller when it is packed; a bomb does.
MOST_PACKED, SMALL = 200, 1_000_000
METADATA_BYTES = 1_000_000
CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+!_-]{0,30}")
KNOWN = frozenset({
    "metadata.json", "README.md", "bpe.model", "LICENSE",
    "sentencepiece.model", "model", "minisbd", "stanza", "spacy",
})  # fmt: skip
NEEDED = ("metadata.json", "model/model.bin", "sentencepiece.model")
# What the library raises over archives that are damaged, or of a kind it cannot read.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError,
    RuntimeError, ValueError, LookupError, MemoryError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """What an archive says it is; `files` by their paths in it, sizes are in bytes.

    `sha256` is that of the very bytes that are unpacked, whatever the file's name leads
    to by then.
    """

    archive: zipfile.ZipFile
    sha256: str
    files: Mapping[PurePosixPath, zipfile.ZipInfo]
    source: str
    target: str
    version: str
    size: int


class _Unfit(Exception):
    """Why an archive is no package for us."""


@contextmanager
def inspect(file: Path) -> Iterator[Found]:
    """Open an archive that may be unpacked; raises PackageRefused with the reason.

    What goes wrong in what is done with it is not told as a fault of the archive.
    """
    with ExitStack() as opened:
        with _telling(file):
            handle = opened.enter_context(file.open("rb"))
            archive = opened.enter_context(zipfile.ZipFile(handle))
            found = _inspect(archive, sum_of(handle))
        yield found


@contextmanager
def _telling(file: Path) -> Iterator[None]:
    """Turn whatever is wrong with an archive into the reason why it is refused."""
    try:
        yield
    except _Unfit as unfit:
        raise PackageRefused(file=str(file), reason=str(unfit)) from None
    except OSError as problem:
        reason = f"it cannot be read ({problem.strerror or problem})"
        raise PackageRefused(file=str(file), reason=reason) from None
    except DAMAGED as problem:
        reason = f"it is no whole package; the download may have broken off ({problem})"
        raise PackageRefused(file=str(file), reason=reason) from None


def sum_of(opened: BufferedReader) -> str:
    """Give the sha256 of all that an open file holds."""
    opened.seek(0)
    return hashlib.file_digest(opened, "sha256").hexdigest()


def _inspect(archive: zipfile.ZipFile, digest: str) -> Found:
    # What is a folder is not unpacked: folders are made for what is in them.
    entries = [each for each in archive.infolist() if each.filename[-1:] != "/"]
    size = sum(each.file_size for each in entries)
    if len(entries) > MOST_FILES:
        raise _Unfit(f"it has {len(entries)} files, at most {MOST_FILES} are taken")
    if size > MOST_BYTES:
        raise _Unfit(f"it would fill {size / 1e9:.1f} GB")
    for entry in entries:
        faults = (said for said, is_so in FAULTS.items() if is_so(entry))
        if fault := next(faults, ""):
            raise _Unfit(f"it has {fault}: {entry.filename[:80]!r}")
    files = {PurePosixPath(each.filename): each for each in entries}
    if len(files) != len(entries):
        raise _Unfit("it names a file twice")
    root = _find_root(files)
    if damaged := archive.testzip():
        raise _Unfit(f"it is damaged: {damaged[:80]!r}")
    source, target, version = _read(archive, f"{root}/{NEEDED[0]}")
    inner = {path.relative_to(root): entry for path, entry in files.items()}
    return Found(archive, digest, inner, source, target, version, size)


def _find_root(paths: Collection[PurePosixPath]) -> str:
    """Find the one folder that holds all a package needs."""
    roots = {each.parts[0] for each in paths}
    if len(roots) != 1:
        raise _Unfit(f"a package has one folder, this has {len(roots)}")
    inner = {each.as_posix().partition("/")[2] for each in paths}
    if any(each in paths for path in paths for each in path.parents):
        raise _Unfit("it names a file that is a folder too")
    if "bpe.model" in inner:
        raise _Unfit("it cuts words in the old way (bpe.model), which we cannot")
    for each in NEEDED:
        if each not in inner:
            raise _Unfit(f"{each} is missing")
    return roots.pop()


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    odd = re.search(r"[\\:\0]", entry.filename)
    return path.is_absolute() or ".." in path.parts or odd is not None


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """Say whether a path is written otherwise than it is judged: r//x, ./r/x."""
    return PurePosixPath(entry.filename).as_posix() != entry.filename


def _is_unknown(entry: zipfile.ZipInfo) -> bool:
    return PurePosixPath(entry.filename).parts[1] not in KNOWN


FAULTS: Mapping[str, Callable[[zipfile.ZipInfo], bool]] = {
    "a path that leads out of it": _leads_out,
    "a path that is not written plainly": _is_odd,
    "something that is no plain file": lambda entry: (
        stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG)
    ),
    "an encrypted file": lambda entry: bool(entry.flag_bits & 1),
    "a file packed too small to be a model": lambda entry: (
        entry.file_size > max(SMALL, MOST_PACKED * entry.compress_size)
    ),
    "a file outside its folder": lambda entry: (
        len(PurePosixPath(entry.filename).parts) < 2
    ),
    "a file that no package has": _is_unknown,
}


def _read(archive: zipfile.ZipFile, name: str) -> tuple[str, str, str]:
    with archive.open(name) as opened:
        content = opened.read(METADATA_BYTES)
    try:
        said = json.loads(content)
        kind, version = said.get("type", "translate"), said.get("package_version", "0")
        codes = str(said["from_code"]), str(said["to_code"])
    except (ValueError, KeyError, AttributeError, RecursionError):
        raise _Unfit("its metadata.json cannot be read") from None
    if kind != "translate" or not all(map(CODE.fullmatch, codes)) or len({*codes}) < 2:
        raise _Unfit("it does not translate from one language into another")
    if not VERSION.fullmatch(str(version)):
        raise _Unfit("its version cannot be read")
    return *codes, str(version)
