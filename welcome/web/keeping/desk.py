"""The keeping desk's door, and how its pages speak."""

from datetime import datetime

from babel.dates import format_datetime
from flask import Blueprint
from flask_babel import get_timezone

from welcome.phrases import codes
from welcome.web.words import interface_locale, word

desk = Blueprint("keeping", __name__, url_prefix="/-/keeping")

PAGE = 50


@desk.app_template_filter("moment")
def moment(at: datetime | None) -> str:
    """Say a moment in the place's zone and the reader's words."""
    if at is None:
        return "–"
    zone = get_timezone()
    return format_datetime(at.astimezone(zone), locale=interface_locale().babel())


def act_word(act: str) -> str:
    """Say an act of the journal; one that no room knows any more says its code."""
    return word(act) if act in codes.PHRASES else act


@desk.context_processor
def speaking() -> dict[str, object]:
    """Let the desk's pages say the acts of the journal."""
    return {"act_word": act_word}
