"""What an installation tells the scheme: its name, address, zone, ways and days."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from welcome.config import Settings
from welcome.messages import ways
from welcome.messages.ways import Rule, Way


@dataclass(frozen=True, kw_only=True)
class Days:
    """After how many days what happens.

    `reminders` and `answer` count from the day on which somebody was asked, `meet` from
    the introduction, and `tell` from the day a check-in was due; `still_free` from the
    last word of a volunteer, or of a newcomer who waits, and `free_again` from the letter
    that asked for one; `lapse` from the last word of somebody who cannot be reached,
    applied or paused.
    """

    reminders: tuple[int, ...] = (2, 5)
    answer: int = 7
    meet: int = 21
    tell: int = 7
    notice: int = 14
    still_free: int = 180
    free_again: int = 14
    lapse: int = 180

    def count_passed(self, asked_at: datetime, now: datetime) -> int:
        """Count the reminders whose day has come."""
        return sum(asked_at + timedelta(days=day) <= now for day in self.reminders)


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """The place whose people are brought together."""

    site_url: str
    place_name: str
    zone: ZoneInfo
    ways: frozenset[Way] = frozenset({Way.EMAIL})
    days: Days = field(default_factory=Days)

    def address(self, path: str) -> str:
        """Give the absolute address of a path."""
        return self.site_url.rstrip("/") + path

    def today(self, now: datetime) -> date:
        """Give the day it is in the place."""
        return now.astimezone(self.zone).date()

    def rule(self, way: Way, safe_from: int, safe_until: int) -> Rule:
        """Give the rule of somebody who may be reached between two hours."""
        return Rule(way, safe_from, safe_until, self.zone)


def of(settings: Settings) -> Scheme:
    """Give the scheme of an installation."""
    return Scheme(
        site_url=settings.site_url,
        place_name=settings.place_name,
        zone=ZoneInfo(settings.time_zone),
        ways=ways.set_up(settings),
    )
