"""Scores are sums of whole parts, never over their weights; weights add up."""

import random
from dataclasses import replace

import pytest

from tests.buddies import profiles
from tests.buddies.profiles import NEWCOMER, POLICY, VOLUNTEER
from welcome.buddies.rules.errors import WeightOutOfRange, WeightsNotHundred
from welcome.buddies.rules.policy import PartCode, Policy, Weights
from welcome.buddies.rules.scoring import PARTS, Scorer, score
from welcome.buddies.rules.times import ANY_TIME
from welcome.buddies.rules.vocabulary import Interest, Level, make_interests


def test_a_pair_is_scored_part_by_part():
    found = score(NEWCOMER, replace(VOLUNTEER, reach_m=10_000), POLICY)
    # Arabic at everyday level is a third of 30; one of five times; half of the way.
    assert found.parts == {
        PartCode.LANGUAGE: 10,
        PartCode.TIME: 4,
        PartCode.NEARNESS: 10,
        PartCode.INTERESTS: 0,
        PartCode.SAME_ORGANISATION: 10,
    }
    assert found.total == 34


def test_the_best_pair_there_can_be_has_100_points():
    liked = make_interests(list(Interest)[:4])
    both = {"times": ANY_TIME, "interests": liked, "place": (400_000, 300_000)}
    newcomer = replace(NEWCOMER, **both)
    volunteer = replace(VOLUNTEER, **both, languages={"ti": Level.FIRST})
    assert score(newcomer, volunteer, POLICY).total == 100


def test_a_pair_with_nothing_in_common_has_none():
    volunteer = replace(VOLUNTEER, languages={}, times=0, place=None, organisation=9)
    assert score(NEWCOMER, volunteer, POLICY).total == 0


@pytest.mark.parametrize("reach", [0, 1, 4_999, 5_000])
def test_who_is_at_the_edge_of_the_reach_or_beyond_gets_nothing_for_it(reach):
    found = score(NEWCOMER, replace(VOLUNTEER, reach_m=reach), POLICY)
    assert found.parts[PartCode.NEARNESS] == 0


def test_the_best_common_language_counts():
    volunteer = replace(VOLUNTEER, languages={"ar": Level.EVERYDAY, "ti": Level.WELL})
    assert score(NEWCOMER, volunteer, POLICY).parts[PartCode.LANGUAGE] == 20


def test_every_part_is_named_and_stays_within_its_weight():
    assert list(PARTS) == list(PartCode)
    rolled = random.Random(4)
    weights = Weights(
        language=7, time=13, nearness=41, interests=38, same_organisation=1
    )
    policy = Policy(weights=weights)
    for newcomer in profiles.newcomers(rolled, 30, 30):
        for volunteer in profiles.volunteers(rolled, 30):
            found = score(newcomer, volunteer, policy)
            assert found.total == sum(found.parts.values())
            assert all(
                0 <= points <= weights.of(code) and type(points) is int
                for code, points in found.parts.items()
            )


def test_many_are_scored_as_one_by_one():
    rolled = random.Random(5)
    crowd = profiles.volunteers(rolled, 40)
    for newcomer in profiles.newcomers(rolled, 20, 40):
        one_by_one = [
            (each.key, score(newcomer, each, profiles.SHARING).total) for each in crowd
        ]
        assert list(Scorer(profiles.SHARING).totals(newcomer, crowd)) == one_by_one


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"language": 31}, WeightsNotHundred),
        ({"language": 0}, WeightsNotHundred),
        ({"language": -10, "time": 60}, WeightOutOfRange),
        ({"language": 101}, WeightOutOfRange),
        ({"language": 29.5, "time": 20.5}, WeightOutOfRange),
        ({"language": True, "time": 49}, WeightOutOfRange),
        ({"language": "30"}, WeightOutOfRange),
    ],
)
def test_weights_that_do_not_add_up_are_refused(changed, error):
    with pytest.raises(error):
        Weights(**changed)


def test_one_part_may_weigh_everything():
    alone = Weights(language=100, time=0, nearness=0, interests=0, same_organisation=0)
    assert score(NEWCOMER, VOLUNTEER, Policy(weights=alone)).total == 33


def test_who_may_meet_ones_people_is_oneself_and_who_shares():
    policy = Policy(sharing=frozenset({frozenset({1, 2}), frozenset({3, 1})}))
    assert policy.shared_with(1) == {1, 2, 3}
    assert policy.shared_with(2) == {1, 2}
    assert policy.shared_with(4) == {4}
    for one in range(1, 5):
        shared = {other for other in range(1, 5) if policy.is_shared(one, other)}
        assert shared == policy.shared_with(one)
