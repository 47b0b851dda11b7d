"""Where a pack is: which day it is there, and whose telephone numbers it gives."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo


def zone_of(place: Mapping[str, Any]) -> ZoneInfo:
    """Give the time zone of a pack's place; Europe/London unless it says another."""
    return ZoneInfo(str(place.get("time_zone", "Europe/London")))


def today_in(place: Mapping[str, Any], now: datetime) -> date:
    """Give the day it is in a pack's place."""
    return now.astimezone(zone_of(place)).date()


def region_of(place: Mapping[str, Any]) -> str:
    """Give the region (ISO 3166) in which numbers without a country code are dialled."""
    return str(place.get("region", "GB"))
