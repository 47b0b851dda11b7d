"""Many volunteers at once: the rules of `vetoes` as sets of bits, one for each person.

A Python integer of 7,000 bits is read in the time of a few hundred, so a newcomer is
held against all of them in microseconds. Only distance is reckoned person by person,
and only for those whom it can still matter for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import TypeVar

from welcome.buddies.exact.sets import set_of
from welcome.buddies.rules import nearness
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.times import SLOTS
from welcome.buddies.rules.vetoes import VetoCode
from welcome.buddies.rules.vocabulary import Gender, is_accepted, is_at_least

T = TypeVar("T")

# So few people are found one by one faster than all are looked through.
FEW = 24
# Strips from north to south, so that most are known to be too far without measuring.
BAND_M = 2_000
_BITS_OF_TEXT = bytes.maketrans(b"01", b"\x00\x01")
_GENDERS: tuple[Gender | None, ...] = (*Gender, None)


class Crowd:
    """Volunteers, numbered as they are given, and who of them passes which rule."""

    def __init__(self, volunteers: Sequence[VolunteerProfile], policy: Policy) -> None:
        self.volunteers = tuple(volunteers)
        self.policy = policy
        self.everybody = (1 << len(self.volunteers)) - 1
        self._sharing: dict[int, int] = {}
        self._at_times: dict[int, int] = {}
        self._keys = tuple(each.key for each in self.volunteers)
        self._numbers = {key: at for at, key in enumerate(self._keys)}

    def passing(self, newcomer: NewcomerProfile) -> dict[VetoCode, int]:
        """Give who passes each rule but distance, in the order of `VetoCode`."""
        return {
            VetoCode.NOT_CLEARED: self._cleared.get(newcomer.role, 0),
            VetoCode.OTHER_ORGANISATION: self._shared_with(newcomer.organisation),
            VetoCode.NOT_ADULT: self._adults if newcomer.is_adult else 0,
            VetoCode.NO_LANGUAGE: self._understanding(newcomer),
            VetoCode.GENDER_WISH: self._wished(newcomer),
            VetoCode.NO_COMMON_TIME: self._free_at(newcomer.times),
            VetoCode.BLOCKED: self._not_blocked(newcomer),
            VetoCode.OWN_COMMUNITY: self._outside_community(newcomer),
            VetoCode.NO_PLACE_FREE: self._with_room,
        }

    def within_reach(self, newcomer: NewcomerProfile, among: int) -> int:
        """Give those of a set who come as far as the newcomer lives."""
        if newcomer.place is None or not among:
            return among
        east, north = newcomer.place
        reached = among & ~self._placed
        among &= self._beside(east)
        near = [
            at
            for at, its_east, its_north, square in self._choose(self._circles, among)
            if (x := east - its_east) * x + (y := north - its_north) * y <= square
        ]
        return reached | set_of(near, len(self.volunteers))

    def possible(self, newcomer: NewcomerProfile) -> list[VolunteerProfile]:
        """List the volunteers whom no rule forbids, in the order they were given."""
        left = self.everybody
        for passing in self.passing(newcomer).values():
            left &= passing
            if not left:
                return []
        return self.choose(self.within_reach(newcomer, left))

    def choose(self, among: int) -> list[VolunteerProfile]:
        """List the volunteers of a set, in the order they were given."""
        return list(self._choose(self.volunteers, among))

    def keys(self, among: int) -> tuple[int, ...]:
        """Give the keys of the volunteers of a set, in the order they were given."""
        return tuple(self._choose(self._keys, among))

    def _choose(self, things: Sequence[T], among: int) -> Iterable[T]:
        if among.bit_count() <= FEW:
            return _one_by_one(things, among)
        text = f"{among:b}".encode()[::-1]
        return compress(things, text.translate(_BITS_OF_TEXT))

    def _understanding(self, newcomer: NewcomerProfile) -> int:
        found = 0
        for language, level in newcomer.languages.items():
            if is_at_least(level, self.policy.minimum):
                found |= self._speaking.get(language, 0)
        return found

    def _wished(self, newcomer: NewcomerProfile) -> int:
        found = 0
        for gender, those in self._by_gender.items():
            if is_accepted(gender, newcomer.wish):
                found |= those
        return found & self._accepting[newcomer.told_gender]

    def _free_at(self, times: int) -> int:
        if times not in self._at_times:
            found = 0
            for slot, those in self._by_slot.items():
                if times >> slot & 1:
                    found |= those
            self._at_times[times] = found
        return self._at_times[times]

    def _shared_with(self, organisation: int) -> int:
        if organisation not in self._sharing:
            found = 0
            for each, those in self._by_organisation.items():
                if self.policy.is_shared(organisation, each):
                    found |= those
            self._sharing[organisation] = found
        return self._sharing[organisation]

    def _not_blocked(self, newcomer: NewcomerProfile) -> int:
        left = self.everybody
        for key in newcomer.blocked:
            if key in self._numbers:
                left &= ~(1 << self._numbers[key])
        return left

    def _outside_community(self, newcomer: NewcomerProfile) -> int:
        left = self.everybody
        if newcomer.avoids_own_community:
            for language in newcomer.first_languages:
                left &= ~self._growing_up_with.get(language, 0)
        return left

    def _beside(self, east: int) -> int:
        """Give those whose reach could get as far east or west, wherever they live."""
        first, last = east - self._farthest, east + self._farthest
        found = 0
        for band, those in self._bands.items():
            if first // BAND_M <= band <= last // BAND_M:
                found |= those
        return found

    @cached_property
    def _bands(self) -> Mapping[int, int]:
        return self._by(
            lambda each: (each.place[0] // BAND_M,) if each.place is not None else ()
        )

    @cached_property
    def _farthest(self) -> int:
        reaches = (nearness.reach_of(each, self.policy) for each in self.volunteers)
        return max(reaches, default=0)

    @cached_property
    def _circles(self) -> list[tuple[int, int, int, int]]:
        """Give number, easting, northing and squared reach; nought where no place is."""
        return [
            (at, *(each.place or (0, 0)), nearness.reach_of(each, self.policy) ** 2)
            for at, each in enumerate(self.volunteers)
        ]

    @cached_property
    def _placed(self) -> int:
        return self._where(lambda each: each.place is not None)

    @cached_property
    def _adults(self) -> int:
        return self._where(lambda each: each.is_adult)

    @cached_property
    def _with_room(self) -> int:
        return self._where(lambda each: each.held < each.capacity)

    @cached_property
    def _accepting(self) -> Mapping[Gender | None, int]:
        kinds: dict[Gender | None, list[int]] = {each: [] for each in _GENDERS}
        for at, each in enumerate(self.volunteers):
            for gender in _GENDERS:
                if is_accepted(gender, each.wish):
                    kinds[gender].append(at)
        return self._sets(kinds)

    @cached_property
    def _by_gender(self) -> Mapping[Gender | None, int]:
        return self._by(lambda each: (each.gender,))

    @cached_property
    def _by_organisation(self) -> Mapping[int, int]:
        return self._by(lambda each: (each.organisation,))

    @cached_property
    def _cleared(self) -> Mapping[str, int]:
        return self._by(lambda each: each.cleared_for)

    @cached_property
    def _growing_up_with(self) -> Mapping[str, int]:
        return self._by(lambda each: each.first_languages)

    @cached_property
    def _speaking(self) -> Mapping[str, int]:
        least = self.policy.minimum
        return self._by(
            lambda each: (
                language
                for language, level in each.languages.items()
                if is_at_least(level, least)
            )
        )

    @cached_property
    def _by_slot(self) -> Mapping[int, int]:
        slots = range(len(SLOTS))
        return self._by(lambda each: (at for at in slots if each.times >> at & 1))

    def _where(self, holds: Callable[[VolunteerProfile], bool]) -> int:
        numbers = [at for at, each in enumerate(self.volunteers) if holds(each)]
        return set_of(numbers, len(self.volunteers))

    def _by(
        self, kinds_of: Callable[[VolunteerProfile], Iterable[T]]
    ) -> Mapping[T, int]:
        kinds: dict[T, list[int]] = {}
        for at, each in enumerate(self.volunteers):
            for kind in kinds_of(each):
                kinds.setdefault(kind, []).append(at)
        return self._sets(kinds)

    def _sets(self, kinds: Mapping[T, list[int]]) -> dict[T, int]:
        most = len(self.volunteers)
        return {kind: set_of(numbers, most) for kind, numbers in kinds.items()}


def _one_by_one(things: Sequence[T], among: int) -> Iterable[T]:
    while among:
        at = (among & -among).bit_length() - 1
        yield things[at]
        among &= among - 1
