"""Small made-up problems, seeded: every rule of the matching meets every other."""

import random

from welcome.buddies.exact.problem import Problem, Seat

SCORES = ((50,), (0, 100), (40, 41, 42), tuple(range(101)))
PRIORITIES = ((0,), (0, 1), (0, 365, 730), tuple(range(1095)))


def make(seed: int) -> Problem:
    """A problem of up to 40 newcomers and 30 volunteers; many of them with many ties."""
    chance = random.Random(seed)
    newcomers = chance.sample(range(1, 400), chance.choice((0, 1, 3, 8, 8, 20, 40)))
    volunteers = chance.sample(range(1, 400), chance.choice((0, 1, 3, 6, 6, 15, 30)))
    families = chance.choice((0.0, 0.3, 1.0))
    priorities, scores = chance.choice(PRIORITIES), chance.choice(SCORES)
    most, density = chance.choice((1, 2, 4)), chance.choice((0.1, 0.3, 0.9))
    seats = [
        Seat(each, chance.choice(priorities), 1 + (chance.random() < families))
        for each in newcomers
    ]
    offers = {
        each: [
            (v, chance.choice(scores)) for v in volunteers if chance.random() < density
        ]
        for each in newcomers
    }
    places = {each: chance.randint(0, most) for each in volunteers}
    pinned = _some_pins(chance, seats, dict(places))
    free = [(n, v) for n in newcomers for v in volunteers if (n, v) not in pinned]
    drafted = chance.choice((0.0, 0.4, 0.9))
    return Problem(
        seats,
        places,
        offers,
        drafts={
            n: chance.sample(volunteers, min(len(volunteers), chance.choice((1, 1, 2))))
            for n in newcomers
            if chance.random() < drafted
        },
        pinned=pinned,
        forbidden=[pair for pair in free if chance.random() < 0.05],
    )


def _some_pins(
    chance: random.Random, seats: list[Seat], left: dict[int, int]
) -> list[tuple[int, int]]:
    """Pins that fit, with and without an offer; a family may have one or both."""
    rate, pinned = chance.choice((0.0, 0.0, 0.15)), []
    for seat in seats:
        for volunteer in chance.sample(sorted(left), min(len(left), seat.buddies)):
            if left[volunteer] and chance.random() < rate:
                left[volunteer] -= 1
                pinned.append((seat.newcomer, volunteer))
    return pinned


def levels(problem: Problem, chosen: list[tuple[int, int]]) -> tuple[int, ...]:
    """What a plan reaches of each aim, the highest first; more is better."""
    scores = {(n, v): s for n, each in problem.offers.items() for v, s in each}
    by_newcomer = {n: {v for m, v in chosen if m == n} for n, _v in chosen}
    priority = {seat.newcomer: seat.priority for seat in problem.seats}
    dropped = [
        (n, v)
        for n, each in problem.drafts.items()
        for v in each
        if v not in by_newcomer.get(n, ())
    ]
    return (
        len(by_newcomer),
        sum(priority[each] for each in by_newcomer),
        sum(len(each) - 1 for each in by_newcomer.values()),
        sum(scores.get(pair, 0) for pair in chosen),
        -len(dropped),
    )


def greedy(problem: Problem) -> list[tuple[int, int]]:
    """The best score first, as most schemes do it: the plan that must lose."""
    chosen = list(problem.pinned)
    left = dict(problem.places)
    wanted = {seat.newcomer: seat.buddies for seat in problem.seats}
    for newcomer, volunteer in chosen:
        left[volunteer] -= 1
        wanted[newcomer] -= 1
    ranked = sorted((-s, n, v) for n, each in problem.offers.items() for v, s in each)
    for _score, newcomer, volunteer in ranked:
        pair = newcomer, volunteer
        is_open = pair not in problem.forbidden and pair not in chosen
        if is_open and left[volunteer] and wanted[newcomer]:
            left[volunteer] -= 1
            wanted[newcomer] -= 1
            chosen.append(pair)
    return chosen
