"""How well two people suit each other: 0 to 100, a sum of named parts.

Each part is a share of its weight, rounded down; all arithmetic is in whole numbers,
so that every machine gives the same. The docstring of each function is its title.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from welcome.buddies.rules import nearness
from welcome.buddies.rules.policy import PartCode, Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.vocabulary import HIGHEST_RANK, rank

# More of these does not make a pair better.
ENOUGH_TIMES = 5
ENOUGH_INTERESTS = 4

Share = tuple[int, int]
Part = Callable[[NewcomerProfile, VolunteerProfile, Policy], Share]


@dataclass(frozen=True, slots=True)
class Score:
    """A score and what it is made of: points by part, in the order of `PartCode`."""

    total: int
    parts: Mapping[PartCode, int]


def language_share(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> Share:
    """How well both speak the language they share best."""
    theirs = volunteer.languages
    best = 0
    for language, level in newcomer.languages.items():
        other = theirs.get(language)
        if other is not None:
            best = max(best, min(rank(level), rank(other)))
    return best, HIGHEST_RANK


def time_share(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> Share:
    """How often both are free in a week."""
    common = (newcomer.times & volunteer.times).bit_count()
    return min(common, ENOUGH_TIMES), ENOUGH_TIMES


def nearness_share(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, policy: Policy
) -> Share:
    """How near they are, measured by how far the volunteer goes."""
    metres = nearness.metres_between(newcomer, volunteer)
    reach = nearness.reach_of(volunteer, policy)
    if metres is None or metres >= reach:
        return 0, 1
    return reach - metres, reach


def interests_share(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> Share:
    """How many interests they share."""
    common = (newcomer.interests & volunteer.interests).bit_count()
    return min(common, ENOUGH_INTERESTS), ENOUGH_INTERESTS


def same_organisation_share(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, _policy: Policy
) -> Share:
    """Whether one coordinator knows both."""
    return int(newcomer.organisation == volunteer.organisation), 1


PARTS: Mapping[PartCode, Part] = {
    PartCode.LANGUAGE: language_share,
    PartCode.TIME: time_share,
    PartCode.NEARNESS: nearness_share,
    PartCode.INTERESTS: interests_share,
    PartCode.SAME_ORGANISATION: same_organisation_share,
}


def score(
    newcomer: NewcomerProfile, volunteer: VolunteerProfile, policy: Policy
) -> Score:
    """Score a pair; whether it is possible at all is not asked here."""
    points = {}
    for code, part in PARTS.items():
        reached, most = part(newcomer, volunteer, policy)
        points[code] = policy.weights.of(code) * reached // most
    return Score(sum(points.values()), points)


class Scorer:
    """Scores one newcomer with many volunteers, as `score` does, in less time."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._weights = tuple(policy.weights.of(code) for code in PARTS)

    def totals(
        self, newcomer: NewcomerProfile, volunteers: Iterable[VolunteerProfile]
    ) -> Iterator[tuple[int, int]]:
        """Give (volunteer's key, score) of each."""
        policy = self._policy
        parts = list(zip(PARTS.values(), self._weights, strict=True))
        for volunteer in volunteers:
            total = 0
            for part, weight in parts:
                reached, most = part(newcomer, volunteer, policy)
                total += weight * reached // most
            yield volunteer.key, total
