"""Whether a scheme serves everybody alike: who is paired and who waits, by group.

Small groups are not shown, see `hiding`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

from welcome.buddies.explaining.hiding import FEWEST, hide
from welcome.buddies.rules.profiles import NewcomerProfile
from welcome.buddies.rules.spoken import OTHER
from welcome.buddies.rules.vocabulary import Level, group_wish, is_at_least

ENGLISH = "en"
NOBODYS = ""
# Of a language that is not listed.
TYPED = f"{OTHER}–"


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
    """Say which groups a newcomer belongs to; of several first languages, all as one.

    Groups are as wide as what is kept of somebody once they are erased: whether they
    wished for women or men alone, and of a language typed by hand that there was one.
    """
    english = newcomer.languages.get(ENGLISH)
    has_english = english is not None and is_at_least(english, minimum)
    first = {
        TYPED if each.startswith(OTHER) else each for each in newcomer.first_languages
    }
    return Standing(
        {
            Dimension.LANGUAGE: "+".join(sorted(first)) or NOBODYS,
            Dimension.AREA: area,
            Dimension.GENDER_WISH: group_wish(newcomer.wish).value,
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


def find_gap(table: Table) -> tuple[str, str] | None:
    """Name the groups that are paired least and most often; None where none differ."""
    shown = {name: figures for name, figures in table.items() if figures}
    ranked = sorted(shown, key=lambda name: (shown[name].paired_percent, name))
    if not ranked:
        return None
    least, most = ranked[0], ranked[-1]
    if shown[least].paired_percent == shown[most].paired_percent:
        return None
    return least, most


def _table(standings: Iterable[Standing], dimension: Dimension) -> Table:
    groups: dict[str, list[Standing]] = {}
    for each in standings:
        groups.setdefault(each.groups[dimension], []).append(each)
    hidden = hide({name: len(those) for name, those in groups.items()})
    return {
        name: None if name in hidden else _figures(those)
        for name, those in sorted(groups.items())
    }


def _figures(standings: Sequence[Standing]) -> Figures:
    paired = sum(each.is_paired for each in standings)
    return Figures(
        len(standings),
        100 * paired // len(standings),
        median_low(each.waiting_days for each in standings),
    )
