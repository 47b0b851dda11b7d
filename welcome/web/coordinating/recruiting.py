"""Whom to look for: what new volunteers of each kind would come to."""

from collections.abc import Collection

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import Form, IntegerField, ValidationError
from wtforms.widgets import TextInput

from welcome.accounts.permissions import Permission
from welcome.buddies.explaining.planning import MOST_LANGUAGES, WEEKDAY_DAYTIME
from welcome.buddies.overseeing import recruiting
from welcome.buddies.overseeing.recruiting import Plan, fold
from welcome.buddies.proposing.posing import Scope
from welcome.partners.agreements import list_shared_with
from welcome.web.allowed import allowed
from welcome.web.coordinating.desk import desk, moment, own
from welcome.web.database import db

USUAL_PLACES, MOST_PLACES = 5, 20
MOST_ROWS = 40


class PlacesForm(Form):
    """How many new places are thought of; nothing changes by asking."""

    places = IntegerField(
        _l("New places of a kind"),
        default=USUAL_PLACES,
        # In a box for numbers, browsers lose what is none.
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )

    def validate_places(self, field: IntegerField) -> None:
        """Refuse what is no number, or too many; raises ValidationError."""
        if field.data is None or not 1 <= field.data <= MOST_PLACES:
            # In place of what the library says of what is no number.
            field.errors, field.process_errors = [], []
            raise ValidationError(_l("Write a whole number from 1 to 20."))


@desk.get("/recruiting/")
@allowed(Permission.COORDINATE)
def recruit() -> ResponseReturnValue:
    """Show whom to look for, for one's own newcomers."""
    return page("coordinating/recruiting.html", own(), exactly=True)


def page(
    template: str, organisations: Collection[int], *, exactly: bool
) -> ResponseReturnValue:
    """Plan for the newcomers of some organisations, and show it."""
    form = PlacesForm(request.args if "places" in request.args else None)
    plan = _plan(organisations, form.places.data) if form.validate() else None
    shown = render_template(
        template,
        form=form,
        plan=plan,
        kinds=fold(plan.gains, exactly=exactly)[:MOST_ROWS] if plan else [],
        most_languages=MOST_LANGUAGES,
        daytime=WEEKDAY_DAYTIME,
    )
    return shown, 200 if plan else 422


def _plan(organisations: Collection[int], places: int) -> Plan:
    reachable = {one for each in organisations for one in list_shared_with(db(), each)}
    scope = Scope(frozenset(organisations), frozenset(reachable))
    return recruiting.plan(db(), scope, moment(), places=places)
