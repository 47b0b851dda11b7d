"""A certificate proves its pairs best, and nothing else."""

import copy
import json
import random

import pytest

from tests.buddies.instances import levels, make
from welcome.buddies.exact.problem import Problem, Seat
from welcome.buddies.exact.refusals import NotProved, PlanNotPossible
from welcome.buddies.matching import Result, match, verify

# Two newcomers want one place; a family wants two buddies.
PROBLEM = Problem(
    [Seat(1, 9), Seat(2, 3), Seat(3, 0, buddies=2)],
    {7: 1, 8: 1, 9: 3},
    {1: [(7, 80)], 2: [(7, 90)], 3: [(8, 10), (9, 20)]},
)
CHOSEN = [(1, 7), (3, 8), (3, 9)]


def refusal(problem: Problem, chosen, certificate) -> Exception | None:
    try:
        verify(problem, chosen, certificate)
    except (NotProved, PlanNotPossible) as refused:
        return refused
    return None


def other_pairs(chance: random.Random, problem: Problem, result: Result):
    """The pairs with one left out, put in, or given to somebody else."""
    chosen = list(result.chosen)
    offers = [(n, v) for n, each in problem.offers.items() for v, _score in each]
    kind = chance.choice(("out", "in", "other"))
    if chosen and kind != "in":
        chosen.remove(chance.choice(chosen))
    if offers and kind != "out":
        chosen.append(chance.choice(offers))
    return chosen


def test_it_survives_being_written_as_json():
    result = match(PROBLEM)
    assert list(result.chosen) == CHOSEN
    verify(PROBLEM, CHOSEN, json.loads(json.dumps(result.certificate)))


def test_every_other_plan_that_reaches_less_is_refused():
    caught = 0
    for seed in range(800):
        problem, chance = make(seed), random.Random(seed)
        result = match(problem)
        best = levels(problem, list(result.chosen))
        for _ in range(3):
            chosen = other_pairs(chance, problem, result)
            refused = refusal(problem, chosen, result.certificate)
            if isinstance(refused, PlanNotPossible):
                continue
            is_as_good = levels(problem, chosen) == best
            assert (refused is None) == is_as_good, seed
            caught += not is_as_good
    assert caught > 300


def test_no_tampered_certificate_proves_a_worse_plan():
    """Whatever the numbers say: what is proved is best."""
    caught = 0
    for seed in range(800):
        problem, chance = make(seed), random.Random(seed)
        result = match(problem)
        best = levels(problem, list(result.chosen))
        certificate = copy.deepcopy(result.certificate)
        numbers = certificate[chance.choice(("newcomers", "volunteers"))]
        if numbers:
            name = chance.choice(sorted(numbers))
            numbers[name] += chance.choice((-1, 1)) * chance.choice((1, 50, 10**9))
        for chosen in (result.chosen, other_pairs(chance, problem, result)):
            if refusal(problem, chosen, certificate) is None:
                assert levels(problem, list(chosen)) == best
            else:
                caught += 1
    assert caught > 500


@pytest.mark.parametrize(
    ("part", "name", "number", "inequality"),
    [
        ("newcomers", "1", None, "u(1) = ?"),
        ("newcomers", "1", 0, r"u(1) + v(7) >= 21"),
        ("newcomers", "2", 0, r"u(2) >= "),
        ("newcomers", "3", 10**9, r"u(3) <= "),
        ("newcomers", "3", 0, r"u(3) + v(8) >= 91"),
        ("newcomers", "1", 1.0, r"u(1) = 1.0"),
        ("newcomers", "x", 1, r"u(x) = 1"),
        ("volunteers", "7", 5, r"v(7) <= 0"),
        ("volunteers", "7", 0, r"u(2) + v(7) <= 11"),
        ("volunteers", "9", -1, r"v(9) = 0"),
        ("volunteers", "7", True, r"v(7) = True"),
    ],
)
def test_what_fails_is_named(part, name, number, inequality):
    certificate = copy.deepcopy(match(PROBLEM).certificate)
    certificate[part][name] = number
    if number is None:
        del certificate[part][name]
    with pytest.raises(NotProved) as refused:
        verify(PROBLEM, CHOSEN, certificate)
    assert str(refused.value.params["inequality"]).startswith(inequality)


@pytest.mark.parametrize(
    ("chosen", "rule"),
    [
        ([*CHOSEN, (2, 7)], "places"),
        ([*CHOSEN, (1, 9)], "buddies"),
        ([*CHOSEN, (2, 9)], "offered"),
        ([*CHOSEN, (5, 9)], "buddies"),
        ([*CHOSEN, (2, 5)], "offered"),
        ([*CHOSEN, CHOSEN[0]], "twice"),
        ([(1, 7), (3, 8), (3, 8)], "twice"),
    ],
)
def test_pairs_that_cannot_all_stand_are_named(chosen, rule):
    with pytest.raises(PlanNotPossible) as refused:
        verify(PROBLEM, chosen, match(PROBLEM).certificate)
    assert refused.value.params["rule"] == rule


def test_a_pin_that_is_missing_or_forbidden_pairs_are_named():
    seats, places, offers = PROBLEM.seats, PROBLEM.places, PROBLEM.offers
    pinned = Problem(seats, places, offers, pinned=[(2, 7)])
    result = match(pinned)
    with pytest.raises(PlanNotPossible, match="rule=pinned"):
        verify(pinned, CHOSEN, result.certificate)
    without = Problem(seats, places, offers, forbidden=[(1, 7)])
    with pytest.raises(PlanNotPossible, match="rule=offered"):
        verify(without, CHOSEN, match(without).certificate)


def test_numbers_of_any_size_are_exact():
    """Nothing is rounded where a float would forget the last point of score."""
    most = 10**30
    problem = Problem(
        [Seat(1, most), Seat(2, most - 1), Seat(3, most)],
        {7: 2, 8: 10**20},
        {1: [(7, 80), (8, 79)], 2: [(7, 50)], 3: [(7, 99), (8, 97)]},
    )
    result = match(problem)
    verify(problem, result.chosen, result.certificate)
    assert result.chosen == ((1, 8), (2, 7), (3, 7))
