"""The clearing desk's door, and how its pages speak."""

from datetime import date

from babel.dates import format_date
from flask import Blueprint, current_app

from welcome import clock
from welcome.buddies import days
from welcome.buddies.rules.requirements import FOREVER
from welcome.buddies.scheme import Scheme
from welcome.web.database import db
from welcome.web.words import interface_locale

desk = Blueprint("clearing", __name__, url_prefix="/-/clearing")


@desk.app_template_filter("day")
def day(on: date | None) -> str:
    """Say a day in the reader's words; a day that never comes is a dash."""
    if on is None or on == FOREVER:
        return "–"
    return str(format_date(on, "long", locale=interface_locale().babel()))


def own_scheme() -> Scheme:
    """Give the scheme of this installation."""
    return days.standing(db(), current_app.extensions["welcome.settings"])


def today() -> date:
    """Give the day it is in the place."""
    return own_scheme().today(clock.now())
