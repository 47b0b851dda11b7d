"""What can be wrong with a spreadsheet, and where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class SheetCode(StrEnum):
    """What is wrong with a file, a line or a cell."""

    TOO_BIG = "too-big"
    IS_WORKBOOK = "is-workbook"
    NOT_TEXT = "not-text"
    NOT_UTF8 = "not-utf8"
    NO_HEADER = "no-header"
    MISSING_COLUMN = "missing-column"
    DOUBLED_COLUMN = "doubled-column"
    UNKNOWN_COLUMN = "unknown-column"
    TOO_MANY_ROWS = "too-many-rows"
    TO_SPLIT = "to-split"
    UNCLOSED_QUOTE = "unclosed-quote"
    DAMAGED_QUOTES = "damaged-quotes"
    TOO_MANY_CELLS = "too-many-cells"
    TOO_LONG = "too-long"
    CONTROL_CHARACTER = "control-character"
    MISSING_VALUE = "missing-value"
    DOUBLED_ID = "doubled-id"
    UNKNOWN_LANGUAGE = "unknown-language"
    LANGUAGE_TOO_WIDE = "language-too-wide"
    DOUBLED_LANGUAGE = "doubled-language"
    UNKNOWN_WORD = "unknown-word"
    UNKNOWN_TIME = "unknown-time"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_DATE = "not-a-date"
    FUTURE_DATE = "future-date"
    HALF_A_PLACE = "half-a-place"
    UNKNOWN_SECTOR = "unknown-sector"
    SECTOR_UNUSED = "sector-unused"
    UNKNOWN_PERSON = "unknown-person"
    DOUBLED_PAIR = "doubled-pair"
    # Of the desk, where people are taken in with how they are reached.
    BAD_EMAIL = "bad-email"
    BAD_PHONE = "bad-phone"
    NO_WAY = "no-way"
    BAD_HOURS = "bad-hours"
    NOT_ADULT = "not-adult"
    NO_AREA = "no-area"
    TOO_MANY_LIKES = "too-many-likes"
    SAME_PERSON = "same-person"
    KNOWN_ALREADY = "known-already"
    TAKEN_BEFORE = "taken-before"


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """A problem at a line (from 1; 0 for the whole file) and, if it is one, a column."""

    line: int
    column: str
    code: SheetCode
    params: Mapping[str, object] = field(default_factory=dict)


# Told about one cell: the code, and what fills its phrase.
Tell = Callable[[SheetCode, Mapping[str, object]], None]
