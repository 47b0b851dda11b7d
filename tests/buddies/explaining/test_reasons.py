"""Reasons say the same as the rules do, one by one."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from tests.buddies import profiles
from welcome.buddies.explaining.reasons import ALL, explain_pair, explain_waiting
from welcome.buddies.rules.crowd import Crowd
from welcome.buddies.rules.policy import PartCode, Policy
from welcome.buddies.rules.scoring import score
from welcome.buddies.rules.times import PartOfDay, Weekday
from welcome.buddies.rules.vetoes import VetoCode, list_vetoes
from welcome.buddies.rules.vocabulary import Interest, Level, make_interests
from welcome.phrases import codes


@pytest.mark.parametrize("policy", [Policy(), profiles.SHARING])
@pytest.mark.parametrize("size", [0, 5, 150])
def test_the_funnel_and_the_near_misses_are_what_the_rules_say(policy, size):
    rolled = random.Random(size + 1)
    crowd = Crowd(profiles.volunteers(rolled, size), policy)
    misses = Counter()
    for newcomer in profiles.newcomers(rolled, 60, size):
        told = explain_waiting(newcomer, crowd)
        vetoes = {
            each.key: list_vetoes(newcomer, each, policy) for each in crowd.volunteers
        }
        before = [set(list(VetoCode)[: at + 1]) for at in range(len(VetoCode))]
        assert told.funnel == (
            (ALL, size),
            *(
                (code, sum(rules.isdisjoint(each) for each in vetoes.values()))
                for code, rules in zip(VetoCode, before, strict=True)
            ),
        )
        assert told.near_misses == {
            code: tuple(key for key, each in vetoes.items() if each == [code])
            for code in VetoCode
            if [code] in vetoes.values()
        }
        assert list(told.near_misses) == sorted(
            told.near_misses, key=list(VetoCode).index
        )
        misses.update(told.near_misses.keys())
    assert size < 100 or len(misses) >= 6


def test_the_rule_that_leaves_nobody_is_named():
    near = Crowd([profiles.VOLUNTEER], profiles.POLICY)
    assert explain_waiting(profiles.NEWCOMER, near).stopped_at is None
    assert explain_waiting(profiles.NEWCOMER, near).left == 1
    taken = Crowd([replace(profiles.VOLUNTEER, held=1)], profiles.POLICY)
    told = explain_waiting(profiles.NEWCOMER, taken)
    assert told.stopped_at is VetoCode.NO_PLACE_FREE
    assert told.near_misses == {VetoCode.NO_PLACE_FREE: (profiles.VOLUNTEER.key,)}
    assert (
        explain_waiting(profiles.NEWCOMER, Crowd([], profiles.POLICY)).stopped_at
        is None
    )


def test_a_pair_is_explained_by_what_the_two_share():
    liked = make_interests([Interest.COOKING, Interest.WALKING])
    newcomer = replace(profiles.NEWCOMER, interests=liked)
    volunteer = replace(
        profiles.VOLUNTEER, interests=make_interests([Interest.COOKING]), reach_m=10_000
    )
    told = explain_pair(newcomer, volunteer, profiles.POLICY)
    assert told.languages == (("ar", Level.EVERYDAY), ("en", Level.A_FEW_WORDS))
    assert told.times == ((Weekday.TUESDAY, PartOfDay.EVENING),)
    assert told.metres == 5_000
    assert told.interests == (Interest.COOKING,)
    assert told.total == score(newcomer, volunteer, profiles.POLICY).total
    assert {each.code: each.most for each in told.parts} == {
        code: profiles.POLICY.weights.of(code) for code in PartCode
    }
    assert sum(each.points for each in told.parts) == told.total


def test_every_step_has_its_words():
    for code in (ALL, *VetoCode):
        assert codes.word("en", f"passed:{code}")
