"""The best set of pairs, exactly: who meets whom among those who wait.

In strict order: the most newcomers with a buddy; the highest priorities among them; the
most second buddies for families that want two; the highest total score; the fewest
changes to unsent drafts. The same people give the same pairs, however they are listed.
"""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from welcome.buddies.exact.augmenting import Assignment
from welcome.buddies.exact.certificate import Certificate, verify
from welcome.buddies.exact.problem import (
    Problem,
    Seat,
    fingerprint,
    penalties_of,
    refusal_of_offers,
    refuse_impossible,
    settle,
)
from welcome.buddies.exact.refusals import DoubledNewcomer, DoubledOffer

__all__ = [
    "Certificate", "Matcher", "Pair", "Problem", "Result", "Seat", "fingerprint", "match",
    "verify",
]  # fmt: skip


_VOLUNTEER = itemgetter(0)


class Pair(NamedTuple):
    """A newcomer and a volunteer who would meet; new when no draft says so yet."""

    newcomer: int
    volunteer: int
    score: int
    is_new: bool


@dataclass(frozen=True)
class Result:
    """The best pairs, by newcomer and volunteer, and the proof that none are better.

    `matched` and `unmatched`: newcomers with and without a buddy. `changes`: drafts
    that do not stand any more.
    """

    pairs: tuple[Pair, ...]
    matched: int
    total_score: int
    changes: int
    unmatched: tuple[int, ...]
    certificate: Certificate

    @property
    def chosen(self) -> tuple[tuple[int, int], ...]:
        """Give each pair as (newcomer, volunteer)."""
        return tuple((pair.newcomer, pair.volunteer) for pair in self.pairs)


def match(problem: Problem) -> Result:
    """Find the best pairs.

    Raises the errors of `settle`, and UnknownVolunteer, ScoreOutside and DoubledOffer
    for offers. Method: see `augmenting`; proof: see `certificate`.
    """
    return Matcher(problem).result()


class Matcher:
    """The best pairs of a problem, kept best while more newcomers arrive."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._settled = settled = settle(problem)
        self._volunteers = sorted(each for each, free in settled.free.items() if free)
        plan = Assignment([settled.free[each] for each in self._volunteers])
        self._plan, bits = plan, plan.bits
        self._prices = {s: c << bits for s, c in settled.weights.costs().items()}
        # Volunteers without a free place share the number after the last.
        self._nobody = len(self._volunteers)
        self._number = dict.fromkeys(settled.free, self._nobody)
        self._number.update({v: at for at, v in enumerate(self._volunteers)})
        self._newcomers: list[int] = []
        self._seats = {seat.newcomer: seat for seat in problem.seats}
        self._offers = dict(problem.offers)
        self._fill()

    @property
    def problem(self) -> Problem:
        """Give the problem together with everybody who arrived since."""
        seats = tuple(self._seats.values())
        return replace(self._problem, seats=seats, offers=dict(self._offers))

    def insert(self, seat: Seat, offers: Sequence[tuple[int, int]]) -> tuple[int, ...]:
        """Take an arrival in; returns the newcomers whose buddies had to change.

        Of all best plans for everybody, the one that moves the fewest is taken; a family
        comes in two steps, each of which moves the fewest. Raises
        DoubledNewcomer, SeatNotPossible, UnknownVolunteer, ScoreOutside, DoubledOffer;
        then nothing has changed.
        """
        refuse_impossible(seat)
        if seat.newcomer in self._seats:
            raise DoubledNewcomer(newcomer=seat.newcomer)
        edges = self._edges(seat.newcomer, offers)
        self._seats[seat.newcomer] = seat
        self._offers[seat.newcomer] = offers
        first, *second = penalties_of(seat, self._settled.weights)
        at = len(self._newcomers)
        self._newcomers.append(seat.newcomer)
        moved = self._plan.add(edges, first)
        for penalty in second:
            moved += self._plan.add_second(at, penalty)
        names = {self._newcomers[each] for each in moved} - {seat.newcomer}
        return tuple(sorted(names))

    def result(self) -> Result:
        """Give the best pairs for everybody who is in."""
        plan, names = self._plan, self._volunteers
        chosen = {newcomer: set(mine) for newcomer, mine in self._settled.pins.items()}
        for newcomer, mine in zip(self._newcomers, plan.buddies, strict=True):
            if mine:
                chosen.setdefault(newcomer, set()).update(names[j] for j in mine)
        pairs = tuple(self._pairs(chosen))
        u, v = plan.potentials()
        return Result(
            pairs=pairs,
            matched=len(chosen),
            total_score=sum(pair.score for pair in pairs),
            changes=sum(
                len(set(drafted) - chosen.get(newcomer, set()))
                for newcomer, drafted in self._problem.drafts.items()
                if newcomer in self._seats
            ),
            unmatched=tuple(sorted(self._seats.keys() - chosen.keys())),
            certificate={
                "newcomers": {
                    str(n): each for n, each in zip(self._newcomers, u, strict=True)
                },
                "volunteers": {
                    str(n): each for n, each in zip(names, v, strict=True) if each
                },
            },
        )

    def _pairs(self, chosen: Mapping[int, Collection[int]]) -> Iterator[Pair]:
        for newcomer in sorted(chosen):
            drafted = self._problem.drafts.get(newcomer, ())
            offers = self._offers.get(newcomer, ())
            for volunteer in sorted(chosen[newcomer]):
                scores = (score for each, score in offers if each == volunteer)
                score = int(next(scores, 0))
                yield Pair(newcomer, volunteer, score, volunteer not in drafted)

    def _fill(self) -> None:
        wants, plan = self._settled.wants, self._plan
        for want in wants:
            self._newcomers.append(want.newcomer)
            offers = self._offers.get(want.newcomer, ())
            plan.add(self._edges(want.newcomer, offers), want.penalties[0])
        for at, want in enumerate(wants):
            for penalty in want.penalties[1:]:
                plan.add_second(at, penalty)

    def _edges(self, newcomer: int, offers: Sequence[tuple[int, int]]) -> Sequence[int]:
        """Make sorted edges of the offers to one newcomer."""
        number, prices = self._number, self._prices
        try:
            edges = [prices[score] | number[volunteer] for volunteer, score in offers]
        except KeyError:
            raise refusal_of_offers(newcomer, offers, self._settled.free) from None
        if len(set(map(_VOLUNTEER, offers))) != len(edges):
            raise DoubledOffer(newcomer=newcomer)
        mask, nobody = self._plan.mask, self._nobody
        barred = self._settled.barred.get(newcomer, ())
        if barred or len(number) > nobody:
            gone = {nobody, *(number.get(each, nobody) for each in barred)}
            edges = [edge for edge in edges if edge & mask not in gone]
        if drafted := self._problem.drafts.get(newcomer):
            kept = {number.get(each) for each in drafted}
            cheaper = 1 << self._plan.bits
            edges = [e - cheaper if e & mask in kept else e for e in edges]
        edges.sort()
        return array("q", edges)
