"""Shortest augmenting paths: places given out one by one, always the best way so far.

Successive shortest paths with potentials (Tomizawa 1971; Edmonds and Karp 1972), each
path found by Dijkstra's algorithm. Whole numbers only, of any size.

Newcomers and volunteers are counted from 0. An edge is one integer: its cost above, the
volunteer in the lowest `bits`. Distances carry the number of people moved there instead,
so of two ways of equal cost the one that moves fewer is found. What stands between
paths, `u` by newcomer and `v` by volunteer, is a certificate (see `certificate`):

    u + v <= cost of an edge not used, u + v >= cost of an edge used,
    v <= 0, and v = 0 where a place is free.
"""

from collections.abc import Sequence
from heapq import heappop, heappush


class Assignment:
    """Who holds which place, at the least cost for everybody who came so far."""

    def __init__(self, places: Sequence[int]) -> None:
        # A path comes to each volunteer once at most.
        self.bits = len(places).bit_length()
        self.mask = (1 << self.bits) - 1
        self.free = list(places)
        self.holders: list[list[int]] = [[] for _ in places]
        # v in units of cost << bits, plus the volunteer: an edge less this is cost - v.
        self.shifted_v = list(range(len(places)))
        self.u: list[int] = []
        self.edges: list[Sequence[int]] = []
        self.buddies: list[list[int]] = []
        # What it costs to lose the only buddy.
        self.penalty: list[int] = []
        # By family: what it costs to miss the second buddy, and its edges by volunteer.
        self.second: dict[int, int] = {}
        self.prices: dict[int, dict[int, int]] = {}

    def add(self, edges: Sequence[int], penalty: int) -> list[int]:
        """Take a newcomer in, by sorted edges and what missing a buddy costs.

        Shapes: `edges` holds cost << bits | volunteer. Returns who was moved.
        """
        u, best, shifted_v = penalty << self.bits, -1, self.shifted_v
        mask, at = self.mask, len(self.u)
        for edge in edges:
            # Costs rise and v is never above 0, so nothing better follows.
            if edge >= u:
                break
            volunteer = edge & mask
            reduced = edge - shifted_v[volunteer]
            if reduced < u:
                u, best = reduced, volunteer
        self.u.append(u)
        self.edges.append(edges)
        self.buddies.append([])
        self.penalty.append(penalty << self.bits)
        if best < 0:
            return []
        if self.free[best]:
            self.free[best] -= 1
            self._take(at, best)
            return []
        return self._augment(at, self.penalty[at])

    def add_second(self, at: int, penalty: int) -> list[int]:
        """Let a family want a second buddy, another one; returns who was moved."""
        self.second[at] = penalty << self.bits
        self.prices[at] = {edge & self.mask: edge for edge in self.edges[at]}
        if self.u[at] >= self.second[at]:
            return []
        return self._augment(at, self.second[at])

    def open_edges(self, newcomer: int) -> Sequence[int]:
        """List the edges on which somebody could move; a family's buddies are two."""
        edges = self.edges[newcomer]
        if newcomer not in self.second:
            return edges
        mine = self.buddies[newcomer]
        return [edge for edge in edges if edge & self.mask not in mine]

    def potentials(self) -> tuple[list[int], list[int]]:
        """Give u by newcomer and v by volunteer, in units of cost."""
        bits = self.bits
        return (
            [each >> bits for each in self.u],
            [(each - j) >> bits for j, each in enumerate(self.shifted_v)],
        )

    def _augment(self, source: int, penalty: int) -> list[int]:
        search = _Search(self, source, penalty - self.u[source])
        search.run()
        self._raise_potentials(search)
        return self._move_along(search)

    def _raise_potentials(self, search: "_Search") -> None:
        u, shifted_v, costs = self.u, self.shifted_v, ~self.mask
        best = search.best & costs
        for newcomer, distance in search.reached.items():
            u[newcomer] += best - (distance & costs)
        for volunteer in search.settled:
            shifted_v[volunteer] -= best - (search.near[volunteer] & costs)

    def _move_along(self, search: "_Search") -> list[int]:
        """Hand places on, from the end of the path back to its source."""
        moved: list[int] = []
        if search.end >= 0:
            volunteer = search.end
            self.free[volunteer] -= 1
        elif search.out == search.source:
            return moved
        else:
            moved.append(search.out)
            volunteer = self._let_go(search.out, search)
        while True:
            newcomer = search.towards[volunteer]
            if newcomer == search.source:
                self._take(newcomer, volunteer)
                return moved
            moved.append(newcomer)
            left = self._let_go(newcomer, search)
            self._take(newcomer, volunteer)
            volunteer = left

    def _take(self, newcomer: int, volunteer: int) -> None:
        self.buddies[newcomer].append(volunteer)
        self.holders[volunteer].append(newcomer)

    def _let_go(self, newcomer: int, search: "_Search") -> int:
        mine = self.buddies[newcomer]
        volunteer = search.through.get(newcomer, mine[0])
        mine.remove(volunteer)
        self.holders[volunteer].remove(newcomer)
        return volunteer


class _Search:
    """One search for the cheapest way to one more place, or to doing without."""

    def __init__(self, plan: Assignment, source: int, without: int) -> None:
        self.plan = plan
        self.source = source
        # The cheapest way out so far: to a free place, or somebody goes without.
        self.best, self.end, self.out = without, -1, source
        self.reached: dict[int, int] = {}
        self.near: dict[int, int] = {}
        self.towards: dict[int, int] = {}
        self.settled: list[int] = []
        # By family: how near it is, and the volunteer it would let go.
        self.labels: dict[int, int] = {}
        self.through: dict[int, int] = {}
        self.waiting: list[tuple[int, int]] = []

    def run(self) -> None:
        """Settle volunteers by distance until nothing can beat the best way out."""
        near, waiting, plan = self.near, self.waiting, self.plan
        holders, second = plan.holders, plan.second
        self.reached[self.source] = 0
        self._look(self.source, 0)
        while waiting:
            distance, volunteer = heappop(waiting)
            if distance >= self.best:
                return
            if volunteer < 0:
                self._settle_family(~volunteer, distance)
            elif distance == near[volunteer]:
                self.settled.append(volunteer)
                for newcomer in holders[volunteer]:
                    if newcomer in second:
                        self._label_family(newcomer, volunteer, distance)
                    else:
                        self._reach(newcomer, distance, plan.penalty[newcomer])

    def _label_family(self, family: int, volunteer: int, distance: int) -> None:
        """Note how near a family is: its edge in use may weigh more than its price."""
        plan = self.plan
        reduced = plan.prices[family][volunteer] - plan.shifted_v[volunteer]
        distance += plan.u[family] - reduced
        before = self.labels.get(family)
        if family not in self.reached and (before is None or distance < before):
            self.labels[family] = distance
            self.through[family] = volunteer
            heappush(self.waiting, (distance, ~family))

    def _settle_family(self, family: int, distance: int) -> None:
        if distance == self.labels[family]:
            plan = self.plan
            has_both = len(plan.buddies[family]) == 2
            loses = plan.second if has_both else plan.penalty
            self._reach(family, distance, loses[family])

    def _reach(self, newcomer: int, distance: int, penalty: int) -> None:
        self.reached[newcomer] = distance
        without = distance + penalty - self.plan.u[newcomer]
        if without < self.best:
            self.best, self.end, self.out = without, -1, newcomer
        self._look(newcomer, distance)

    def _look(self, newcomer: int, distance: int) -> None:
        """Look at everybody a newcomer could go to, as long as it can pay."""
        plan, near, towards = self.plan, self.near, self.towards
        shifted_v, free, mask = plan.shifted_v, plan.free, plan.mask
        known, waiting = near.get, self.waiting
        here = distance - plan.u[newcomer] + 1
        limit = self.best - here
        last = limit | mask
        for edge in plan.open_edges(newcomer):
            if edge > last:
                break
            volunteer = edge & mask
            reduced = edge - shifted_v[volunteer]
            if reduced < limit:
                reduced += here
                before = known(volunteer)
                if before is None or reduced < before:
                    near[volunteer] = reduced
                    towards[volunteer] = newcomer
                    if free[volunteer]:
                        self.best, self.end = reduced, volunteer
                        limit = reduced - here
                        last = limit | mask
                    else:
                        heappush(waiting, (reduced, volunteer))
