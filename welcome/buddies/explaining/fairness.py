"""Whether a scheme serves everybody alike: who is paired and who waits, by group.

A group of fewer than five is not shown. Where that alone would let it be worked out from
the whole, the next smallest is not shown either; so what is hidden is always at least
two groups that hold five people together, or nothing is shown at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

from welcome.buddies.rules.profiles import NewcomerProfile
from welcome.buddies.rules.vocabulary import ANY_GENDER, Level, is_at_least, read_wish

FEWEST = 5
ENGLISH = "en"
NOBODYS = ""


class Dimension(StrEnum):
    """What people are compared by."""

    LANGUAGE = "language"
    AREA = "area"
    GENDER_WISH = "gender-wish"
    ENGLISH = "english"


@dataclass(frozen=True, slots=True)
class Standing:
    """A newcomer as the comparison sees them: one group of each dimension, no key."""

    groups: Mapping[Dimension, str]
    is_paired: bool
    waiting_days: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Of so many people, the share that is paired in per cent, and the median wait."""

    people: int
    paired_percent: int
    median_days: int


# A group that is hidden has none.
Table = Mapping[str, Figures | None]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The figures of everybody (none where they are too few) and of each group."""

    everybody: Figures | None
    tables: Mapping[Dimension, Table]


def describe(
    newcomer: NewcomerProfile, area: str, minimum: Level, *, is_paired: bool
) -> Standing:
    """Say which groups a newcomer belongs to; of several first languages, all as one."""
    english = newcomer.languages.get(ENGLISH)
    has_english = english is not None and is_at_least(english, minimum)
    wish = read_wish(newcomer.wish)
    return Standing(
        {
            Dimension.LANGUAGE: "+".join(sorted(newcomer.first_languages)) or NOBODYS,
            Dimension.AREA: area,
            Dimension.GENDER_WISH: "any"
            if newcomer.wish == ANY_GENDER
            else "+".join(wish),
            Dimension.ENGLISH: "yes" if has_english else "no",
        },
        is_paired,
        newcomer.waiting_days,
    )


def compare(standings: Sequence[Standing]) -> Ledger:
    """Compare groups by every dimension; small ones are hidden, and others with them."""
    if len(standings) < FEWEST:
        return Ledger(None, {dimension: {} for dimension in Dimension})
    return Ledger(
        _figures(standings),
        {dimension: _table(standings, dimension) for dimension in Dimension},
    )


def _table(standings: Iterable[Standing], dimension: Dimension) -> Table:
    groups: dict[str, list[Standing]] = {}
    for each in standings:
        groups.setdefault(each.groups[dimension], []).append(each)
    hidden = _hide({name: len(those) for name, those in groups.items()})
    return {
        name: None if name in hidden else _figures(those)
        for name, those in sorted(groups.items())
    }


def _hide(sizes: Mapping[str, int]) -> set[str]:
    """Choose what is hidden: the small groups, and the next until they protect each other.

    What is hidden can be worked out together from the whole, so together it is no small
    group; and as each small one is fewer than that, it is more than one group.
    """
    hidden = {name for name, size in sizes.items() if size < FEWEST}
    rest = sorted(sizes.keys() - hidden, key=lambda name: (sizes[name], name))
    while hidden and rest and sum(sizes[name] for name in hidden) < FEWEST:
        hidden.add(rest.pop(0))
    return hidden


def _figures(standings: Sequence[Standing]) -> Figures:
    paired = sum(each.is_paired for each in standings)
    return Figures(
        len(standings),
        100 * paired // len(standings),
        median_low(each.waiting_days for each in standings),
    )
