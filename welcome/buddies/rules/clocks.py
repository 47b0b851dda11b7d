"""How long what is kept about people is kept: one clock for each kind of record.

The periods are proposals for whoever answers for the scheme, not law; an administrator
sets others. A clock runs from a day that the record tells: an ending, a decision.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum

from welcome.buddies.rules.errors import BadClocks

MONTHS_A_YEAR = 12


class Clock(StrEnum):
    """What has a period of its own; what it runs from stands beside it."""

    # From the end of the request of somebody who had a buddy.
    NEWCOMER = "newcomer"
    # From the last word of somebody who was never paired.
    NEVER_PAIRED = "never-paired"
    # From the day a volunteer left.
    VOLUNTEER = "volunteer"
    # From the day somebody who never was a buddy left or was declined.
    APPLICANT = "applicant"
    # From the decision: what a referee wrote, and how they are reached.
    REFERENCE = "reference"
    # From the end of a pairing: notes, reasons and scores.
    PAIRING = "pairing"
    # From the day a concern was closed.
    CONCERN = "concern"
    # From the day of a run of the matcher.
    RUN = "run"
    # From the day a one-time link ran out.
    LINK = "link"
    # From the day a letter was sent or discarded: to whom it went.
    MESSAGE = "message"
    # From the day an export of somebody's record was released or prepared.
    EXPORT = "export"


@dataclass(frozen=True)
class Period:
    """So many months and days; the months count first."""

    months: int = 0
    days: int = 0

    def after(self, since: date) -> date:
        """Give the day on which it is over; a month too short ends on its last day."""
        count = since.year * MONTHS_A_YEAR + since.month - 1 + self.months
        year, month = divmod(count, MONTHS_A_YEAR)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(since.day, last)) + timedelta(days=self.days)


# What each clock counts in, its usual number, and how few and many it may be set to.
_MONTHLY = {
    Clock.NEWCOMER: (6, 1, 84),
    Clock.NEVER_PAIRED: (6, 1, 84),
    Clock.VOLUNTEER: (24, 1, 120),
    Clock.APPLICANT: (6, 1, 84),
    Clock.REFERENCE: (6, 1, 84),
    Clock.PAIRING: (12, 1, 84),
    Clock.CONCERN: (84, 12, 300),
    Clock.RUN: (12, 1, 84),
}
_DAILY = {
    Clock.LINK: (14, 1, 90),
    Clock.MESSAGE: (14, 2, 90),
    Clock.EXPORT: (30, 1, 90),
}
RANGES: Mapping[Clock, tuple[int, int]] = {
    clock: (least, most)
    for table in (_MONTHLY, _DAILY)
    for clock, (_usual, least, most) in table.items()
}
USUAL: Mapping[Clock, int] = {
    clock: usual
    for table in (_MONTHLY, _DAILY)
    for clock, (usual, _least, _most) in table.items()
}
# Counted in days; all others in months.
IN_DAYS = frozenset(_DAILY)


@dataclass(frozen=True)
class Clocks:
    """The periods that count: months for records, days for links, letters, exports."""

    numbers: Mapping[Clock, int]

    def period(self, clock: Clock) -> Period:
        """Give the period of a clock."""
        number = self.numbers[clock]
        return Period(months=number) if clock in _MONTHLY else Period(days=number)

    def settings(self) -> dict[str, int]:
        """Give the numbers as a policy keeps them."""
        return {clock.value: number for clock, number in self.numbers.items()}


USUAL_CLOCKS = Clocks(USUAL)


def read(settings: Mapping[str, object]) -> Clocks:
    """Read what an administrator set; what is not named stays usual. Raises BadClocks."""
    numbers = dict(USUAL)
    for name, number in settings.items():
        if name not in set(Clock):
            raise BadClocks(name=name, least=0, most=0)
        least, most = RANGES[Clock(name)]
        # Of what a file gives, True is no number.
        if type(number) is not int or not least <= number <= most:
            raise BadClocks(name=name, least=least, most=most)
        numbers[Clock(name)] = number
    return Clocks(numbers)


def due_on(clock: Clock, since: date, clocks: Clocks = USUAL_CLOCKS) -> date:
    """Give the day on which a record is let go of that a clock runs for since a day."""
    return clocks.period(clock).after(since)


def last_day_due(clock: Clock, today: date, clocks: Clocks = USUAL_CLOCKS) -> date:
    """Give the last day since which a clock has run out today.

    So `since <= last_day_due(…)` says the same of a day as `due_on(…) <= today`.
    """
    period = clocks.period(clock)
    back = Period(**{name: -number for name, number in asdict(period).items()})
    day = back.after(today)
    # Of a longer month, its last days run out together.
    while period.after(day + timedelta(days=1)) <= today:
        day += timedelta(days=1)
    return day
