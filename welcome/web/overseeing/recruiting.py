"""Whom to look for, for the whole scheme: numbers only, told in fives."""

from flask.typing import ResponseReturnValue

from welcome.accounts.permissions import Permission
from welcome.web.allowed import allowed
from welcome.web.coordinating import recruiting
from welcome.web.overseeing.desk import desk, overseen


@desk.get("/recruiting/")
@allowed(Permission.OVERSEE)
def recruit() -> ResponseReturnValue:
    """Show whom to look for."""
    return recruiting.page("overseeing/recruiting.html", overseen(), exactly=False)
