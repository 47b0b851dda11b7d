"""Texts that say nearly the same: a window of lengths, then a ratio."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from rapidfuzz import fuzz, process

# Two texts of which one is shorter than this share of the other never reach CUTOFF.
SHARE = 0.6
CUTOFF = 75


@dataclass(frozen=True)
class Candidate:
    """A remembered pair."""

    source: str
    target: str


@dataclass(frozen=True)
class Scored:
    """A remembered pair and how alike its source is, from 0 to 100."""

    candidate: Candidate
    score: int


def window(length: int) -> tuple[int, int]:
    """Give the least and the greatest length that a text of this length can be like."""
    return math.floor(length * SHARE), math.ceil(length / SHARE)


def best(text: str, candidates: Sequence[Candidate], *, limit: int = 3) -> list[Scored]:
    """Give the candidates most like a text, the best first; one for each target."""
    low, high = window(len(text))
    near = [each for each in candidates if low <= len(each.source) <= high]
    found = process.extract(
        text.lower(),
        [each.source.lower() for each in near],
        scorer=fuzz.ratio,
        score_cutoff=CUTOFF,
        limit=limit * 3,
    )
    scored = (Scored(near[at], math.floor(score)) for _text, score, at in found)
    return _first_of_each(scored)[:limit]


def _first_of_each(scored: Iterable[Scored]) -> list[Scored]:
    kept: dict[str, Scored] = {}
    for each in sorted(scored, key=attrgetter("score"), reverse=True):
        kept.setdefault(each.candidate.target, each)
    return list(kept.values())
