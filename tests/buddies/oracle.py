"""The same problem given to OR-tools: flows of least cost, weighed in another way."""

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from welcome.buddies.exact.problem import Problem


def solve(problem: Problem) -> list[tuple[int, int]]:
    """Solve a small problem; each aim has a weight of its own, pins the highest."""
    pairs, seats = _pairs(problem), list(problem.seats)
    most = sum(seat.buddies for seat in seats) + 1
    point = 1 + sum(len(each) for each in problem.drafts.values())
    second = most * (100 * point + 1)
    priority = second * most
    first = priority * (1 + sum(seat.priority for seat in seats))
    pin = first * most
    flow = SimpleMinCostFlow()
    at = {("n", seat.newcomer): i for i, seat in enumerate(seats)}
    for volunteer in problem.places:
        at["v", volunteer] = len(at)
    end = len(at)
    for (newcomer, volunteer), score in pairs.items():
        cost = (100 - score) * point - (volunteer in problem.drafts.get(newcomer, ()))
        if (newcomer, volunteer) in problem.pinned:
            cost -= pin
        _arc(flow, at["n", newcomer], at["v", volunteer], 1, cost)
    for seat in seats:
        without = (first + priority * seat.priority, second)
        for cost in without[: seat.buddies]:
            _arc(flow, at["n", seat.newcomer], end, 1, cost)
        flow.set_node_supply(at["n", seat.newcomer], seat.buddies)
    for volunteer, places in problem.places.items():
        _arc(flow, at["v", volunteer], end, places, 0)
    flow.set_node_supply(end, -sum(seat.buddies for seat in seats))
    assert flow.solve() == flow.OPTIMAL
    return [pair for i, pair in enumerate(pairs) if flow.flow(i)]


def _pairs(problem: Problem) -> dict[tuple[int, int], int]:
    """Every pair that can be, with its score; a pin needs no offer."""
    offered = {(n, v): s for n, each in problem.offers.items() for v, s in each}
    kept = {p: s for p, s in offered.items() if p not in problem.forbidden}
    return dict.fromkeys(problem.pinned, 0) | kept


def _arc(flow: SimpleMinCostFlow, tail: int, head: int, most: int, cost: int) -> None:
    flow.add_arc_with_capacity_and_unit_cost(tail, head, most, cost)
