"""When somebody is free in a usual week: 21 bits, three parts of each of seven days."""

from collections.abc import Iterable
from enum import StrEnum


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


class PartOfDay(StrEnum):
    """A part of a day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


Slot = tuple[Weekday, PartOfDay]

SLOTS: tuple[Slot, ...] = tuple((day, part) for day in Weekday for part in PartOfDay)
ANY_TIME = (1 << len(SLOTS)) - 1
NO_TIME = 0

_BITS = {slot: 1 << place for place, slot in enumerate(SLOTS)}


def make_times(slots: Iterable[Slot]) -> int:
    """Make the bit mask of some parts of a week; bit = 3 × day + part, from Monday."""
    mask = NO_TIME
    for slot in slots:
        mask |= _BITS[slot]
    return mask


def read_times(mask: int) -> list[Slot]:
    """List the parts of a week in a bit mask, from Monday morning."""
    return [slot for slot, bit in _BITS.items() if mask & bit]
