"""Times of day by value: 24-hour, 12-hour, and the words locales put beside them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .findings import Finding, block, warn
from .plain import Span

DAY = 24 * 60

# Words beside an hour that say which part of the day it is, without vowel signs.
_PARTS = {
    "noon": "noon|midday|دوپہر|ظهرا|w południe|ਦੁਪਹਿਰ|दोपहर|দুপুর|中午|öğlen|mediodía|midi",
    "afternoon": (
        r"p\.?m\.?|مساء|مساءا|م|بعد الظهر|بعد از ظهر|ب\.?ظ|عصر|شام|سہ پہر|po południu|"
        "wieczorem|вечора|вечера|дня|ਸ਼ਾਮ|ਬਾਅਦ ਦੁਪਹਿਰ|शाम|अपराह्न|বিকাল|বিকেল|সন্ধ্যা|下午|晚上|"
        "午後|오후|akşam|tarde|galabnimo|seara|soir|après-midi"
    ),
    "night": "رات|ليلا|شب|w nocy|ночі|ночи|ਰਾਤ|रात|রাত|noche|nuit|gece|noaptea",
    "morning": (
        r"a\.?m\.?|صباحا|ص|صبح|ق\.?ظ|rano|ранку|утра|вранці|ਸਵੇਰੇ|ਸਵੇਰ|सुबह|प्रातः|সকাল|上午|"
        "早上|午前|오전|sabah|mañana|subax|subaxnimo|dimineața|manhã|matin"
    ),
}
_PART = "|".join(
    rf"(?P<{name}>{unicodedata.normalize('NFC', words)})"
    for name, words in _PARTS.items()
)
_AFTER = re.compile(rf"(?:{_PART})(?![^\W\d_])", re.I)
_BEFORE = re.compile(rf"(?<![^\W\d_])(?:{_PART})\s*$", re.I)
_OCLOCK = re.compile(
    r"\s*(?:o['’]?clock|بجے|ਵਜੇ|बजे|টা|টায়|Uhr|год\.?|часов|час|點鐘|点钟|點|点|時|시|h(?!\w))?\s*"
)
_LEAD = re.compile(
    r"\s*(?:الساعة|ساعت|godz\.?|\bo|\bо|\bat|klo|saat|saacadda)?\s*$", re.I
)
_HOUR = re.compile(
    r"(?<![\d:.,/-])(?P<hour>\d{1,2})"
    r"(?:\s?[:.h٫點点時시]\s?(?P<minute>[0-5]\d)[分분]?)?(?![\d:/%]|[.,]\d)"
)
_SOURCE = re.compile(
    r"(?<![\d:.,])(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?"
    r"\s*(?P<half>[ap])\.?m\b\.?|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d))(?![\d:])",
    re.I,
)
# Where the day is counted from dawn, nine in the morning is three.
_FROM_DAWN = frozenset({"am", "ti", "om", "sw"})


@dataclass(frozen=True)
class Time:
    """A time as written, and the minutes of the day it may mean.

    A bare one is an hour in digits alone, which may be no time at all.
    """

    span: Span
    text: str
    minutes: frozenset[int]
    is_bare: bool = False


def read_source(text: str) -> list[Time]:
    """Find times that say themselves what they are: 9am, 5.30 pm, 17:00."""
    times = []
    for found in _SOURCE.finditer(text):
        hour = int(found["hour"] or found["hour24"])
        minute = int(found["minute"] or found["minute24"] or 0)
        if found["half"]:
            hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
        times.append(
            Time(found.span(), found[0].strip(), frozenset({hour * 60 + minute}))
        )
    return times


def read_target(text: str) -> list[Time]:
    """Find everything that may be a time, with every value it may have."""
    times = []
    for found in _HOUR.finditer(text):
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if hour > 24:
            continue
        after = _OCLOCK.match(text, found.end())
        end = after.end() if after else found.end()
        parts = _parts_of_day(text, found.start(), end)
        is_named = bool(parts or found["minute"] or text[found.end() : end].strip())
        values = _values(hour, parts, is_padded=found["hour"].startswith("0"))
        minutes = frozenset((value * 60 + minute) % DAY for value in values)
        times.append(Time(found.span(), found[0], minutes, is_bare=not is_named))
    return times


def compare(
    source: list[Time], target: list[Time], tag: str
) -> Iterator[tuple[Finding | None, Span]]:
    """Find times that differ; give what is wrong and where the target has each time."""
    rest = list(target)
    for wanted in source:
        found = _find(wanted, rest, tag)
        if found is None:
            given = ", ".join(time.text for time in rest if not time.is_bare) or "–"
            yield block("time", missing=wanted.text, found=given), (0, 0)
            continue
        rest.remove(found)
        unclear = (
            found.is_bare and len(found.minutes) > 1 and min(wanted.minutes) >= DAY / 2
        )
        finding = warn("time-unclear", time=wanted.text, found=found.text)
        yield (finding if unclear else None), found.span


def _find(wanted: Time, rest: list[Time], tag: str) -> Time | None:
    """Find the time meant: one that says what it is before a bare digit."""
    minutes = wanted.minutes
    if tag.split("-")[0] in _FROM_DAWN:
        minutes |= {
            (minute + shift) % DAY for minute in minutes for shift in (360, 1080)
        }
    for is_bare in (False, True):
        for time in rest:
            if time.is_bare is is_bare and time.minutes & minutes:
                return time
    return None


def _parts_of_day(text: str, start: int, end: int) -> set[str]:
    """Name the parts of the day that stand right beside an hour."""
    before = _LEAD.sub("", text[max(0, start - 24) : start])
    found = (_AFTER.match(text, end), _BEFORE.search(before))
    return {str(each.lastgroup) for each in found if each}


def _values(hour: int, parts: set[str], *, is_padded: bool) -> set[int]:
    if hour > 12 or (is_padded and not parts):
        return {hour % 24}
    first = hour % 12
    values = {
        "morning": first,
        "afternoon": first + 12,
        "night": first + (12 if 6 <= hour < 12 else 0),
        "noon": first + (0 if hour in (10, 11) else 12),
    }
    return {values[part] for part in parts} or {first, first + 12}
