"""Many at once are held against the rules as they are one by one."""

import random
from dataclasses import replace

import pytest

from tests.buddies import profiles
from welcome.buddies.rules.crowd import Crowd
from welcome.buddies.rules.offers import count_free_places, list_offers
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.scoring import score
from welcome.buddies.rules.vetoes import VETOES, VetoCode, is_possible
from welcome.buddies.rules.vocabulary import Level

POLICIES = [Policy(), profiles.SHARING, Policy(minimum=Level.A_FEW_WORDS, reach_m=1)]


def members(crowd: Crowd, those: int) -> list[int]:
    return [each.key for each in crowd.choose(those)]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("size", [0, 1, 7, 60, 200])
def test_each_rule_lets_the_same_people_pass(policy, size):
    rolled = random.Random(size)
    crowd = Crowd(profiles.volunteers(rolled, size), policy)
    for newcomer in profiles.newcomers(rolled, 30, size):
        passing = crowd.passing(newcomer)
        passing[VetoCode.TOO_FAR] = crowd.within_reach(newcomer, crowd.everybody)
        for code, veto in VETOES.items():
            assert members(crowd, passing[code]) == [
                each.key
                for each in crowd.volunteers
                if not veto(newcomer, each, policy)
            ]


@pytest.mark.parametrize("policy", POLICIES)
def test_offers_are_every_pair_that_is_possible_and_no_other(policy):
    rolled = random.Random(11)
    volunteers = profiles.volunteers(rolled, 150)
    newcomers = profiles.newcomers(rolled, 120, 150)
    assert list_offers(newcomers, volunteers, policy) == {
        newcomer.key: [
            (each.key, score(newcomer, each, policy).total)
            for each in volunteers
            if is_possible(newcomer, each, policy)
        ]
        for newcomer in newcomers
    }


def test_offers_are_the_same_in_whatever_order_people_are_listed():
    rolled = random.Random(12)
    volunteers = profiles.volunteers(rolled, 80)
    newcomers = profiles.newcomers(rolled, 80, 80)
    told = list_offers(newcomers, volunteers, profiles.SHARING)
    assert any(told.values())
    rolled.shuffle(volunteers)
    rolled.shuffle(newcomers)
    again = list_offers(newcomers, volunteers, profiles.SHARING)
    assert list(again.items()) == list(told.items())


def test_a_neighbour_beyond_the_border_of_a_cell_is_found():
    volunteer = replace(profiles.VOLUNTEER, reach_m=10, place=(19, 9))
    newcomer = replace(profiles.NEWCOMER, place=(20, 10))
    assert list_offers([newcomer], [volunteer], profiles.POLICY)[newcomer.key]
    far = replace(newcomer, place=(40, 10))
    assert list_offers([far], [volunteer], profiles.POLICY) == {newcomer.key: []}


def test_places_that_are_held_are_not_free():
    volunteers = [
        replace(profiles.VOLUNTEER, key=1, capacity=3, held=1),
        replace(profiles.VOLUNTEER, key=2, capacity=1, held=2),
    ]
    assert count_free_places(volunteers) == {1: 2, 2: 0}
