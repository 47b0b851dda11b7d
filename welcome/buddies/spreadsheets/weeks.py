"""Parts of a week as people write them: `mon-am`, `weekday evenings`, `sat`."""

import re

from welcome.buddies.rules.times import (
    ANY_TIME,
    NO_TIME,
    PartOfDay,
    Weekday,
    make_times,
)
from welcome.buddies.spreadsheets.cells import SHOWN, split
from welcome.buddies.spreadsheets.problems import SheetCode, Tell

_WEEK = list(Weekday)
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OTHER_NAMES = {"tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu"}

_DAYS: dict[str, list[Weekday]] = {
    **{str(day): [day] for day in _WEEK},
    **{name: [day] for name, day in zip(_NAMES, _WEEK, strict=True)},
    **{other: [Weekday(day)] for other, day in _OTHER_NAMES.items()},
    "weekday": _WEEK[:5],
    "weekend": _WEEK[5:],
}
_PARTS: dict[str, list[PartOfDay]] = {
    "am": [PartOfDay.MORNING],
    "morning": [PartOfDay.MORNING],
    "pm": [PartOfDay.AFTERNOON],
    "afternoon": [PartOfDay.AFTERNOON],
    "eve": [PartOfDay.EVENING],
    "evening": [PartOfDay.EVENING],
}
_ALWAYS = {"any", "anytime", "any time", "always"}
_WORD = re.compile(r"[^\s_-]+")


def read_week(text: str, tell: Tell) -> int:
    """Read when somebody is free, as the bit mask of `times`; nothing is any time."""
    if not text or text.casefold() in _ALWAYS:
        return ANY_TIME
    mask = NO_TIME
    for each in split(text):
        found = _read_times(each.casefold())
        if found == NO_TIME:
            tell(SheetCode.UNKNOWN_TIME, {"found": each[:SHOWN]})
        mask |= found
    return mask


def _read_times(text: str) -> int:
    days: list[Weekday] = []
    parts: list[PartOfDay] = []
    for word in _WORD.findall(text):
        single = word if word in _DAYS else word.removesuffix("s")
        if single in _DAYS:
            days += _DAYS[single]
        elif single in _PARTS:
            parts += _PARTS[single]
        else:
            return NO_TIME
    if not (days or parts):
        return NO_TIME
    return make_times(
        (day, part) for day in days or Weekday for part in parts or PartOfDay
    )
