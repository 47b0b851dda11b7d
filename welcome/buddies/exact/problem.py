"""What matching is asked: who waits, who has places, and which pairs can be."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from welcome.buddies.exact.refusals import (
    DoubledNewcomer,
    PinForbidden,
    PinnedTwice,
    PinsExceedPlaces,
    PinsExceedSeats,
    PlacesNotPossible,
    ScoreOutside,
    SeatNotPossible,
    UnknownNewcomer,
    UnknownVolunteer,
)
from welcome.errors import RuleBroken

HIGHEST = 100


@dataclass(frozen=True, slots=True)
class Seat:
    """A newcomer who waits; a bigger priority comes first; a family may want two."""

    newcomer: int
    priority: int
    buddies: int = 1


@dataclass(frozen=True)
class Problem:
    """Everything a run of the matching depends on; the order of nothing matters.

    `places`: free places by volunteer. `offers`: by newcomer, the volunteers who could
    be a buddy, each with a score from 0 to 100. `drafts`: the volunteers of unsent
    drafts by newcomer, kept where nothing is lost by it. `pinned` and `forbidden`:
    (newcomer, volunteer); a pin needs no offer, and then counts a score of 0.
    """

    seats: Sequence[Seat]
    places: Mapping[int, int]
    offers: Mapping[int, Sequence[tuple[int, int]]]
    drafts: Mapping[int, Collection[int]] = field(default_factory=dict)
    pinned: Collection[tuple[int, int]] = ()
    forbidden: Collection[tuple[int, int]] = ()


@dataclass(frozen=True)
class Weights:
    """What one step of each aim weighs, so that no aim ever pays for a higher one.

    The unit is one changed draft. `point`: one point of score. `second`: a family's
    second buddy, more than all scores together. `first`: a newcomer's first buddy, times
    1 + priority. Two seconds make a first: plans differ by cycles that each give one
    buddy and take one at most. And the sum of priorities is enough: newcomers who can
    have a buddy together are the independent sets of a transversal matroid, whose
    heaviest set is always one of the largest (Edmonds and Fulkerson 1965).
    """

    point: int
    second: int
    first: int

    @classmethod
    def of(cls, places: int, drafts: int) -> "Weights":
        """Weigh for so many places in all and so many drafts; exact at any size."""
        point = min(places, drafts) + 1
        second = places * (HIGHEST * point + 1) + 1
        return cls(point, second, 2 * second)

    def costs(self) -> dict[int, int]:
        """Give the cost of a new pair by its score; a kept draft costs one less."""
        return {s: (HIGHEST - s) * self.point + 1 for s in range(HIGHEST + 1)}


@dataclass(frozen=True)
class Want:
    """What a newcomer still wants: the cost of missing the first buddy, the second."""

    newcomer: int
    penalties: tuple[int, ...]


@dataclass(frozen=True)
class Settled:
    """A problem found sound, its pins taken out and its aims weighed."""

    wants: list[Want]
    free: dict[int, int]
    weights: Weights
    pins: dict[int, set[int]]
    barred: dict[int, set[int]]


def by_newcomer(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """Gather (newcomer, volunteer) by newcomer."""
    gathered: dict[int, set[int]] = {}
    for newcomer, volunteer in pairs:
        gathered.setdefault(newcomer, set()).add(volunteer)
    return gathered


def settle(problem: Problem) -> Settled:
    """Refuse what is not sound; take the pins out; weigh the aims.

    The wants come in the order of insertion: priority, then the newcomer's number;
    those who have their first buddy by a pin last. Scores are looked at where they are
    used.
    """
    seats = _seats(problem)
    for volunteer, places in problem.places.items():
        if places < 0:
            raise PlacesNotPossible(volunteer=volunteer, places=places)
    for newcomer in problem.offers.keys() - seats.keys():
        raise UnknownNewcomer(newcomer=newcomer)
    pins = _pins(problem, seats)
    taken = Counter(volunteer for _newcomer, volunteer in problem.pinned)
    free = {each: places - taken[each] for each, places in problem.places.items()}
    for volunteer, places in free.items():
        if places < 0:
            raise PinsExceedPlaces(
                volunteer=volunteer, places=problem.places[volunteer]
            )
    drafts = sum(len(set(each)) for each in problem.drafts.values())
    weights = Weights.of(sum(free.values()), drafts)
    # A pinned volunteer is no second buddy of the same family.
    barred = by_newcomer([*problem.forbidden, *problem.pinned])
    return Settled(_wants(seats, pins, weights), free, weights, pins, barred)


def _seats(problem: Problem) -> dict[int, Seat]:
    seats: dict[int, Seat] = {}
    for seat in problem.seats:
        if seat.newcomer in seats:
            raise DoubledNewcomer(newcomer=seat.newcomer)
        refuse_impossible(seat)
        seats[seat.newcomer] = seat
    return seats


def refuse_impossible(seat: Seat) -> None:
    """Refuse a priority below nought, and other numbers of buddies than 1 and 2."""
    if seat.priority < 0 or seat.buddies not in {1, 2}:
        raise SeatNotPossible(
            newcomer=seat.newcomer, priority=seat.priority, buddies=seat.buddies
        )


def refusal_of_offers(
    newcomer: int, offers: Sequence[tuple[int, int]], places: Mapping[int, int]
) -> RuleBroken:
    """Say what is wrong with offers to a newcomer, of which something is."""
    for volunteer, score in offers:
        if volunteer not in places:
            return UnknownVolunteer(newcomer=newcomer, volunteer=volunteer)
        if score not in range(HIGHEST + 1):
            break
    return ScoreOutside(newcomer=newcomer, volunteer=volunteer, score=score)


def _pins(problem: Problem, seats: Mapping[int, Seat]) -> dict[int, set[int]]:
    pins: dict[int, set[int]] = {}
    forbidden = set(problem.forbidden)
    for newcomer, volunteer in sorted(problem.pinned):
        if newcomer not in seats:
            raise UnknownNewcomer(newcomer=newcomer)
        if volunteer not in problem.places:
            raise UnknownVolunteer(newcomer=newcomer, volunteer=volunteer)
        if (newcomer, volunteer) in forbidden:
            raise PinForbidden(newcomer=newcomer, volunteer=volunteer)
        mine = pins.setdefault(newcomer, set())
        if volunteer in mine:
            raise PinnedTwice(newcomer=newcomer, volunteer=volunteer)
        mine.add(volunteer)
        if len(mine) > seats[newcomer].buddies:
            raise PinsExceedSeats(newcomer=newcomer, buddies=seats[newcomer].buddies)
    return pins


def _wants(
    seats: Mapping[int, Seat], pins: Mapping[int, set[int]], weights: Weights
) -> list[Want]:
    whole: list[Want] = []
    part: list[Want] = []
    for seat in sorted(
        seats.values(), key=lambda each: (-each.priority, each.newcomer)
    ):
        has = len(pins.get(seat.newcomer, ()))
        if has < seat.buddies:
            want = Want(seat.newcomer, penalties_of(seat, weights)[has:])
            (part if has else whole).append(want)
    return whole + part


def penalties_of(seat: Seat, weights: Weights) -> tuple[int, ...]:
    """Say what it costs when a newcomer misses the first buddy, and the second."""
    first = weights.first * (1 + seat.priority)
    return (first, weights.second)[: seat.buddies]


def fingerprint(problem: Problem) -> str:
    """Give the SHA-256 of a problem, the same however its parts are ordered."""
    told = {
        "seats": sorted([s.newcomer, s.priority, s.buddies] for s in problem.seats),
        "places": sorted(problem.places.items()),
        "offers": sorted((n, sorted(each)) for n, each in problem.offers.items()),
        "drafts": sorted((n, sorted(set(each))) for n, each in problem.drafts.items()),
        "pinned": sorted(problem.pinned),
        "forbidden": sorted(set(problem.forbidden)),
    }
    text = json.dumps(told, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
