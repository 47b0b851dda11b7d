"""Whom to look for: how many more would have a buddy with volunteers of a kind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from welcome.buddies.exact.competing import Competition
from welcome.buddies.explaining.planning import Gain, plan_recruitment
from welcome.buddies.matching import match
from welcome.buddies.proposing import scoring_policy
from welcome.buddies.proposing.gathering import Moment
from welcome.buddies.proposing.posing import Scope, pose

# No organisation has this id: a recruit joins whichever needs them.
ANY_OF_THEM = -1


@dataclass(frozen=True)
class Plan:
    """Who waits, how many a best plan leaves without a buddy, and what would help."""

    waiting: int
    without: int
    places: int
    gains: Sequence[Gain]


def plan(session: Session, scope: Scope, moment: Moment, *, places: int) -> Plan:
    """Plan for a scope: what so many new places of each kind would come to."""
    _version, policy = scoring_policy.read(session)
    posed = pose(session, scope, policy, moment)
    found = match(posed.problem)
    joined = {frozenset((each, ANY_OF_THEM)) for each in scope.newcomers}
    gains = plan_recruitment(
        list(posed.newcomers.values()),
        replace(policy, sharing=policy.sharing | joined),
        Competition(posed.problem, found.chosen),
        organisation=ANY_OF_THEM,
        places=places,
    )
    return Plan(
        waiting=len(posed.newcomers),
        without=len(found.unmatched),
        places=places,
        gains=[each for each in gains if each.gained],
    )
