"""Every pair that can be, found without holding everybody against everybody.

Volunteers are gathered in square cells as wide as the furthest of them goes, so that a
newcomer meets those of nine cells, and those whose place is not known.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product

from welcome.buddies.exact.problem import Problem, Seat
from welcome.buddies.rules import nearness
from welcome.buddies.rules.crowd import Crowd
from welcome.buddies.rules.errors import TooManyPairs
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.scoring import Scorer

Offers = dict[int, list[tuple[int, int]]]
Cell = tuple[int, int]

# A pair takes about 100 bytes: so many still fit where the product runs.
MOST_PAIRS = 20_000_000
NEIGHBOURS = tuple(product((-1, 0, 1), repeat=2))


class Cells:
    """Volunteers by where they live."""

    def __init__(self, volunteers: Iterable[VolunteerProfile], policy: Policy) -> None:
        known = sorted(volunteers, key=lambda each: each.key)
        reaches = [nearness.reach_of(each, policy) for each in known if each.place]
        self._side = max([1, *reaches])
        by_cell: dict[Cell | None, list[VolunteerProfile]] = {}
        for each in known:
            by_cell.setdefault(self._cell_of(each.place), []).append(each)
        nowhere = by_cell.pop(None, [])
        self._nowhere = Crowd(nowhere, policy)
        self._crowds: Mapping[Cell | None, Crowd] = {
            cell: Crowd(those, policy) for cell, those in by_cell.items()
        }

    def possible(self, newcomer: NewcomerProfile) -> Iterator[VolunteerProfile]:
        """Give the volunteers whom no rule forbids."""
        yield from self._nowhere.possible(newcomer)
        for crowd in self._around(newcomer):
            yield from crowd.possible(newcomer)

    def _around(self, newcomer: NewcomerProfile) -> list[Crowd]:
        cell = self._cell_of(newcomer.place)
        if cell is None:
            return list(self._crowds.values())
        near = ((cell[0] + east, cell[1] + north) for east, north in NEIGHBOURS)
        return [self._crowds[each] for each in near if each in self._crowds]

    def _cell_of(self, place: tuple[int, int] | None) -> Cell | None:
        if place is None:
            return None
        return place[0] // self._side, place[1] // self._side


def list_offers(
    newcomers: Iterable[NewcomerProfile],
    volunteers: Iterable[VolunteerProfile],
    policy: Policy,
) -> Offers:
    """Give (volunteer, score) of every possible pair by newcomer, in order of keys.

    A newcomer for whom nobody is possible has an empty list. Raises TooManyPairs.
    """
    cells = Cells(volunteers, policy)
    scorer = Scorer(policy)
    offers: Offers = {}
    pairs = 0
    for newcomer in sorted(newcomers, key=lambda each: each.key):
        mine = sorted(scorer.totals(newcomer, cells.possible(newcomer)))
        pairs += len(mine)
        if pairs > MOST_PAIRS:
            raise TooManyPairs(most=MOST_PAIRS)
        offers[newcomer.key] = mine
    return offers


def count_free_places(volunteers: Sequence[VolunteerProfile]) -> dict[int, int]:
    """Give the free places by volunteer."""
    return {each.key: each.free_places for each in volunteers}


def make_problem(
    newcomers: Sequence[NewcomerProfile],
    volunteers: Sequence[VolunteerProfile],
    policy: Policy,
    *,
    pinned: Collection[tuple[int, int]] = (),
    forbidden: Collection[tuple[int, int]] = (),
    drafts: Mapping[int, Collection[int]] | None = None,
) -> Problem:
    """Put together what matching is asked, from people and a policy."""
    return Problem(
        seats=[Seat(each.key, each.priority, each.buddies) for each in newcomers],
        places=count_free_places(volunteers),
        offers=list_offers(newcomers, volunteers, policy),
        drafts=drafts or {},
        pinned=pinned,
        forbidden=forbidden,
    )
