"""What can be reached from each point of a graph, worked out once for all of them.

Strong components along one path that is contracted where it closes (Purdom 1970; Munro
1971); every point is looked at once, and edges by sets, see `sets`.
"""

from collections.abc import Sequence

from welcome.buddies.exact.sets import lowest


def close(follow: Sequence[int]) -> list[int]:
    """Give for each point the set of all that can be reached from it, with itself.

    Shapes: `follow` holds by point the set of those it leads to. Points that lead to
    each other share one set.
    """
    closing = _Closing(follow)
    for start in range(len(follow)):
        if closing.fresh >> start & 1:
            closing.walk(start)
    return closing.reached


class _Closing:
    def __init__(self, follow: Sequence[int]) -> None:
        self.follow = follow
        self.reached = [0] * len(follow)
        self.fresh = (1 << len(follow)) - 1
        # The path: what is one point by now, and all that leads away from it.
        self.members: list[int] = []
        self.ways: list[int] = []
        self.on_path = 0

    def walk(self, start: int) -> None:
        """Walk on from a point until everything it reaches is known."""
        self._step(start)
        while self.members:
            ahead = self.ways[-1] & self.fresh
            if ahead:
                self._step(lowest(ahead))
            elif self.ways[-1] & self.on_path & ~self.members[-1]:
                self._contract()
            else:
                self._leave()

    def _step(self, point: int) -> None:
        self.fresh ^= 1 << point
        self.on_path |= 1 << point
        self.members.append(1 << point)
        self.ways.append(self.follow[point])

    def _contract(self) -> None:
        """Make one of the end of the path and what stands before it."""
        members, ways = self.members.pop(), self.ways.pop()
        self.members[-1] |= members
        self.ways[-1] |= ways

    def _leave(self) -> None:
        """All that the end of the path leads to is known: so is what it reaches."""
        members, rest = self.members.pop(), self.ways.pop()
        self.on_path ^= members
        reached = members
        rest &= ~reached
        while rest:
            reached |= self.reached[lowest(rest)]
            rest &= ~reached
        while members:
            point = lowest(members)
            self.reached[point] = reached
            members ^= 1 << point
