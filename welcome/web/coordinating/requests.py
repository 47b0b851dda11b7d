"""One request: whose it is, who could be asked, and why nobody is yet."""

from flask import render_template
from flask.typing import ResponseReturnValue

from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.explaining.reasons import explain_pair
from welcome.buddies.lifecycle import turns
from welcome.buddies.models.people import Volunteer
from welcome.buddies.models.requests import RequestState
from welcome.buddies.people import speaking
from welcome.buddies.people.finding import names_of
from welcome.buddies.proposing import keeping_apart, waiting
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating import request_acts
from welcome.web.coordinating.desk import desk, moment, own
from welcome.web.coordinating.forms import URGENCY
from welcome.web.coordinating.handing_over import find_coordinator
from welcome.web.coordinating.told import read_told
from welcome.web.database import db


@desk.get("/requests/<public_id>/")
@allowed(Permission.COORDINATE)
def show_request(public_id: str) -> ResponseReturnValue:
    """Show a request."""
    asking, newcomer = access.get_request(db(), current_account(), public_id)
    live = turns.list_live_for(db(), asking.id)
    looked = None
    if asking.state is RequestState.OPEN and len(live) < asking.buddies:
        looked = waiting.explain(db(), asking.id, moment())
    known = [each.volunteer.key for each in looked.candidates] if looked else []
    missed = (
        [key for keys in looked.why.near_misses.values() for key in keys]
        if looked
        else []
    )
    return render_template(
        "coordinating/request.html",
        asking=asking,
        newcomer=newcomer,
        spoken=speaking.list_newcomer(db(), newcomer),
        told=read_told(newcomer),
        urgency=URGENCY,
        looked=looked,
        live=live,
        names=names_of(
            db(), Volunteer, [*known, *missed, *(p.volunteer_id for p in live)], own()
        ),
        explain_pair=explain_pair,
        coordinator=find_coordinator(newcomer),
        apart=keeping_apart.list_kept_apart(db(), newcomer, own()),
        chosen_reasons=keeping_apart.CHOSEN,
        acts=request_acts.list_offered(asking),
    )
