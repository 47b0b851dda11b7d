"""One volunteer: what is known, where they stand, whom they meet, what was done."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import col, select

from welcome.accounts import journal
from welcome.accounts.access import names
from welcome.accounts.permissions import Permission
from welcome.buddies import access, noting, telling
from welcome.buddies.clearances import clearing
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people import speaking
from welcome.buddies.people.finding import names_of
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating import volunteer_acts
from welcome.web.coordinating.desk import desk, moment, own
from welcome.web.coordinating.handing_over import find_coordinator
from welcome.web.coordinating.told import read_told, told_steps
from welcome.web.database import db

# The last things done; the rest stands in the journal.
ACTS_SHOWN = 20


@desk.get("/volunteers/<public_id>/")
@allowed(Permission.COORDINATE)
def show_volunteer(public_id: str) -> ResponseReturnValue:
    """Show a volunteer."""
    volunteer = access.get_volunteer(db(), current_account(), public_id)
    asked = select(Pairing).where(Pairing.volunteer_id == volunteer.id)
    order = (col(Pairing.moved_at).desc(), col(Pairing.id).desc())
    pairings = list(db().exec(asked.order_by(*order)))
    subject = (noting.SUBJECTS[Volunteer], volunteer.id)
    entries = journal.list_entries(db(), subject=subject, limit=ACTS_SHOWN)
    return render_template(
        "coordinating/volunteer.html",
        volunteer=volunteer,
        spoken=speaking.list_volunteer(db(), volunteer),
        told=read_told(volunteer),
        judgements=clearing.judge_volunteer(db(), volunteer, moment().today),
        pairings=pairings,
        newcomers=names_of(db(), Newcomer, [p.newcomer_id for p in pairings], own()),
        entries=entries,
        **told_steps(telling.list_of_volunteer(db(), current_account(), volunteer)),
        names=names(db(), [each.actor_id for each in entries if each.actor_id]),
        coordinator=find_coordinator(volunteer),
        acts=volunteer_acts.list_offered(volunteer),
    )
