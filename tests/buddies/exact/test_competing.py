"""Who competes for the same places, and whom one more volunteer would help."""

import random
from dataclasses import replace

import pytest

from tests.buddies import oracle
from tests.buddies.instances import make
from welcome.buddies.exact.competing import Competition
from welcome.buddies.exact.problem import Problem, Seat
from welcome.buddies.exact.refusals import HasBuddy, UnknownNewcomer
from welcome.buddies.matching import match

NEW = 1000


def with_volunteer(problem: Problem, newcomers: list[int], places: int) -> Problem:
    """The problem as it would be with one more volunteer."""
    fresh = {n: [(NEW, 50)] if n in newcomers else [] for n in problem.offers}
    return replace(
        problem,
        places={**problem.places, NEW: places},
        offers={n: [*each, *fresh[n]] for n, each in problem.offers.items()},
    )


def test_a_group_has_one_newcomer_more_than_places():
    groups = 0
    for seed in range(600):
        problem = make(seed)
        result = match(problem)
        competition = Competition(problem, result.chosen)
        for newcomer in result.unmatched:
            group = competition.group(newcomer)
            assert newcomer in group.newcomers
            assert len(group.newcomers) == group.places + 1
            groups += group.places > 0
    assert groups > 500


def test_groups_are_the_same_whether_searched_for_or_condensed():
    asked = 0
    for seed in range(600):
        problem = make(seed)
        result = match(problem)
        searching = Competition(problem, result.chosen)
        condensed = Competition(problem, result.chosen)
        condensed.condense()
        for newcomer in result.unmatched:
            assert condensed.group(newcomer) == searching.group(newcomer), seed
            asked += 1
    assert asked > 1000


def test_a_group_is_closed():
    """Whoever is in it has no candidate with places outside."""
    for seed in range(200):
        problem = make(seed)
        result = match(problem)
        pinned = {v: sum(v == w for _n, w in problem.pinned) for v in problem.places}
        for newcomer in result.unmatched[:3]:
            group = Competition(problem, result.chosen).group(newcomer)
            could = {
                v
                for n in group.newcomers
                for v, _score in problem.offers[n]
                if problem.places[v] > pinned[v] and (n, v) not in problem.forbidden
            }
            assert could - set(group.volunteers) <= {v for _n, v in problem.pinned}
            assert set(group.volunteers) <= could


def test_the_gain_is_what_solving_anew_gains():
    gained = 0
    for seed in range(500):
        problem = make(seed)
        chance = random.Random(seed)
        result = match(problem)
        competition = Competition(problem, result.chosen)
        for _ in range(3):
            newcomers = [n for n in problem.offers if chance.random() < 0.4]
            places = chance.choice((0, 1, 2, 5))
            gain = competition.gain(newcomers, places)
            wider = with_volunteer(problem, newcomers, places)
            assert gain == match(wider).matched - result.matched, seed
            assert gain == min(places, competition.gain(newcomers))
            gained += gain
        assert gain == len({n for n, _v in oracle.solve(wider)}) - result.matched
    assert gained > 500


def test_a_chain_of_places_is_handed_on():
    """The new volunteer cannot meet who waits, but somebody who then makes room."""
    problem = Problem(
        [Seat(1, 5), Seat(2, 4), Seat(3, 0)],
        {7: 1, 8: 1},
        {1: [(7, 90)], 2: [(7, 50), (8, 50)], 3: [(8, 10)]},
    )
    result = match(problem)
    assert result.unmatched == (3,)
    competition = Competition(problem, result.chosen)
    assert competition.group(3).newcomers == (1, 2, 3)
    assert competition.group(3).volunteers == (7, 8)
    assert [competition.gain([n]) for n in (1, 2, 3)] == [1, 1, 1]
    assert competition.gain([1, 2, 3], 3) == 1
    assert competition.gain([]) == 0


def test_nobody_competes_where_nothing_is_offered():
    problem = Problem([Seat(1, 0)], {7: 1}, {1: []})
    group = Competition(problem, []).group(1)
    assert (group.newcomers, group.volunteers, group.places) == ((1,), (), 0)


def test_who_has_a_buddy_does_not_compete():
    problem = Problem([Seat(1, 0), Seat(2, 0)], {7: 2}, {1: [(7, 5)]}, pinned=[(2, 7)])
    for newcomer in (1, 2):
        with pytest.raises(HasBuddy):
            Competition(problem, [(1, 7), (2, 7)]).group(newcomer)


def test_strangers_are_named():
    competition = Competition(Problem([], {}, {}), [])
    with pytest.raises(UnknownNewcomer):
        competition.group(4)
    with pytest.raises(UnknownNewcomer):
        competition.gain([4])
