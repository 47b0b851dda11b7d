"""The lead's desk's door, and what its pages share."""

from flask import Blueprint

from welcome.buddies import access
from welcome.buddies.explaining.hiding import FEWEST, round_down
from welcome.buddies.rules import languages
from welcome.web.allowed import current_account
from welcome.web.database import db
from welcome.web.words import interface_tag

desk = Blueprint("overseeing", __name__, url_prefix="/-/overseeing")


def overseen() -> frozenset[int]:
    """List the organisations whose numbers the one who is signed in sees."""
    return access.list_overseen(db(), current_account())


def decides() -> bool:
    """Tell whether the one who is signed in decides for the whole scheme."""
    return access.oversees_all(db(), current_account())


@desk.context_processor
def speaking() -> dict[str, object]:
    """Let the desk's pages name languages, what is hidden, and the way to the rules."""
    return {
        "language_name": lambda code: languages.name_of(code, interface_tag()),
        "fewest": FEWEST,
        "round_down": round_down,
        "decides": decides,
    }
