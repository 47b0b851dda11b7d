"""The day it is in the place."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import current_app

from welcome import clock


def today() -> date:
    """Return the day it is in the place's zone."""
    zone = current_app.extensions["welcome.settings"].time_zone
    return clock.now().astimezone(ZoneInfo(zone)).date()
