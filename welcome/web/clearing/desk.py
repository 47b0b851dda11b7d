"""The clearing desk's door, and how its pages speak."""

from datetime import date

from babel.dates import format_date
from flask import Blueprint

from welcome import clock
from welcome.buddies.rules.requirements import FOREVER
from welcome.web.installed import scheme
from welcome.web.words import interface_locale

desk = Blueprint("clearing", __name__, url_prefix="/-/clearing")


@desk.app_template_filter("day")
def day(on: date | None) -> str:
    """Say a day in the reader's words; a day that never comes is a dash."""
    if on is None or on == FOREVER:
        return "–"
    return str(format_date(on, "long", locale=interface_locale().babel()))


def today() -> date:
    """Give the day it is in the place."""
    return scheme().today(clock.now())
