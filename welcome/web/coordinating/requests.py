"""One request: whose it is, who could be asked, and why nobody is yet."""

from flask import render_template
from flask.typing import ResponseReturnValue

from welcome.accounts.permissions import Permission
from welcome.buddies import access, telling
from welcome.buddies.explaining.reasons import explain_pair
from welcome.buddies.lifecycle import turns
from welcome.buddies.people import speaking
from welcome.buddies.proposing import keeping_apart
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating import request_acts
from welcome.web.coordinating.desk import desk, own
from welcome.web.coordinating.forms import URGENCY
from welcome.web.coordinating.handing_over import find_coordinator
from welcome.web.coordinating.told import read_told, told_steps
from welcome.web.coordinating.why import look
from welcome.web.database import db


@desk.get("/requests/<public_id>/")
@allowed(Permission.COORDINATE)
def show_request(public_id: str) -> ResponseReturnValue:
    """Show a request."""
    asking, newcomer = access.get_request(db(), current_account(), public_id)
    live = turns.list_live_for(db(), asking.id)
    seen = look(asking, live)
    return render_template(
        "coordinating/request.html",
        asking=asking,
        newcomer=newcomer,
        spoken=speaking.list_newcomer(db(), newcomer),
        told=read_told(newcomer),
        urgency=URGENCY,
        looked=seen.looked,
        volunteers=seen.volunteers,
        live=live,
        explain_pair=explain_pair,
        coordinator=find_coordinator(newcomer),
        apart=keeping_apart.list_kept_apart(db(), newcomer, own()),
        chosen_reasons=keeping_apart.CHOSEN,
        **told_steps(telling.list_of_request(db(), current_account(), asking)),
        acts=request_acts.list_offered(asking),
    )
