"""Bringing together what two people changed at the same time: pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Both:
    """A field in which two people differ; theirs is taken where I left it alone."""

    name: str
    theirs: object
    mine: object
    is_theirs: bool


def bring_together(
    before: Mapping[str, T], theirs: Mapping[str, T], mine: Mapping[str, T]
) -> list[Both]:
    """List the fields that differ, and whose value goes on in each.

    `before` is what I began with; a field that it does not hold counts as changed.
    """
    return [
        Both(
            name,
            theirs.get(name),
            mine[name],
            is_theirs=name in before and before[name] == mine[name],
        )
        for name in mine
        if mine[name] != theirs.get(name)
    ]


def taken(differing: Sequence[Both]) -> dict[str, object]:
    """Give the values to take from the other."""
    return {each.name: each.theirs for each in differing if each.is_theirs}
