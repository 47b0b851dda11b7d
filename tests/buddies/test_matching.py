"""The matching by example: one aim before another, arrivals, and what is refused."""

import random
import time
from dataclasses import replace

import pytest

from tests.buddies.instances import levels, make
from welcome.buddies.exact import refusals
from welcome.buddies.exact.problem import Problem, Seat, fingerprint
from welcome.buddies.matching import Matcher, Pair, match, verify


def shuffled(problem: Problem, chance: random.Random) -> Problem:
    """The same problem with every list and mapping in another order."""

    def mixed(things):
        return chance.sample(list(things), len(things))

    return Problem(
        mixed(problem.seats),
        dict(mixed(problem.places.items())),
        {n: mixed(each) for n, each in mixed(problem.offers.items())},
        {n: mixed(each) for n, each in mixed(problem.drafts.items())},
        mixed(problem.pinned),
        mixed(problem.forbidden),
    )


def test_more_people_come_before_everything():
    problem = Problem(
        [Seat(1, 900), Seat(2, 0)], {7: 1, 8: 1}, {1: [(7, 100), (8, 0)], 2: [(7, 1)]}
    )
    assert match(problem).chosen == ((1, 8), (2, 7))


def test_priority_comes_before_score():
    problem = Problem([Seat(1, 1), Seat(2, 0)], {7: 1}, {1: [(7, 0)], 2: [(7, 100)]})
    result = match(problem)
    assert result.pairs == (Pair(1, 7, 0, is_new=True),)
    assert result.unmatched == (2,)


def test_a_second_buddy_never_costs_anybody_a_first():
    family = Seat(1, 900, buddies=2)
    offers = {1: [(7, 100), (8, 100)], 2: [(8, 0)]}
    assert match(Problem([family, Seat(2, 0)], {7: 1, 8: 1}, offers)).chosen == (
        (1, 7),
        (2, 8),
    )
    assert match(Problem([family], {7: 1, 8: 1}, {1: offers[1]})).chosen == (
        (1, 7),
        (1, 8),
    )


def test_second_buddies_come_before_score():
    problem = Problem(
        [Seat(1, 0, buddies=2), Seat(2, 0)],
        {7: 1, 8: 1, 9: 1},
        {1: [(7, 0), (8, 0)], 2: [(8, 100), (9, 0)]},
    )
    assert match(problem).chosen == ((1, 7), (1, 8), (2, 9))


def test_the_buddies_of_a_family_are_two_people():
    problem = Problem([Seat(1, 0, buddies=2)], {7: 5}, {1: [(7, 90)]})
    assert match(problem).chosen == ((1, 7),)
    pinned = replace(problem, pinned=[(1, 7)])
    assert match(pinned).pairs == (Pair(1, 7, 90, is_new=True),)


def test_drafts_stay_where_nothing_is_lost_by_it():
    offers = {1: [(7, 50), (8, 50)], 2: [(7, 50), (8, 50)]}
    for drafts in ({1: [7], 2: [8]}, {1: [8], 2: [7]}):
        problem = Problem([Seat(1, 0), Seat(2, 0)], {7: 1, 8: 1}, offers, drafts)
        result = match(problem)
        assert {n: [v] for n, v in result.chosen} == drafts
        assert result.changes == 0
        assert not any(pair.is_new for pair in result.pairs)
    better = {1: [(7, 50), (8, 51)], 2: [(7, 50), (8, 50)]}
    moved = match(replace(problem, offers=better, drafts={1: [7], 2: [8]}))
    assert (moved.chosen, moved.changes) == (((1, 8), (2, 7)), 2)


def test_a_draft_with_somebody_who_left_is_a_change():
    problem = Problem([Seat(1, 0)], {7: 1}, {1: [(7, 5)]}, {1: [6], 2: [7]})
    assert match(problem).changes == 1


def test_pins_stand_without_an_offer_and_take_a_place():
    problem = Problem(
        [Seat(1, 0), Seat(2, 900)], {7: 1}, {2: [(7, 99)]}, pinned=[(1, 7)]
    )
    result = match(problem)
    verify(problem, result.chosen, result.certificate)
    assert result.pairs == (Pair(1, 7, 0, is_new=True),)
    assert result.unmatched == (2,)


@pytest.mark.parametrize(
    "problem",
    [
        Problem([], {}, {}),
        Problem([Seat(1, 0)], {}, {}),
        Problem([Seat(1, 0)], {7: 0}, {1: [(7, 50)]}),
        Problem([], {7: 3}, {}),
        Problem([Seat(1, 0, 2)], {7: 1}, {1: []}, forbidden=[(1, 7), (5, 9)]),
    ],
)
def test_where_nobody_can_meet_nobody_does(problem):
    result = match(problem)
    verify(problem, result.chosen, result.certificate)
    assert result.pairs == ()
    assert result.matched == result.total_score == result.changes == 0
    assert result.unmatched == tuple(seat.newcomer for seat in problem.seats)


def test_the_order_of_the_input_changes_nothing():
    for seed in range(300):
        problem = make(seed)
        other = shuffled(problem, random.Random(seed))
        assert match(other) == match(problem), seed
        assert fingerprint(other) == fingerprint(problem)


def test_the_fingerprint_tells_problems_apart():
    problem = make(6)
    assert problem.offers[problem.seats[0].newcomer]
    first, *rest = problem.seats
    others = [
        replace(problem, seats=[replace(first, priority=first.priority + 1), *rest]),
        replace(problem, places={**problem.places, 1000: 1}),
        replace(problem, offers={**problem.offers, first.newcomer: []}),
        replace(problem, drafts={**problem.drafts, 1000: [1]}),
        replace(problem, pinned=[*problem.pinned, (1000, 1)]),
        replace(problem, forbidden=[*problem.forbidden, (1000, 1)]),
    ]
    assert len({fingerprint(each) for each in [problem, *others]}) == len(others) + 1


def test_arrivals_one_by_one_reach_what_all_at_once_reach():
    for seed in range(400):
        problem, chance = replace(make(seed), pinned=()), random.Random(seed)
        seats = chance.sample(list(problem.seats), len(problem.seats))
        early, late = seats[: len(seats) // 2], seats[len(seats) // 2 :]
        known = {seat.newcomer: problem.offers[seat.newcomer] for seat in early}
        matcher = Matcher(replace(problem, seats=early, offers=known))
        for seat in late:
            matcher.insert(seat, problem.offers[seat.newcomer])
        result = matcher.result()
        verify(matcher.problem, result.chosen, result.certificate)
        assert fingerprint(matcher.problem) == fingerprint(problem)
        batch = match(problem)
        assert levels(problem, result.chosen) == levels(problem, batch.chosen), seed


def test_an_arrival_moves_as_few_as_can_be():
    """As few as the plan would move that keeps what it can of the one before."""
    moves = 0
    for seed in range(2000):
        problem = replace(make(seed), pinned=(), drafts={})
        if not problem.seats:
            continue
        *early, last = problem.seats
        last = replace(last, buddies=1)
        problem = replace(problem, seats=[*early, last])
        known = {seat.newcomer: problem.offers[seat.newcomer] for seat in early}
        matcher = Matcher(replace(problem, seats=early, offers=known))
        before = matcher.result()
        moved = matcher.insert(last, problem.offers[last.newcomer])
        held = {seat.newcomer: [] for seat in early}
        for newcomer, volunteer in before.chosen:
            held[newcomer].append(volunteer)
        after = matcher.result()
        changed = {n for n, _v in set(before.chosen) ^ set(after.chosen)}
        assert set(moved) == changed - {last.newcomer}
        kept = match(replace(problem, drafts=held))
        assert len(set(before.chosen) - set(after.chosen)) == kept.changes, seed
        moves += kept.changes
    assert moves > 50


OFFERED = Problem([Seat(1, 0), Seat(2, 0)], {7: 1}, {1: [(7, 50)]})


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"offers": {1: [(8, 50)]}}, refusals.UnknownVolunteer),
        ({"offers": {1: [(7, 101)]}}, refusals.ScoreOutside),
        ({"offers": {1: [(7, -1)]}}, refusals.ScoreOutside),
        ({"offers": {1: [(7, 50.5)]}}, refusals.ScoreOutside),
        ({"offers": {1: [(7, 50), (7, 60)]}}, refusals.DoubledOffer),
        ({"offers": {3: [(7, 50)]}}, refusals.UnknownNewcomer),
        ({"seats": [Seat(1, 0), Seat(1, 5)]}, refusals.DoubledNewcomer),
        ({"seats": [Seat(1, -1)]}, refusals.SeatNotPossible),
        ({"seats": [Seat(1, 0, 3)]}, refusals.SeatNotPossible),
        ({"places": {7: -1}}, refusals.PlacesNotPossible),
        ({"pinned": [(1, 8)]}, refusals.UnknownVolunteer),
        ({"pinned": [(3, 7)]}, refusals.UnknownNewcomer),
        ({"pinned": [(1, 7), (1, 7)]}, refusals.PinnedTwice),
        ({"pinned": [(1, 7)], "forbidden": [(1, 7)]}, refusals.PinForbidden),
        ({"pinned": [(1, 7), (2, 7)]}, refusals.PinsExceedPlaces),
        (
            {"pinned": [(1, 7), (1, 8)], "places": {7: 1, 8: 1}},
            refusals.PinsExceedSeats,
        ),
    ],
)
def test_what_is_not_sound_is_named(changes, error):
    problem = replace(OFFERED, **changes)
    for refuse in (match, lambda each: verify(each, [], {})):
        with pytest.raises(
            (error, refusals.PlanNotPossible, refusals.NotProved)
        ) as refused:
            refuse(problem)
        assert refuse is not match or type(refused.value) is error


@pytest.mark.parametrize(
    ("seat", "offers", "error"),
    [
        (Seat(1, 0), [], refusals.DoubledNewcomer),
        (Seat(5, -1), [], refusals.SeatNotPossible),
        (Seat(5, 0), [(8, 1)], refusals.UnknownVolunteer),
        (Seat(5, 0), [(7, 101)], refusals.ScoreOutside),
        (Seat(5, 0), [(7, 1), (7, 1)], refusals.DoubledOffer),
    ],
)
def test_an_arrival_that_is_refused_changes_nothing(seat, offers, error):
    matcher = Matcher(OFFERED)
    before = matcher.result()
    with pytest.raises(error):
        matcher.insert(seat, offers)
    assert matcher.result() == before
    assert fingerprint(matcher.problem) == fingerprint(OFFERED)


@pytest.mark.slow
def test_four_times_more_newcomers_than_places_take_no_age():
    chance = random.Random(4)
    people, volunteers = 10_000, range(2_500)
    offers = {
        n: [(v, chance.randint(0, 100)) for v in chance.sample(volunteers, 40)]
        for n in range(people)
    }
    seats = [Seat(n, chance.randrange(1095)) for n in range(people)]
    problem = Problem(seats, dict.fromkeys(volunteers, 1), offers)
    began = time.process_time()
    result = match(problem)
    assert time.process_time() - began < 60
    verify(problem, result.chosen, result.certificate)
    assert result.matched == len(volunteers)
