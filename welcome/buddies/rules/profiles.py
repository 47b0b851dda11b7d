"""What the rules see of people: no names, no contacts, nothing that is not needed.

Places are eastings and northings in metres on the national grid, times and wishes the
bit masks of `times` and `vocabulary`, keys and organisations any whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from welcome.buddies.rules.times import ANY_TIME
from welcome.buddies.rules.vocabulary import ANY_GENDER, BuddyRole, Gender, Level

Place = tuple[int, int]

# Waiting longer than this never outweighs a class of priority.
DAYS_IN_CLASS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerProfile:
    """A newcomer, a couple or a family who ask for a buddy.

    `adults` are two where a couple asks; `buddies` is how many volunteers they ask for,
    one or two; `blocked` holds the keys of volunteers whom they are never offered.
    """

    key: int
    languages: Mapping[str, Level]
    organisation: int = 0
    gender: Gender | None = None
    wish: int = ANY_GENDER
    times: int = ANY_TIME
    place: Place | None = None
    interests: int = 0
    role: BuddyRole = BuddyRole.ADULT
    adults: int = 1
    is_adult: bool = True
    waiting_days: int = 0
    priority_class: int = 0
    buddies: int = 1
    avoids_own_community: bool = False
    blocked: frozenset[int] = frozenset()

    @property
    def first_languages(self) -> frozenset[str]:
        """Name the languages they grew up with."""
        return first_languages(self.languages)

    @property
    def told_gender(self) -> Gender | None:
        """Give the gender a wish is held against; of a couple's other nobody asks."""
        return self.gender if self.adults == 1 else None

    @property
    def priority(self) -> int:
        """Give who comes first as one number: the class, then the days of waiting."""
        days = min(max(self.waiting_days, 0), DAYS_IN_CLASS - 1)
        return self.priority_class * DAYS_IN_CLASS + days


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerProfile:
    """A volunteer; `reach_m` is how far they go (none: as far as the policy says).

    `held` of the `capacity` places are taken: by pairs that meet, and by proposals that
    were sent.
    """

    key: int
    languages: Mapping[str, Level]
    organisation: int = 0
    gender: Gender | None = None
    wish: int = ANY_GENDER
    times: int = ANY_TIME
    place: Place | None = None
    reach_m: int | None = None
    interests: int = 0
    cleared_for: frozenset[BuddyRole] = frozenset()
    is_adult: bool = True
    capacity: int = 1
    held: int = 0

    @property
    def first_languages(self) -> frozenset[str]:
        """Name the languages they grew up with."""
        return first_languages(self.languages)

    @property
    def free_places(self) -> int:
        """Count the places that nobody holds."""
        return max(self.capacity - self.held, 0)


def first_languages(languages: Mapping[str, Level]) -> frozenset[str]:
    """Name those of somebody's languages that they grew up with."""
    return frozenset(
        language for language, level in languages.items() if level is Level.FIRST
    )


def days_between(since: date, today: date) -> int:
    """Count the days somebody has waited; never fewer than none."""
    return max((today - since).days, 0)
