"""Who could be a newcomer's buddy, and why nobody is: own people by name, others counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people.finding import (
    Known,
    known_requests,
    known_volunteers,
)
from welcome.buddies.proposing import waiting
from welcome.buddies.proposing.waiting import Waiting
from welcome.web.coordinating.desk import moment, own
from welcome.web.database import db


@dataclass(frozen=True)
class Rivals:
    """The other requests that compete for the same places, and those of own people."""

    others: Sequence[int]
    known: Mapping[int, Known]


@dataclass(frozen=True)
class Look:
    """A request looked at, where somebody is looked for; and who of it may be named."""

    looked: Waiting | None
    rivals: Rivals
    volunteers: Mapping[int, Known]


def look(asking: BuddyRequest, live: Sequence[Pairing]) -> Look:
    """Look at a request and its live pairings."""
    looked = None
    if asking.state is RequestState.OPEN and len(live) < asking.buddies:
        looked = waiting.explain(db(), asking.id, moment())
    seen = [each.volunteer_id for each in live]
    others: list[int] = []
    if looked:
        seen += [each.volunteer.key for each in looked.candidates]
        seen += [key for keys in looked.why.near_misses.values() for key in keys]
    if looked and looked.group:
        seen += looked.group.volunteers
        others = [each for each in looked.group.newcomers if each != asking.id]
    return Look(
        looked,
        Rivals(others, known_requests(db(), others, own())),
        known_volunteers(db(), seen, own()),
    )
