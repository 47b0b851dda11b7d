"""The keeping desk's door, and how its pages speak."""

from datetime import datetime

from babel.dates import format_date, format_time
from flask import Blueprint
from flask_babel import get_timezone

from welcome.phrases import codes
from welcome.web.words import interface_locale, word

desk = Blueprint("keeping", __name__, url_prefix="/-/keeping")

PAGE = 50


@desk.app_template_filter("moment")
def moment(at: datetime | None) -> str:
    """Say a moment in the place's zone and the reader's words, to the minute."""
    if at is None:
        return "–"
    there, locale = at.astimezone(get_timezone()), interface_locale().babel()
    joined = str(locale.datetime_formats["medium"]).replace("'", "")
    return joined.format(
        format_time(there, "short", locale=locale),
        format_date(there, "medium", locale=locale),
    )


def act_word(act: str) -> str:
    """Say an act of the journal; one that no room knows any more says its code."""
    return word(act) if act in codes.PHRASES else act


@desk.context_processor
def speaking() -> dict[str, object]:
    """Let the desk's pages say the acts of the journal."""
    return {"act_word": act_word}
