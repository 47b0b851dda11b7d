"""The door for those who take part: no session, nothing kept by browsers on the way."""

from flask import Blueprint, Response, current_app

from welcome.web.installed import settings
from welcome.web.words import INTERFACE_TAGS

# Addresses name a language that the interface has; others lead nowhere.
TAGGED = f"/<any({', '.join(INTERFACE_TAGS)}):tag>"

desk = Blueprint("taking_part", __name__, url_prefix="/-/take-part")


@desk.after_request
def keep_private(response: Response) -> Response:
    """Keep pages out of caches and searches."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@desk.context_processor
def place() -> dict[str, object]:
    """Give the pages the place's name, and the languages they can be read in."""
    known = current_app.extensions["welcome.editions"].place
    return {"place": known or {"name": settings().place_name}, "tags": INTERFACE_TAGS}
