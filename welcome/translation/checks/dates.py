"""Calendar days by day, month and year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .findings import Finding, block
from .plain import Span

Day = tuple[int, int, int]

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in _MONTHS)
_NUMERIC = re.compile(
    r"(?<![\d./-])(?:(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})"
    r"|(\d{4})([./-])(\d{1,2})\6(\d{1,2})"
    r"|(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2}))(?![\d/]|[.-]\d)"
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({_MONTH}),?\s+(\d{{4}})(?!\d)",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.I
)
_BUDDHIST_ERA = 543


@dataclass(frozen=True)
class Date:
    """A day as written: where it stands, and what day, month and year it is."""

    span: Span
    text: str
    on: Day


def read(text: str, *, english: bool) -> list[Date]:
    """Find whole dates in folded text, day before month; words only in English."""
    found = [_numeric(each) for each in _NUMERIC.finditer(text)]
    if english:
        for each in _DAY_FIRST.finditer(text):
            found.append(_named(each, each[1], each[2], each[3]))
        for each in _MONTH_FIRST.finditer(text):
            found.append(_named(each, each[2], each[1], each[3]))
    return [date for date in found if date.on[1] in range(1, 13)]


def compare(
    source: list[Date], target: list[Date], text: str, tag: str
) -> Iterator[tuple[Finding | None, Span]]:
    """Find dates that name another day; give what is wrong and where the target has it.

    A target that writes the month as a word must have the day and the year.
    """
    rest = list(target)
    for wanted in source:
        same = next((date for date in rest if _is_same(wanted.on, date.on, tag)), None)
        if same:
            rest.remove(same)
            yield None, same.span
        elif span := _written_out(wanted.on, text, rest, tag):
            yield None, span
        else:
            given = ", ".join(date.text for date in rest) or "–"
            yield block("date", missing=wanted.text, found=given), (0, 0)


def _is_same(wanted: Day, given: Day, tag: str) -> bool:
    era = _BUDDHIST_ERA if tag == "th" else 0
    return given in (wanted, (*wanted[:2], wanted[2] + era))


def _written_out(day: Day, text: str, numeric: list[Date], tag: str) -> Span | None:
    """Find day and year near each other, apart from dates in digits."""
    taken = [date.span for date in numeric]
    years = {day[2], day[2] + _BUDDHIST_ERA} if tag == "th" else {day[2]}
    for year in re.finditer(r"(?<!\d)\d{4}(?!\d)", text):
        if int(year[0]) not in years or _inside(year.span(), taken):
            continue
        start = max(0, year.start() - 40)
        around = text[start : year.end() + 40]
        for found in re.finditer(r"(?<!\d)\d{1,2}(?!\d)", around):
            span = (start + found.start(), start + found.end())
            if int(found[0]) == day[0] and not _inside(span, taken):
                return min(span[0], year.start()), max(span[1], year.end())
    return None


def _inside(span: Span, taken: list[Span]) -> bool:
    return any(start <= span[0] < end for start, end in taken)


def _numeric(found: re.Match[str]) -> Date:
    if found[1]:
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    elif found[5]:
        day, month, year = int(found[8]), int(found[7]), int(found[5])
    else:
        day, month, year = int(found[11]), int(found[10]), int(found[9])
    year += 2000 if year < 100 else 0
    return Date(found.span(), found[0], (day, month, year))


def _named(found: re.Match[str], day: str, month: str, year: str) -> Date:
    number = next(
        at for at, name in enumerate(_MONTHS, 1) if name.startswith(month[:3].lower())
    )
    return Date(found.span(), found[0], (int(day), number, int(year)))
