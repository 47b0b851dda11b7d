"""The words people choose from when they say who they are and what they wish."""

from collections.abc import Iterable
from enum import StrEnum


class Level(StrEnum):
    """How well somebody says they speak a language, the least first."""

    A_FEW_WORDS = "a-few-words"
    EVERYDAY = "everyday"
    WELL = "well"
    FIRST = "first"


class Gender(StrEnum):
    """What somebody says they are; who does not say has none."""

    WOMAN = "woman"
    MAN = "man"
    ANOTHER = "another"


class WishGroup(StrEnum):
    """Whom somebody would like to meet, as widely as statistics tell it."""

    ANY = "any"
    WOMEN = "women"
    MEN = "men"
    OTHER = "other"


class BuddyRole(StrEnum):
    """Whom a volunteer is a friend to: it decides which clearances are asked for."""

    ADULT = "adult"
    FAMILY = "family"


class Interest(StrEnum):
    """What two people may like to do together."""

    WALKING = "walking"
    FOOTBALL = "football"
    CRICKET = "cricket"
    SWIMMING = "swimming"
    CYCLING = "cycling"
    EXERCISE = "exercise"
    COOKING = "cooking"
    GARDENING = "gardening"
    MUSIC = "music"
    FILMS = "films"
    READING = "reading"
    CRAFTS = "crafts"
    GAMES = "games"
    HISTORY = "history"
    COMPUTERS = "computers"
    ENGLISH_PRACTICE = "english-practice"


_RANKS = {level: rank for rank, level in enumerate(Level)}
_GENDER_BITS = {gender: 1 << place for place, gender in enumerate(Gender)}
_INTEREST_BITS = {interest: 1 << place for place, interest in enumerate(Interest)}

HIGHEST_RANK = len(Level) - 1
ANY_GENDER = (1 << len(Gender)) - 1
_WISH_GROUPS = {
    ANY_GENDER: WishGroup.ANY,
    _GENDER_BITS[Gender.WOMAN]: WishGroup.WOMEN,
    _GENDER_BITS[Gender.MAN]: WishGroup.MEN,
}
# Each of these wishes is a group of its own.
COUNTED_WISHES = frozenset(_WISH_GROUPS)


def rank(level: Level) -> int:
    """Give a level's place in the order, from 0."""
    return _RANKS[level]


def is_at_least(level: Level, minimum: Level) -> bool:
    """Say whether a level is no lower than another."""
    return _RANKS[level] >= _RANKS[minimum]


def make_wish(genders: Iterable[Gender]) -> int:
    """Make the bit mask of the genders somebody accepts."""
    return sum({_GENDER_BITS[each] for each in genders})


def read_wish(wish: int) -> list[Gender]:
    """List the genders that a bit mask accepts."""
    return [gender for gender, bit in _GENDER_BITS.items() if wish & bit]


def group_wish(wish: int) -> WishGroup:
    """Say to which group of the statistics a wish belongs."""
    return _WISH_GROUPS.get(wish, WishGroup.OTHER)


def is_accepted(gender: Gender | None, wish: int) -> bool:
    """Say whether a wish accepts somebody; who does not say passes no wish but none."""
    if gender is None:
        return wish == ANY_GENDER
    return bool(wish & _GENDER_BITS[gender])


def make_interests(interests: Iterable[Interest]) -> int:
    """Make the bit mask of some interests."""
    return sum({_INTEREST_BITS[each] for each in interests})


def read_interests(mask: int) -> list[Interest]:
    """List the interests in a bit mask."""
    return [interest for interest, bit in _INTEREST_BITS.items() if mask & bit]
