"""Why somebody waits, and why two people suit each other, in words-ready form."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from welcome.buddies.rules import nearness
from welcome.buddies.rules.crowd import Crowd
from welcome.buddies.rules.policy import PartCode, Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.scoring import score
from welcome.buddies.rules.times import Slot, read_times
from welcome.buddies.rules.vetoes import VetoCode
from welcome.buddies.rules.vocabulary import Interest, Level, rank, read_interests

# The first step of a funnel: before any rule.
ALL: Literal["all"] = "all"

Step = tuple[VetoCode | Literal["all"], int]


class WaitCode(StrEnum):
    """Why somebody who asked has no buddy after a run."""

    NOBODY_SUITS = "nobody-suits"
    PLACES_TAKEN = "places-taken"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """How many volunteers are left after each rule, and who fails exactly one.

    `near_misses` holds keys by the one rule that forbids them, in the order of
    `VetoCode`; rules that are nobody's only one are left out.
    """

    funnel: tuple[Step, ...]
    near_misses: Mapping[VetoCode, tuple[int, ...]]

    @property
    def left(self) -> int:
        """Count the volunteers whom no rule forbids."""
        return self.funnel[-1][1]

    @property
    def stopped_at(self) -> VetoCode | None:
        """Name the rule that leaves nobody; None where somebody is left, or nobody was."""
        before = 0
        for code, left in self.funnel:
            if before and not left and code != ALL:
                return code
            before = left
        return None


@dataclass(frozen=True, slots=True)
class PartReason:
    """A part of a pair's score: its points, of so many at most."""

    code: PartCode
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class WhyThem:
    """What speaks for a pair; `languages` with the lower of both levels, best first."""

    total: int
    parts: tuple[PartReason, ...]
    languages: tuple[tuple[str, Level], ...]
    times: tuple[Slot, ...]
    metres: int | None
    interests: tuple[Interest, ...]


def explain_waiting(newcomer: NewcomerProfile, crowd: Crowd) -> WhyNot:
    """Say which rules leave whom, for one newcomer among many volunteers.

    Where the volunteers of the crowd hold what a run gave them, the last step says who
    is free after it.
    """
    passing = crowd.passing(newcomer)
    failing, failing_more = 0, 0
    for passed in passing.values():
        failed = crowd.everybody & ~passed
        failing_more |= failing & failed
        failing |= failed
    # Distance is measured only for those left when it is asked for, and near misses.
    few = crowd.everybody & ~failing_more
    looked_at = few | _left_before(VetoCode.TOO_FAR, passing, crowd.everybody)
    too_far = looked_at & ~crowd.within_reach(newcomer, looked_at)
    only_one = few & (failing ^ too_far)
    passing[VetoCode.TOO_FAR] = ~too_far
    funnel: list[Step] = [(ALL, len(crowd.volunteers))]
    near_misses = {}
    left = crowd.everybody
    for code in VetoCode:
        left &= passing[code]
        funnel.append((code, left.bit_count()))
        missing = only_one & ~passing[code]
        if missing:
            near_misses[code] = crowd.keys(missing)
    return WhyNot(tuple(funnel), near_misses)


def _left_before(
    code: VetoCode, passing: Mapping[VetoCode, int], everybody: int
) -> int:
    left = everybody
    for each in VetoCode:
        if each is code:
            break
        left &= passing[each]
    return left


def explain_pair(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, policy: Policy
) -> WhyThem:
    """Say what a pair's score is made of, and what the two share."""
    found = score(newcomer, volunteer, policy)
    shared = [
        (language, min(level, volunteer.languages[language], key=rank))
        for language, level in newcomer.languages.items()
        if language in volunteer.languages
    ]
    return WhyThem(
        found.total,
        tuple(
            PartReason(code, points, policy.weights.of(code))
            for code, points in found.parts.items()
        ),
        tuple(sorted(shared, key=lambda each: (-rank(each[1]), each[0]))),
        tuple(read_times(newcomer.times & volunteer.times)),
        nearness.metres_between(newcomer, volunteer),
        tuple(read_interests(newcomer.interests & volunteer.interests)),
    )
