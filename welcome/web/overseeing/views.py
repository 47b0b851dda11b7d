"""The lead's first page: how many wait, are there to help, and meet."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome.accounts.permissions import Permission
from welcome.buddies.overseeing import counting
from welcome.buddies.overseeing.counting import Counted
from welcome.web.allowed import allowed
from welcome.web.coordinating.desk import moment
from welcome.web.database import db
from welcome.web.installed import scheme
from welcome.web.overseeing import fairness, recruiting, rules
from welcome.web.overseeing.desk import desk, overseen
from welcome.web.words import word

__all__ = ["desk", "fairness", "recruiting", "rules"]


@desk.get("/")
@allowed(Permission.OVERSEE)
def home() -> ResponseReturnValue:
    """Show the numbers of each organisation, and of all."""
    return render_template(
        "overseeing/home.html",
        lines=counting.count(db(), overseen(), scheme(), moment()),
        kinds=list(Counted),
        heads=_heads(),
        year=moment().today.year,
    )


def _heads() -> dict[str, str]:
    """Give what stands over each column, and its class."""
    return {
        _("Organisation"): "",
        **{word(kind): "number" for kind in Counted},
        _("Median days of waiting"): "number",
    }
