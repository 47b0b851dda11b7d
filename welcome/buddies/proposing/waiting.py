"""Why one request waits: who could be asked, the funnel, the group that competes.

The group is asked for by itself: it follows from a best plan for everybody, which takes
a large town half a second to find.
"""

from dataclasses import dataclass

from sqlmodel import Session

from welcome.buddies import scoring_policy
from welcome.buddies.exact.competing import Competition, Group
from welcome.buddies.exact.refusals import HasBuddy, UnknownNewcomer
from welcome.buddies.explaining.reasons import WhyNot, explain_waiting
from welcome.buddies.gathering import Moment, find_waiting, list_volunteers
from welcome.buddies.matching import match
from welcome.buddies.proposing.candidates import Candidate, list_candidates
from welcome.buddies.proposing.posing import Scope, pose
from welcome.buddies.rules.crowd import Crowd
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile
from welcome.errors import NotFound
from welcome.partners.agreements import list_shared_with


@dataclass(frozen=True)
class Waiting:
    """What is known of somebody who waits."""

    newcomer: NewcomerProfile
    policy: Policy
    candidates: list[Candidate]
    why: WhyNot


def explain(session: Session, request_id: int, moment: Moment) -> Waiting:
    """Look at one request among the volunteers it may meet; raises NotFound."""
    newcomer = _get_waiting(session, request_id, moment)
    _version, policy = scoring_policy.read(session)
    reachable = list_shared_with(session, newcomer.organisation)
    everybody = list_volunteers(session, reachable, moment)
    return Waiting(
        newcomer=newcomer,
        policy=policy,
        candidates=list_candidates(session, newcomer, policy, moment),
        why=explain_waiting(newcomer, Crowd(everybody, policy)),
    )


def find_group(session: Session, request_id: int, moment: Moment) -> Group | None:
    """Find who competes for the same places, where a best plan leaves this one out.

    Whom no volunteer suits competes with nobody, for no place. Raises NotFound.
    """
    newcomer = _get_waiting(session, request_id, moment)
    _version, policy = scoring_policy.read(session)
    reachable = list_shared_with(session, newcomer.organisation)
    problem = pose(session, Scope(reachable, reachable), policy, moment).problem
    if not problem.offers.get(newcomer.key):
        return Group((newcomer.key,), (), 0)
    try:
        return Competition(problem, match(problem).chosen).group(newcomer.key)
    except (HasBuddy, UnknownNewcomer):
        return None


def _get_waiting(session: Session, request_id: int, moment: Moment) -> NewcomerProfile:
    newcomer = find_waiting(session, request_id, moment)
    if newcomer is None:
        raise NotFound
    return newcomer
