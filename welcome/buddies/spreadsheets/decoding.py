"""From the bytes of a file to its text; an encoding is never guessed.

UTF-8 with or without its mark, and UTF-16 with its mark, are read. Older encodings are
refused: read wrongly, they turn a language or a name into another without a sign.
"""

import codecs

from welcome.buddies.spreadsheets.problems import SheetCode, SheetProblem

MOST_BYTES = 64_000_000
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
LOOKED_AT = 4_096


def decode(content: bytes) -> tuple[str, list[SheetProblem]]:
    """Give a file's text, or none and what is wrong with it."""
    if len(content) > MOST_BYTES:
        most = {"most": MOST_BYTES // 1_000_000}
        return "", [SheetProblem(0, "", SheetCode.TOO_BIG, most)]
    if content.startswith(WORKBOOKS):
        return "", [SheetProblem(0, "", SheetCode.IS_WORKBOOK)]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(content, "utf-16")
    # Every second byte of English in UTF-16 is nought.
    if content[:LOOKED_AT].count(0) > 1:
        return "", [SheetProblem(0, "", SheetCode.NOT_TEXT)]
    return _decode(content, "utf-8-sig")


def _decode(content: bytes, encoding: str) -> tuple[str, list[SheetProblem]]:
    try:
        return content.decode(encoding), []
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        return "", [SheetProblem(line, "", SheetCode.NOT_UTF8)]
