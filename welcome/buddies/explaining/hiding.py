"""Which groups are too small to be shown, and which others would give them away.

A group of fewer than five is not shown. Where that alone would let it be worked out from
the whole, the next smallest is not shown either; so what is hidden is always at least
two groups that hold five people together, or nothing is shown at all. Nobody is no
group: nought tells of no one.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

FEWEST = 5

Name = TypeVar("Name", str, int)


def is_small(size: int) -> bool:
    """Tell whether so few people could be known by their number alone."""
    return 0 < size < FEWEST


def round_down(size: int) -> int:
    """Give the greatest multiple of five that is no more; small numbers give nought.

    For numbers of groups that overlap: their differences tell of no small group.
    """
    return size - size % FEWEST


def hide(sizes: Mapping[Name, int], also: Collection[Name] = ()) -> set[Name]:
    """Choose what is hidden: the small groups, and the next until they protect each other.

    What is hidden can be worked out together from the whole, so together it is no small
    group, and more than one. `also` names groups that are hidden for another reason.
    """
    hidden = {name for name, size in sizes.items() if is_small(size) or name in also}
    rest = sorted(
        (name for name, size in sizes.items() if size and name not in hidden),
        key=lambda name: (sizes[name], name),
    )
    while hidden and rest and _gives_away(sizes, hidden):
        hidden.add(rest.pop(0))
    return hidden


def hide_together(parts: Sequence[Mapping[Name, int]]) -> set[Name]:
    """Choose what is hidden of parts that sum to something shown: all alike."""
    hidden: set[Name] = set()
    while True:
        before = len(hidden)
        for sizes in parts:
            hidden = hide(sizes, hidden)
        if len(hidden) == before:
            return hidden


def _gives_away(sizes: Mapping[Name, int], hidden: Collection[Name]) -> bool:
    return len(hidden) < 2 or is_small(sum(sizes[name] for name in hidden))
