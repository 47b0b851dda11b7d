"""Reading a Word table back: bounded, without a document model, nothing skipped."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from welcome.translation.errors import TableRefused

from .pins import Pin, find_pin
from .word_writing import SOURCE_MARK, TARGET_MARK

MAX_FILE = 5_000_000
MAX_PARTS = 1_000
MAX_UNPACKED = 60_000_000
MAX_TEXT_PART = 20_000_000
MAX_ROWS = 5_000
MAX_CELL = 20_000
MAX_ELEMENTS = 300_000
_PART = "word/document.xml"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
# What was taken away with changes tracked, and what is there a second time.
_GONE = frozenset({"del", "moveFrom", "Fallback"})
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding=[\"']([\w.-]+)")


class Refusal(StrEnum):
    """Why a file is not read."""

    TOO_LARGE = "too-large"
    NOT_DOCX = "not-docx"
    OLD_WORD = "old-word"
    BROKEN = "broken"
    DECLARATION = "declaration"
    NO_TABLE = "no-table"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_ELEMENTS = "too-many-elements"
    CELL_TOO_LONG = "cell-too-long"


@dataclass(frozen=True)
class Row:
    """A row as it came back; `number` counts all rows of the file from 1."""

    number: int
    pin: Pin | None
    source: str
    text: str

    @property
    def known_pin(self) -> Pin:
        """The pin of a row that is known to have one."""
        if self.pin is None:
            raise ValueError("the row has no pin")
        return self.pin


def read(file: bytes) -> list[Row]:
    """Read every row of every table but their headings; raises TableRefused.

    What was inserted with changes tracked counts, what was deleted so does not.
    """
    root = _parse(_unpack(file))
    rows: list[Row] = []
    number = 0
    for element in _outermost(root, "tr"):
        number += 1
        if number > MAX_ROWS:
            raise TableRefused(reason=Refusal.TOO_MANY_ROWS.value, limit=MAX_ROWS)
        cells = [_text_of(cell) for cell in _outermost(element, "tc")]
        row = _row(number, cells)
        if any(cells) and not _is_heading(row):
            rows.append(row)
    if not number:
        raise TableRefused(reason=Refusal.NO_TABLE.value)
    return rows


def _row(number: int, cells: list[str]) -> Row:
    """Put cells together: a pin counts in the first one; more cells are kept as text."""
    pin, source = find_pin(cells[0] if cells else "")
    return Row(number, pin, source, "\n".join(cell for cell in cells[1:] if cell))


def _is_heading(row: Row) -> bool:
    is_ours = row.source.startswith(SOURCE_MARK) and row.text.startswith(TARGET_MARK)
    return row.pin is None and is_ours


def _unpack(file: bytes) -> bytes:
    """Take the text part out of the archive, with every size looked at before."""
    if len(file) > MAX_FILE:
        raise TableRefused(reason=Refusal.TOO_LARGE.value, limit=MAX_FILE)
    if file.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableRefused(reason=Refusal.OLD_WORD.value)
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            return _text_part(archive)
    # Python's zipfile raises the last two: a packing it lacks, a password it needs.
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise TableRefused(reason=Refusal.NOT_DOCX.value) from error
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
        raise TableRefused(reason=Refusal.BROKEN.value) from error


def _text_part(archive: zipfile.ZipFile) -> bytes:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise TableRefused(reason=Refusal.TOO_LARGE.value, limit=MAX_UNPACKED)
    with archive.open(_PART) as part:
        # The archive may lie about sizes.
        text = part.read(MAX_TEXT_PART + 1)
    if len(text) > MAX_TEXT_PART:
        raise TableRefused(reason=Refusal.TOO_LARGE.value, limit=MAX_TEXT_PART)
    return text


def _parse(text: bytes) -> etree._Element:
    encoding = _ENCODING.match(text.removeprefix(b"\xef\xbb\xbf")[:200])
    is_utf8 = encoding is None or encoding[1].lower() in (
        b"utf-8",
        b"utf8",
        b"us-ascii",
    )
    if not is_utf8 or b"\x00" in text:
        raise TableRefused(reason=Refusal.BROKEN.value)
    if _DECLARATION.search(text):
        raise TableRefused(reason=Refusal.DECLARATION.value)
    # Counted before anything is built from them: a bare "<" always begins a tag.
    if text.count(b"<") - text.count(b"</") > MAX_ELEMENTS:
        raise TableRefused(reason=Refusal.TOO_MANY_ELEMENTS.value, limit=MAX_ELEMENTS)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise TableRefused(reason=Refusal.BROKEN.value) from error


def _outermost(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give elements of a name, not those inside one of them; in any namespace."""
    for element in root:
        found = _name(element)
        if found == name:
            yield element
        elif found not in _GONE:
            yield from _outermost(element, name)


def _text_of(cell: etree._Element) -> str:
    """Give the text of a cell, a line for each paragraph and break."""
    pieces: list[str] = []
    for name, element in _kept(cell):
        if name == "t":
            pieces.append(element.text or "")
        elif name in ("br", "cr", "p"):
            pieces.append("\n")
        elif name == "tab":
            pieces.append(" ")
        elif name == "noBreakHyphen":
            pieces.append("\u2011")
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    text = "\n".join(line for line in lines if line)
    if len(text) > MAX_CELL:
        raise TableRefused(reason=Refusal.CELL_TOO_LONG.value, limit=MAX_CELL)
    return text


def _kept(cell: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Give what is in a cell with its names, in order, without what is gone."""
    waiting = [cell]
    while waiting:
        element = waiting.pop()
        name = _name(element)
        if name not in _GONE:
            yield name, element
            waiting.extend(reversed(element))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
