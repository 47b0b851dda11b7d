"""Writing tables that a spreadsheet program opens without running anything in them."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a cell that begins with it would be read as: a formula, or a command.
FORMULAS = frozenset("=+-@\t\r\n＝＋－＠")


def guard(cell: object) -> object:
    """Put an apostrophe before text that would be read as a formula."""
    if isinstance(cell, str) and cell[:1] in FORMULAS:
        return f"'{cell}"
    return cell


def write_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table in UTF-8, with the mark that spreadsheet programs look for."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guard(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")
