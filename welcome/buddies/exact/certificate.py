"""The proof that a set of pairs is best, checked without looking for one.

A plan is a flow of least cost: every buddy wanted is sent along an edge to a volunteer,
who passes on as many as there are places, or along a newcomer's way of going without,
which costs what missing the first buddy or the second weighs. Potentials, u for each
newcomer and v for each volunteer, give every edge a reduced cost r:

    r = cost - u - v    newcomer to volunteer, one buddy at most
    r = penalty - u     going without a first buddy, or without a second
    r = v               volunteer's places

On the way from newcomers to the end, potentials cancel: all plans differ in cost by as
much as in reduced cost. So if the plan x uses no edge with r > 0 and fills every edge
with r < 0, then cost(y) - cost(x) = sum of r (y - x) >= 0 for every other plan y: none is
better. That is complementary slackness of linear programming; the potentials come from
the solver's shortest paths (see `augmenting`), but whence they come does not matter.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from welcome.buddies.exact.problem import (
    Problem,
    Settled,
    Want,
    by_newcomer,
    refusal_of_offers,
    settle,
)
from welcome.buddies.exact.refusals import DoubledOffer, NotProved, PlanNotPossible

# {"newcomers": {number: u}, "volunteers": {number: v}}; a v left out is 0.
Certificate: TypeAlias = dict[str, dict[str, int]]
_NUMBER = re.compile(r"0|-?[1-9][0-9]*")


def verify(
    problem: Problem,
    pairs: Iterable[tuple[int, int]],
    certificate: Mapping[str, Mapping[str, int]],
) -> None:
    """Refuse pairs that cannot all stand, or that the certificate does not prove best.

    `pairs`: (newcomer, volunteer). Takes time in proportion to the offers. Raises
    PlanNotPossible, NotProved (params: the inequality that fails, and of whom), or
    what `settle` raises for the problem.
    """
    settled = settle(problem)
    held = _held(problem, settled, list(pairs))
    taken = _check_places(settled, held)
    u = _numbers(certificate, "newcomers", "u")
    v = _numbers(certificate, "volunteers", "v")
    _check_prices(settled, taken, v)
    costs = settled.weights.costs()
    for want in settled.wants:
        mine = held.get(want.newcomer, set())
        if want.newcomer not in u:
            raise NotProved(inequality=f"u({want.newcomer}) = ?")
        _check_without(want, len(mine), u[want.newcomer])
        edges = _edges(problem, settled, want.newcomer, costs)
        _check_edges(want.newcomer, edges, mine, (u[want.newcomer], v))


def _held(
    problem: Problem, settled: Settled, pairs: list[tuple[int, int]]
) -> dict[int, set[int]]:
    """Gather the pairs that are no pins, after looking whether all can stand."""
    plan = Counter(pairs)
    held = by_newcomer(plan.keys() - set(problem.pinned))
    wanted = {want.newcomer: len(want.penalties) for want in settled.wants}
    for newcomer, volunteer in sorted(plan.keys() | set(problem.pinned)):
        pair = newcomer, volunteer
        if pair not in plan:
            raise _impossible("pinned", pair)
        if plan[pair] > 1:
            raise _impossible("twice", pair)
        if len(held.get(newcomer, ())) > wanted.get(newcomer, 0):
            raise _impossible("buddies", pair)
    for newcomer, mine in held.items():
        offered = {volunteer for volunteer, _score in problem.offers.get(newcomer, ())}
        for volunteer in mine - offered | mine & settled.barred.get(newcomer, set()):
            raise _impossible("offered", (newcomer, volunteer))
    return held


def _impossible(rule: str, pair: tuple[int, int]) -> PlanNotPossible:
    newcomer, volunteer = pair
    return PlanNotPossible(rule=rule, newcomer=newcomer, volunteer=volunteer)


def _numbers(
    certificate: Mapping[str, Mapping[str, int]], part: str, letter: str
) -> dict[int, int]:
    """Read one part of a certificate: whole numbers, by the number of a person."""
    numbers: dict[int, int] = {}
    for name, number in certificate.get(part, {}).items():
        if type(number) is not int or not _NUMBER.fullmatch(name):
            raise NotProved(inequality=f"{letter}({name}) = {number!r}")
        numbers[int(name)] = number
    return numbers


def _check_places(settled: Settled, held: Mapping[int, set[int]]) -> Counter[int]:
    """Refuse more pairs than places; give how many of them are taken."""
    taken = Counter(volunteer for mine in held.values() for volunteer in mine)
    for newcomer, mine in held.items():
        for volunteer in mine:
            if taken[volunteer] > settled.free.get(volunteer, 0):
                raise _impossible("places", (newcomer, volunteer))
    return taken


def _check_prices(
    settled: Settled, taken: Mapping[int, int], v: Mapping[int, int]
) -> None:
    """Refuse a price where a place is free."""
    for volunteer, free in settled.free.items():
        number = v.get(volunteer, 0)
        if number > 0 or (number < 0 and taken[volunteer] < free):
            sign = "<=" if number > 0 else "="
            raise NotProved(inequality=f"v({volunteer}) {sign} 0")


def _check_without(want: Want, has: int, u: int) -> None:
    """Refuse who pays more than going without costs, or goes without and pays less."""
    # Without a buddy both are missed; with one, the second. Dearest first.
    for number, penalty in enumerate(want.penalties):
        is_missed = number >= has
        if is_missed and u < penalty:
            raise NotProved(inequality=f"u({want.newcomer}) >= {penalty}")
        if not is_missed and u > penalty:
            raise NotProved(inequality=f"u({want.newcomer}) <= {penalty}")


def _edges(
    problem: Problem, settled: Settled, newcomer: int, costs: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Give the cost of each pair that could be, by volunteer."""
    offers = problem.offers.get(newcomer, ())
    drafted = problem.drafts.get(newcomer, ())
    barred, free = settled.barred.get(newcomer, ()), settled.free
    if len({volunteer for volunteer, _score in offers}) != len(offers):
        raise DoubledOffer(newcomer=newcomer)
    try:
        return [
            (volunteer, costs[score] - (volunteer in drafted))
            for volunteer, score in offers
            if free[volunteer] and volunteer not in barred
        ]
    except KeyError:
        raise refusal_of_offers(newcomer, offers, settled.free) from None


def _check_edges(
    newcomer: int,
    edges: Iterable[tuple[int, int]],
    mine: set[int],
    potentials: tuple[int, Mapping[int, int]],
) -> None:
    """Refuse pairs left out that cost less than both pay, and used ones that cost more."""
    u, v = potentials
    for volunteer, cost in edges:
        paid = u + v.get(volunteer, 0)
        is_used = volunteer in mine
        if (paid < cost) if is_used else (paid > cost):
            sign = ">=" if is_used else "<="
            raise NotProved(inequality=f"u({newcomer}) + v({volunteer}) {sign} {cost}")
