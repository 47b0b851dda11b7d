"""Who competes for the same places, and how many more people a volunteer would help.

Both follow from a best plan alone: from somebody without a buddy, go to every volunteer
who could be one, to everybody who has a place there, and on. No place on the way is
free, or the plan would not be the largest (Berge 1957); so all places belong to the
newcomers met, and those are one more than the places (Hall 1935).
"""

from bisect import bisect
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from welcome.buddies.exact.closing import close
from welcome.buddies.exact.problem import Problem, Settled, by_newcomer, settle
from welcome.buddies.exact.refusals import HasBuddy, UnknownNewcomer
from welcome.buddies.exact.sets import list_numbers, lowest, set_of


@dataclass(frozen=True)
class Group:
    """Newcomers who compete, the volunteers who could help them, their free places."""

    newcomers: tuple[int, ...]
    volunteers: tuple[int, ...]
    places: int


class Competition:
    """A best plan, looked at for those it leaves without a buddy."""

    def __init__(self, problem: Problem, chosen: Iterable[tuple[int, int]]) -> None:
        self._problem = problem
        self._settled: Settled = settle(problem)
        held = set(chosen) - set(problem.pinned)
        self._seats = {seat.newcomer for seat in problem.seats}
        self._mine = by_newcomer(held)
        self._holders = by_newcomer(
            (volunteer, newcomer) for newcomer, volunteer in held
        )
        self._chains: _Chains | None = None
        self._condensed: _Condensed | None = None

    def condense(self) -> None:
        """Work out once what can be reached from each place, for many to be asked of.

        For one newcomer alone, a search costs less.
        """
        if self._condensed is None:
            volunteers = [each for each, places in self._settled.free.items() if places]
            self._condensed = _Condensed(volunteers, self)

    def group(self, newcomer: int) -> Group:
        """Find the group that competes with a newcomer who has no buddy.

        It has more newcomers than places; one more, exactly. Raises UnknownNewcomer,
        HasBuddy.
        """
        if newcomer not in self._seats:
            raise UnknownNewcomer(newcomer=newcomer)
        if self._has_buddy(newcomer):
            raise HasBuddy(newcomer=newcomer)
        if self._condensed:
            return self._condensed.group(newcomer)
        newcomers, volunteers = self._reach([newcomer])
        free = self._settled.free
        return Group(
            tuple(sorted(newcomers)),
            tuple(sorted(volunteers)),
            sum(free[each] for each in volunteers),
        )

    def gain(self, newcomers: Collection[int], places: int | None = None) -> int:
        """Say how many more would have a buddy, if somebody could be theirs.

        `newcomers`: whom such a volunteer could meet; `places`: how many at most, None
        for as many as it takes. Exact: it is the largest flow that the new places let
        through. As paths are found one by one, k places gain the smaller of k and the
        gain of places without end. Raises UnknownNewcomer.
        """
        for newcomer in newcomers:
            if newcomer not in self._seats:
                raise UnknownNewcomer(newcomer=newcomer)
        if self._chains is None:
            self._chains = self._all_chains()
        return _Recruitment(self._chains, newcomers).run(places)

    def candidates(self, newcomer: int) -> list[int]:
        """List the volunteers with places who could be a newcomer's buddy."""
        return self._candidates(newcomer)

    def holders(self, volunteer: int) -> Set[int]:
        """Give the newcomers who have a place with a volunteer."""
        return self._holders.get(volunteer, set())

    def places(self, volunteer: int) -> int:
        """Count the places that a volunteer has, without those of pins."""
        return self._settled.free[volunteer]

    def _has_buddy(self, newcomer: int) -> bool:
        return newcomer in self._mine or newcomer in self._settled.pins

    def _candidates(self, newcomer: int, met: Set[int] = frozenset()) -> list[int]:
        """List the volunteers with places who could be a buddy and were not met yet."""
        offers = self._problem.offers.get(newcomer, ())
        # The most by far were met already: a set drops them fastest.
        fresh = {volunteer for volunteer, _score in offers} - met
        fresh -= self._settled.barred.get(newcomer, set())
        free = self._settled.free
        return [volunteer for volunteer in fresh if free[volunteer]]

    def _reach(self, starts: list[int]) -> tuple[set[int], set[int]]:
        """Go on from newcomers as far as places can be handed on."""
        newcomers, volunteers = set(starts), set[int]()
        waiting = list(starts)
        while waiting:
            for volunteer in self._candidates(waiting.pop(), volunteers):
                volunteers.add(volunteer)
                fresh = self._holders.get(volunteer, set()) - newcomers
                newcomers |= fresh
                waiting += fresh
        return newcomers, volunteers

    def _all_chains(self) -> "_Chains":
        without = [each for each in self._seats if not self._has_buddy(each)]
        newcomers, volunteers = self._reach(without)
        places = {
            each: next(iter(self._mine.get(each, ())), None) for each in newcomers
        }
        followers: dict[int, list[int]] = {each: [] for each in volunteers}
        for newcomer in sorted(newcomers):
            for volunteer in self._candidates(newcomer):
                followers[volunteer].append(newcomer)
        return _Chains(places, followers)


class _Condensed:
    """What can be reached from each volunteer, and the groups that were asked for."""

    def __init__(self, volunteers: Sequence[int], competition: Competition) -> None:
        self._volunteers = sorted(volunteers)
        self._competition = competition
        self._numbers = {each: at for at, each in enumerate(self._volunteers)}
        leads = {
            newcomer: self._candidates(newcomer)
            for each in self._volunteers
            for newcomer in competition.holders(each)
        }
        follow = []
        for each in self._volunteers:
            ways = 0
            for newcomer in competition.holders(each):
                ways |= leads[newcomer]
            follow.append(ways)
        self._reached = close(follow)
        self._known: dict[int, Group] = {}

    def group(self, newcomer: int) -> Group:
        """Find the group of a newcomer who has no buddy."""
        reached = 0
        rest = self._candidates(newcomer)
        while rest:
            reached |= self._reached[lowest(rest)]
            rest &= ~reached
        if reached not in self._known:
            self._known[reached] = self._describe(reached)
        known = self._known[reached]
        at = bisect(known.newcomers, newcomer)
        newcomers = (*known.newcomers[:at], newcomer, *known.newcomers[at:])
        return Group(newcomers, known.volunteers, known.places)

    def _describe(self, reached: int) -> Group:
        """Name those who have the places of some volunteers."""
        volunteers = [self._volunteers[at] for at in list_numbers(reached)]
        held = {n for each in volunteers for n in self._competition.holders(each)}
        places = sum(self._competition.places(each) for each in volunteers)
        return Group(tuple(sorted(held)), tuple(volunteers), places)

    def _candidates(self, newcomer: int) -> int:
        numbers = self._numbers
        could = self._competition.candidates(newcomer)
        return set_of([numbers[each] for each in could], len(numbers))


@dataclass(frozen=True)
class _Chains:
    """Everybody whose moving away could help somebody without a buddy.

    `places`: the volunteer they have now, None where none; nobody here has two, or the
    second would have gone to whom it helps. `followers`: by volunteer, who of them
    could have a place there.
    """

    places: dict[int, int | None]
    followers: dict[int, list[int]]


class _Recruitment:
    """One more volunteer in thought; nobody really moves."""

    def __init__(self, chains: "_Chains", newcomers: Collection[int]) -> None:
        self._chains = chains
        # Whom this volunteer could meet, while they are elsewhere.
        self._could = sorted(chains.places.keys() & set(newcomers))
        self._there: set[int] = set()
        self._places = dict[int, int]()

    def run(self, places: int | None) -> int:
        """Count the places that lead to one more newcomer with a buddy."""
        gained = 0
        while (places is None or gained < places) and self._hand_on():
            gained += 1
        return gained

    def _hand_on(self) -> bool:
        """Find somebody without a buddy by a chain of places left, and move the chain."""
        # By newcomer, who would leave a place to them; None for the new place.
        after: dict[int, int | None] = {
            each: None for each in self._could if each not in self._there
        }
        waiting = deque(after)
        while waiting:
            newcomer = waiting.popleft()
            place = self._places.get(newcomer, self._chains.places[newcomer])
            if place is None:
                self._move(newcomer, after)
                return True
            for follower in self._chains.followers[place]:
                if follower not in after and follower not in self._there:
                    after[follower] = newcomer
                    waiting.append(follower)
        return False

    def _move(self, newcomer: int, after: Mapping[int, int | None]) -> None:
        leaver = after[newcomer]
        while leaver is not None:
            left = self._places.get(leaver, self._chains.places[leaver])
            if left is not None:
                self._places[newcomer] = left
            newcomer, leaver = leaver, after[leaver]
        self._there.add(newcomer)
