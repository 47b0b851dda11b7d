"""Whom to look for: how many more would have a buddy with volunteers of a kind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from welcome.buddies import scoring_policy
from welcome.buddies.exact.competing import Competition
from welcome.buddies.explaining.hiding import is_small, round_down
from welcome.buddies.explaining.planning import Gain, plan_recruitment
from welcome.buddies.gathering import Moment
from welcome.buddies.matching import match
from welcome.buddies.proposing.posing import Scope, pose
from welcome.buddies.rules.vocabulary import Gender

# No organisation has this id: a recruit joins whichever needs them.
ANY_OF_THEM = -1


@dataclass(frozen=True)
class Plan:
    """Who waits, how many a best plan leaves without a buddy, and what would help."""

    waiting: int
    without: int
    places: int
    gains: Sequence[Gain]


@dataclass(frozen=True)
class Kind:
    """A kind of volunteer and what they would come to; no gender where it is one."""

    language: str
    times: int
    gender: Gender | None
    gained: int
    suits: int


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


def fold(gains: Sequence[Gain], *, exactly: bool) -> list[Kind]:
    """Name women and men in one where they would come to the same, the best first.

    Where that is not told exactly, also where few would gain: who they are would say
    what those few wish.
    """
    by_kind: dict[tuple[str, int], list[Gain]] = {}
    for each in gains:
        by_kind.setdefault((each.recruit.language, each.recruit.times), []).append(each)
    is_one = _come_to_the_same if exactly else _are_hardly_told_apart
    kinds = []
    for (language, times), those in by_kind.items():
        for each in those[:1] if is_one(those) else those:
            gender = None if is_one(those) else each.recruit.gender
            kinds.append(Kind(language, times, gender, each.gained, each.suits))
    return sorted(kinds, key=lambda each: (-each.gained, -each.suits))


def _come_to_the_same(those: Sequence[Gain]) -> bool:
    return len(those) > 1 and len({(each.gained, each.suits) for each in those}) == 1


def _are_hardly_told_apart(those: Sequence[Gain]) -> bool:
    told = {(round_down(each.gained), round_down(each.suits)) for each in those}
    is_alike = len(those) > 1 and len(told) == 1
    return is_alike or any(is_small(each.gained) for each in those)
