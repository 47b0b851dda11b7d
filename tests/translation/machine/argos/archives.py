"""Archives that are no packages: hostile, damaged, or simply something else."""

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.translation.machine.argos.conftest import package

ROOT = "translate-en_fr-1_0"
METADATA = {
    "package_version": "9.0",
    "type": "translate",
    "from_code": "en",
    "to_code": "fr",
}
Files = dict[str, bytes]


def good() -> Files:
    """The files of a real package, by their names in the archive."""
    with zipfile.ZipFile(package("en_fr")) as archive:
        names = [each for each in archive.namelist() if not each.endswith("/")]
        return {
            f"{ROOT}/{name.partition('/')[2]}": archive.read(name) for name in names
        }


def packed(files: Mapping[str, bytes], **attributes: int) -> bytes:
    """Pack files; `attributes` change what the archive says of its first file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(files.items()):
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            for attribute, value in attributes.items():
                if number == 0:
                    setattr(info, attribute, value)
            archive.writestr(info, content)
    return out.getvalue()


def with_files(**more: bytes | None) -> bytes:
    files = good()
    for name, content in more.items():
        if content is None:
            del files[f"{ROOT}/{name}"]
        else:
            files[name] = content
    return packed(files)


def saying(**values: object) -> bytes:
    content = json.dumps(METADATA | values).encode()
    return packed(good() | {f"{ROOT}/metadata.json": content})


def broken_inside() -> bytes:
    """A package with some bytes of its model changed."""
    content = bytearray(packed(good()))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        start = archive.getinfo(f"{ROOT}/model/model.bin").header_offset
    for at in range(start + 2000, start + 2100):
        content[at] ^= 0xFF
    return bytes(content)


def named_twice() -> bytes:
    """A package with a name changed afterwards: nobody writes one twice unwarned."""
    return with_files(**{f"{ROOT}/README.xx": b"again"}).replace(b".xx", b".md")


def read_as(name: str, *, method: int = 8, version: int = 20, flags: int = 0) -> bytes:
    """A package whose list of contents says something else of its README."""
    content = bytearray(packed({f"{ROOT}/README.md": b"Read me. " * 9} | good()))
    listed = content.index(b"PK\x01\x02")
    for start, at in ((0, 4), (listed, 6)):
        content[start + at : start + at + 6] = struct.pack(
            "<HHH", version, flags, method
        )
        at = content.index(f"{ROOT}/README.md".encode(), start)
        written = name.encode("latin-1").ljust(len(ROOT) + 10, b"_")
        content[at : at + len(written)] = written
    return bytes(content)


def spoilt_lzma() -> bytes:
    """A package with a file whose stream says it was packed in an impossible way."""
    name = f"{ROOT}/README.md"
    files = {name: b"Read me. " * 9} | good()
    content = bytearray(packed(files, compress_type=zipfile.ZIP_LZMA))
    content[30 + len(name) + 4] = 0xFF
    return bytes(content)


# What is in a file, and a word of why it is refused.
BAD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "no whole package"),
    "a text": (lambda: b"Welcome!", "no whole package"),
    "cut in half": (lambda: packed(good())[:-2000], "no whole package"),
    "cut at the front": (lambda: packed(good())[3000:], "cannot be read"),
    "an empty archive": (lambda: packed({}), "one folder"),
    "another archive": (lambda: packed({"a/b.txt": b"x"}), "no package has"),
    "a path upwards": (lambda: with_files(**{"../evil": b"x"}), "leads out"),
    "a path upwards inside": (
        lambda: with_files(**{f"{ROOT}/model/../../../evil": b"x"}), "leads out",
    ),
    "a path from the root": (lambda: with_files(**{"/etc/evil": b"x"}), "leads out"),
    "a Windows path": (lambda: with_files(**{f"{ROOT}\\evil": b"x"}), "leads out"),
    "a drive": (lambda: with_files(**{"C:/evil": b"x"}), "leads out"),
    "a root that stays": (
        lambda: packed({f"./{name}": each for name, each in good().items()}),
        "not written plainly",
    ),
    "a file without a name": (lambda: with_files(**{"": b"x"}), "not written plainly"),
    "a name that is no text": (
        lambda: read_as(f"{ROOT}/README.\xff\xff", flags=0x800), "no whole package",
    ),
    "a newer kind of archive": (
        lambda: read_as(f"{ROOT}/README.md", version=99), "zip file version",
    ),
    "packed in an unknown way": (
        lambda: read_as(f"{ROOT}/README.md", method=99), "no whole package",
    ),
    "packed in a way that is spoilt": (spoilt_lzma, "no whole package"),
    "packed in a third way": (
        lambda: read_as(f"{ROOT}/README.md", method=zipfile.ZIP_BZIP2),
        "cannot be read",
    ),
    "a path from the root inside": (
        lambda: with_files(**{f"{ROOT}//README.md": b"x"}), "not written plainly",
    ),
    "a path from the root further inside": (
        lambda: with_files(**{f"{ROOT}//spacy/evil": b"x"}), "not written plainly",
    ),
    "a path in many slashes": (
        lambda: with_files(**{f"{ROOT}/spacy///evil": b"x"}), "not written plainly",
    ),
    "a path that stays": (
        lambda: with_files(**{f"{ROOT}/./README.md": b"x"}), "not written plainly",
    ),
    "a file that is a folder": (
        lambda: with_files(**{f"{ROOT}/model": b"x"}), "a folder too",
    ),
    "a link": (
        lambda: packed(
            {f"{ROOT}/README.md": b"/etc/passwd"} | good(),
            external_attr=0o120777 << 16,
        ),
        "no plain file",
    ),
    "a device": (
        lambda: packed({f"{ROOT}/README.md": b""} | good(), external_attr=0o020666 << 16),
        "no plain file",
    ),
    "two folders": (lambda: with_files(**{"other/README.md": b"x"}), "one folder"),
    "no folder": (lambda: packed({"metadata.json": b"{}"}), "outside its folder"),
    "an unknown file": (lambda: with_files(**{f"{ROOT}/run.sh": b"x"}), "no package has"),
    "a file twice": (named_twice, "twice"),
    "too many files": (
        lambda: with_files(**{f"{ROOT}/stanza/{n}": b"x" for n in range(401)}),
        "at most 400",
    ),
    "a bomb": (
        lambda: with_files(**{f"{ROOT}/stanza/x": bytes(30_000_000)}), "too small",
    ),
    "no model": (lambda: with_files(**{"model/model.bin": None}), "model/model.bin"),
    "no tokenizer": (
        lambda: with_files(**{"sentencepiece.model": None}), "sentencepiece.model",
    ),
    "old tokenizer": (
        lambda: packed(
            {
                name.replace("sentencepiece.model", "bpe.model"): content
                for name, content in good().items()
            }
        ),
        "old way",
    ),
    "no metadata": (lambda: with_files(**{"metadata.json": None}), "metadata.json"),
    "metadata that is no JSON": (
        lambda: packed(good() | {f"{ROOT}/metadata.json": b"{"}), "cannot be read",
    ),
    "metadata that is a list": (
        lambda: packed(good() | {f"{ROOT}/metadata.json": b"[]"}), "cannot be read",
    ),
    "metadata too deep": (
        lambda: packed(good() | {f"{ROOT}/metadata.json": b"[" * 100_000}),
        "cannot be read",
    ),
    "a splitter": (lambda: saying(type="sbd"), "one language into another"),
    "no language": (lambda: saying(from_code="../en"), "one language into another"),
    "one language": (lambda: saying(to_code="en"), "one language into another"),
    "a version that leads out": (lambda: saying(package_version="../9"), "version"),
    "a damaged model": (broken_inside, "damaged"),
    "a model that is none": (
        lambda: packed(good() | {f"{ROOT}/model/model.bin": b"\x00" * 5000}),
        "cannot be used",
    ),
    "a tokenizer that is none": (
        lambda: packed(good() | {f"{ROOT}/sentencepiece.model": b"words"}),
        "cannot be used",
    ),
}  # fmt: skip


def write(folder: Path, content: bytes) -> Path:
    file = folder / "some.argosmodel"
    file.write_bytes(content)
    return file
