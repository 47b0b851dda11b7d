"""The writing desk's door: writers come to write, publishers to publish."""

from datetime import date

from flask import Blueprint

from welcome.accounts.permissions import Permission
from welcome.errors import NotAllowed
from welcome.locales.formats import format_date
from welcome.web.allowed import may, may_somewhere
from welcome.web.words import interface_locale
from welcome.web.writing import differences

desk = Blueprint("writing", __name__, url_prefix="/-/writing")


def refuse_strangers() -> None:
    """Refuse whoever neither writes nor publishes anywhere; raises NotAllowed."""
    if not (may_somewhere(Permission.WRITE) or may_somewhere(Permission.PUBLISH)):
        raise NotAllowed


@desk.app_template_filter("day")
def day(on: date) -> str:
    """Say a date in the reader's words."""
    return format_date(interface_locale(), on, "medium")


desk.add_app_template_filter(differences.folded, "folded")


@desk.context_processor
def rights() -> dict[str, object]:
    """Let the pages of this desk show only what one may do."""
    return {
        "may": may,
        "may_write": may_somewhere(Permission.WRITE),
        "may_publish": may_somewhere(Permission.PUBLISH),
    }
