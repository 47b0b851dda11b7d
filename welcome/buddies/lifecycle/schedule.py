"""On which days a pair is asked how it goes: a rule of dates alone."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from heapq import merge
from itertools import count

from welcome.buddies.models.pairings import CheckInKind
from welcome.buddies.scheme import Days

WEEK_2 = timedelta(days=14)
MONTHS = 12
REVIEW_MONTH = 6

Due = tuple[date, CheckInKind]


def due_dates(introduced_on: date, days: Days, *, has_met: bool) -> Iterator[Due]:
    """Give every day on which a pair is asked, in order and without end.

    Two weeks after they were introduced, then month by month, in the sixth a review;
    and after three weeks whether they met, unless that is known.
    """
    meet = (introduced_on + timedelta(days=days.meet), CheckInKind.DID_YOU_MEET)
    return merge([] if has_met else [meet], _list_usual(introduced_on))


def latest_until(
    introduced_on: date, today: date, days: Days, *, has_met: bool
) -> Due | None:
    """Give the last question that is due by a day; None where none is yet."""
    latest = None
    for due in due_dates(introduced_on, days, has_met=has_met):
        if due[0] > today:
            return latest
        latest = due
    return latest


def next_after(introduced_on: date, today: date, days: Days, *, has_met: bool) -> date:
    """Give the next day after another on which a pair is asked."""
    dates = due_dates(introduced_on, days, has_met=has_met)
    return next(day for day, _kind in dates if day > today)


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _list_usual(introduced_on: date) -> Iterator[Due]:
    yield introduced_on + WEEK_2, CheckInKind.WEEK_2
    for month in count(1):
        kind = CheckInKind.REVIEW if month == REVIEW_MONTH else CheckInKind.MONTHLY
        yield months_after(introduced_on, month), kind
