"""Who could be a newcomer's buddy, and why nobody is: own people by name, others counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from welcome.accounts.permissions import Permission
from welcome.buddies import access
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import turns
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people.finding import (
    Known,
    known_requests,
    known_volunteers,
)
from welcome.buddies.proposing import waiting
from welcome.buddies.proposing.waiting import Waiting
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating.desk import desk, moment, own
from welcome.web.database import db


@dataclass(frozen=True)
class Look:
    """A request looked at, where somebody is looked for; and who of it may be named."""

    looked: Waiting | None
    volunteers: Mapping[int, Known]


def look(asking: BuddyRequest, live: Sequence[Pairing]) -> Look:
    """Look at a request and its live pairings."""
    looked = None
    if _is_looked_for(asking, live):
        looked = waiting.explain(db(), asking.id, moment())
    seen = [each.volunteer_id for each in live]
    if looked:
        seen += [each.volunteer.key for each in looked.candidates]
        seen += [key for keys in looked.why.near_misses.values() for key in keys]
    return Look(looked, known_volunteers(db(), seen, own()))


@desk.get("/requests/<public_id>/rivals/")
@allowed(Permission.COORDINATE)
def show_rivals(public_id: str) -> ResponseReturnValue:
    """Show who competes for the same places as somebody who waits."""
    asking, newcomer = access.get_request(db(), current_account(), public_id)
    if not _is_looked_for(asking, turns.list_live_for(db(), asking.id)):
        raise MoveRefused(state=asking.state.value, wanted=RequestState.OPEN.value)
    group = waiting.find_group(db(), asking.id, moment())
    others = [each for each in group.newcomers if each != asking.id] if group else []
    helpers = group.volunteers if group else ()
    return render_template(
        "coordinating/rivals.html",
        asking=asking,
        newcomer=newcomer,
        group=group,
        others=others,
        requests=known_requests(db(), others, own()),
        volunteers=known_volunteers(db(), helpers, own()),
    )


def _is_looked_for(asking: BuddyRequest, live: Sequence[Pairing]) -> bool:
    return asking.state is RequestState.OPEN and len(live) < asking.buddies
