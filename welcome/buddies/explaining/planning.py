"""What a scheme could change: whom to recruit, and what another policy would do."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from welcome.buddies.exact.competing import Competition
from welcome.buddies.matching import match
from welcome.buddies.rules.offers import make_problem
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.times import PartOfDay, Weekday, make_times
from welcome.buddies.rules.vetoes import is_possible
from welcome.buddies.rules.vocabulary import BuddyRole, Gender, Level, is_at_least

ENGLISH = "en"
# So that a plan takes a time that is known, however many languages are spoken.
MOST_LANGUAGES = 30
# No volunteer who is there has such a key: nobody blocked somebody not yet found.
NOT_YET_FOUND = -1

_WORKING_DAYS, _WEEKEND = list(Weekday)[:5], list(Weekday)[5:]
WEEKDAY_DAYTIME = make_times(
    product(_WORKING_DAYS, (PartOfDay.MORNING, PartOfDay.AFTERNOON))
)
EVENINGS_AND_WEEKENDS = make_times(
    [*product(_WORKING_DAYS, [PartOfDay.EVENING]), *product(_WEEKEND, PartOfDay)]
)
PATTERNS = (WEEKDAY_DAYTIME, EVENINGS_AND_WEEKENDS)


@dataclass(frozen=True, slots=True)
class Recruit:
    """A kind of volunteer who could be looked for: a language beside English, times."""

    language: str
    times: int
    gender: Gender


@dataclass(frozen=True, slots=True)
class Gain:
    """How many more people would have a buddy, and how many such a volunteer suits."""

    recruit: Recruit
    gained: int
    suits: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a policy comes to: people with anybody possible, and with a buddy."""

    with_candidates: int
    matched: int


@dataclass(frozen=True, slots=True)
class Change:
    """The outcomes of two policies for the same people."""

    before: Outcome
    after: Outcome

    @property
    def more_with_candidates(self) -> int:
        """Count how many more people have anybody possible; fewer are below nought."""
        return self.after.with_candidates - self.before.with_candidates

    @property
    def more_matched(self) -> int:
        """Count how many more people have a buddy; fewer are below nought."""
        return self.after.matched - self.before.matched


def list_recruits(
    newcomers: Iterable[NewcomerProfile], policy: Policy
) -> list[Recruit]:
    """List every kind worth asking about: languages that most newcomers speak enough."""
    spoken = Counter(
        language
        for newcomer in newcomers
        for language, level in newcomer.languages.items()
        if is_at_least(level, policy.minimum)
    )
    ranked = sorted(spoken, key=lambda each: (-spoken[each], each))
    languages = {ENGLISH, *ranked[:MOST_LANGUAGES]}
    kinds = product(sorted(languages), PATTERNS, (Gender.WOMAN, Gender.MAN))
    return [Recruit(*kind) for kind in kinds]


def plan_recruitment(
    newcomers: Sequence[NewcomerProfile],
    policy: Policy,
    competition: Competition,
    *,
    organisation: int,
    places: int = 1,
) -> list[Gain]:
    """Say whom to look for: how many more would have a buddy with `places` of a kind.

    Exact for each kind by itself, the best first. A recruit is taken to be cleared for
    every role, to live anywhere, and to belong to the organisation.
    """
    gains = []
    for recruit in list_recruits(newcomers, policy):
        volunteer = _volunteer(recruit, organisation, places)
        suited = [
            each.key for each in newcomers if is_possible(each, volunteer, policy)
        ]
        gains.append(Gain(recruit, competition.gain(suited, places), len(suited)))
    return sorted(gains, key=_best_first)


def what_if(
    newcomers: Sequence[NewcomerProfile],
    volunteers: Sequence[VolunteerProfile],
    before: Policy,
    after: Policy,
    *,
    pinned: Sequence[tuple[int, int]] = (),
) -> Change:
    """Compare what two policies come to, before anybody changes a rule."""
    outcomes = []
    for policy in (before, after):
        problem = make_problem(newcomers, volunteers, policy, pinned=pinned)
        found = sum(bool(offers) for offers in problem.offers.values())
        outcomes.append(Outcome(found, match(problem).matched))
    return Change(*outcomes)


def _volunteer(recruit: Recruit, organisation: int, places: int) -> VolunteerProfile:
    return VolunteerProfile(
        key=NOT_YET_FOUND,
        languages={recruit.language: Level.FIRST, ENGLISH: Level.FIRST},
        organisation=organisation,
        gender=recruit.gender,
        times=recruit.times,
        cleared_for=frozenset(BuddyRole),
        capacity=places,
    )


def _best_first(gain: Gain) -> tuple[int, int, str, int, str]:
    kind = gain.recruit
    return (-gain.gained, -gain.suits, kind.language, kind.times, kind.gender)
