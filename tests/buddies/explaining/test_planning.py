"""What a recruit gains is what adding them and looking again gives, and so for rules."""

import random
from dataclasses import replace

import pytest

from tests.buddies import profiles
from welcome.buddies.exact.competing import Competition
from welcome.buddies.explaining.planning import (
    PATTERNS,
    list_recruits,
    plan_recruitment,
    what_if,
)
from welcome.buddies.matching import match
from welcome.buddies.rules.offers import make_problem
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import VolunteerProfile
from welcome.buddies.rules.times import ANY_TIME
from welcome.buddies.rules.vocabulary import BuddyRole, Level


def scheme(seed):
    """Two thirds as many volunteers as newcomers, and so places are short."""
    rolled = random.Random(seed)
    return profiles.newcomers(rolled, 60, 40), profiles.volunteers(rolled, 40)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("places", [1, 4])
def test_the_gain_is_exact(seed, places):
    newcomers, volunteers = scheme(seed)
    problem = make_problem(newcomers, volunteers, profiles.SHARING)
    found = match(problem)
    gains = plan_recruitment(
        newcomers,
        profiles.SHARING,
        Competition(problem, found.chosen),
        organisation=1,
        places=places,
    )
    for each in gains:
        recruit = VolunteerProfile(
            key=999,
            organisation=1,
            languages={"en": Level.FIRST, each.recruit.language: Level.FIRST},
            gender=each.recruit.gender,
            times=each.recruit.times,
            cleared_for=frozenset(BuddyRole),
            capacity=places,
        )
        enlarged = make_problem(newcomers, [*volunteers, recruit], profiles.SHARING)
        suited = [n for n, those in enlarged.offers.items() if 999 in dict(those)]
        assert each.suits == len(suited)
        assert match(enlarged).matched - found.matched == each.gained
    assert [each.gained for each in gains] == sorted(
        (each.gained for each in gains), reverse=True
    )
    assert 0 < gains[0].gained <= places
    assert {each.recruit.language for each in gains} == set(profiles.LANGUAGES)


def test_where_everybody_has_a_buddy_nobody_is_gained():
    newcomers = [replace(profiles.NEWCOMER, times=ANY_TIME)]
    problem = make_problem(newcomers, [profiles.VOLUNTEER], Policy())
    competition = Competition(problem, match(problem).chosen)
    gains = plan_recruitment(newcomers, Policy(), competition, organisation=1)
    assert {each.gained for each in gains} == {0}
    assert {each.recruit.language for each in gains} == {"ar", "en", "ti"}


def test_recruits_are_asked_about_in_languages_that_are_spoken_enough():
    kinds = list_recruits([profiles.NEWCOMER], Policy())
    assert {each.language for each in kinds} == {"ar", "en", "ti"}
    assert len(kinds) == 3 * len(PATTERNS) * 2
    assert PATTERNS[0] | PATTERNS[1] == ANY_TIME
    assert not PATTERNS[0] & PATTERNS[1]


def test_another_policy_is_tried_before_it_is_made():
    newcomers, volunteers = scheme(1)
    narrow = replace(profiles.SHARING, minimum=Level.WELL)
    change = what_if(newcomers, volunteers, narrow, profiles.SHARING)
    assert change.more_with_candidates > 0
    assert change.more_matched > 0
    back = what_if(newcomers, volunteers, profiles.SHARING, narrow)
    assert (back.before, back.after) == (change.after, change.before)
    assert back.more_matched == -change.more_matched
    same = what_if(newcomers, volunteers, narrow, narrow)
    assert (same.more_with_candidates, same.more_matched) == (0, 0)


def test_a_wider_reach_counts_for_volunteers_who_name_none():
    volunteer = replace(profiles.VOLUNTEER, reach_m=None)
    narrow, wide = Policy(reach_m=4_999), Policy(reach_m=8_000)
    change = what_if([profiles.NEWCOMER], [volunteer], narrow, wide)
    assert (change.more_with_candidates, change.more_matched) == (1, 1)
