"""The same problem given to OR-tools' flows of least cost, in bulk."""

from collections import Counter
from itertools import chain

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from welcome.buddies.exact.problem import HIGHEST, Problem


def solve(problem: Problem) -> list[tuple[int, int]]:
    """Solve a problem without pins, drafts and families; its fastest form we know.

    The most people follow from the largest flow; priorities weigh on the arcs from the
    source, scores on the pairs. Everything goes in as arrays.
    """
    seats, offers = list(problem.seats), problem.offers
    volunteers = np.fromiter(sorted(problem.places), np.int64, len(problem.places))
    places = np.fromiter(map(problem.places.__getitem__, volunteers.tolist()), np.int64)
    lists = [offers[seat.newcomer] for seat in seats]
    lengths = np.fromiter(map(len, lists), np.int64, len(lists))
    flat = np.fromiter(
        chain.from_iterable(chain.from_iterable(lists)),
        np.int64,
        2 * int(lengths.sum()),
    )
    tails = np.repeat(np.arange(len(seats)), lengths)
    heads = np.searchsorted(volunteers, flat[::2]) + len(seats)
    source, end = len(seats) + len(volunteers), len(seats) + len(volunteers) + 1
    priority = np.fromiter((seat.priority for seat in seats), np.int64, len(seats))
    point = HIGHEST * int(min(len(seats), places.sum())) + 1
    flow = SimpleMinCostFlow()
    ones = np.ones(len(flat) // 2, np.int64)
    _arcs(flow, tails, heads, ones, HIGHEST - flat[1::2])
    ones = np.ones(len(seats), np.int64)
    dear = (priority.max(initial=0) - priority) * point
    _arcs(flow, source * ones, np.arange(len(seats)), ones, dear)
    at = np.arange(len(seats), source)
    _arcs(flow, at, np.full(len(at), end), places, np.zeros(len(at), np.int64))
    flow.set_node_supply(source, len(seats))
    flow.set_node_supply(end, -len(seats))
    if flow.solve_max_flow_with_min_cost() != flow.OPTIMAL:
        raise ArithmeticError("the costs are beyond what it can count")
    used = np.flatnonzero(flow.flows(np.arange(len(tails))))
    names = [seat.newcomer for seat in seats]
    here = volunteers[heads[used] - len(seats)].tolist()
    return [(names[n], v) for n, v in zip(tails[used].tolist(), here, strict=True)]


def _arcs(
    flow: SimpleMinCostFlow,
    tails: np.ndarray,
    heads: np.ndarray,
    most: np.ndarray,
    costs: np.ndarray,
) -> None:
    flow.add_arcs_with_capacity_and_unit_cost(tails, heads, most, costs)


def reached(problem: Problem, chosen: list[tuple[int, int]]) -> tuple[int, int, int]:
    """How many, their priorities, and the total score; refuses doubled pairs."""
    most = Counter(n for n, _v in chosen).most_common(1)
    if most and most[0][1] > 1:
        raise ValueError("a newcomer has two buddies")
    priority = {seat.newcomer: seat.priority for seat in problem.seats}
    return (
        len(chosen),
        sum(priority[n] for n, _v in chosen),
        sum(dict(problem.offers[n])[v] for n, v in chosen),
    )
