"""The ways a message can go, and the hours in which it may arrive."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from welcome.config import Settings
from welcome.messages.errors import NoSafeHour

DAY = 24
GREENWICH = ZoneInfo("UTC")


class Way(StrEnum):
    """How a message goes to somebody."""

    EMAIL = "email"
    TEXT = "text"


def set_up(settings: Settings) -> frozenset[Way]:
    """Name the ways that an installation can send; an e-mail always can go."""
    has_texts = bool(settings.notify_key and settings.notify_text_template)
    return frozenset({Way.EMAIL, Way.TEXT} if has_texts else {Way.EMAIL})


@dataclass(frozen=True)
class Rule:
    """How a message may go, and between which hours of the day in a zone.

    Hours may go over midnight: from 22 until 6 is at night. Where others see what
    arrives (`is_seen`), it says no more than a text does.
    """

    way: Way = Way.EMAIL
    safe_from: int = 0
    safe_until: int = DAY
    zone: ZoneInfo = GREENWICH
    is_seen: bool = False

    @property
    def is_brief(self) -> bool:
        """Say whether only the neutral subject and the link may go."""
        return self.is_seen or self.way is Way.TEXT

    def is_within(self, hour: int) -> bool:
        """Say whether a message may arrive in an hour of the day."""
        if self.safe_from <= self.safe_until:
            return self.safe_from <= hour < self.safe_until
        return hour >= self.safe_from or hour < self.safe_until

    def next_moment(self, now: datetime) -> datetime:
        """Say when a message may arrive next, at most a day ahead; raises NoSafeHour."""
        local = now.astimezone(self.zone)
        if self.is_within(local.hour):
            return now
        if not any(self.is_within(hour) for hour in range(DAY)):
            raise NoSafeHour
        days = 0 if local.hour < self.safe_from else 1
        start = datetime.combine(
            local.date() + timedelta(days=days), time(self.safe_from), self.zone
        )
        return max(start.astimezone(UTC), now)


ANY_TIME = Rule()
