"""Made-up newcomers and volunteers in realistic, skewed numbers; seeded.

28 languages: newcomers' by who arrives, volunteers' by who lives in a town of the West
Midlands, six in ten with English first. A pair needs a language of at least B1 on both
sides, agreeing gender wishes, a common half-day, and a home within the volunteer's
reach. So a few have hundreds of candidates, and many have none.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from welcome.buddies.exact.problem import Problem, Seat

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
# Name, how many newcomers and volunteers have it first, others often spoken beside it.
LANGUAGES: tuple[tuple[str, float, float, tuple[str, ...]], ...] = (
    ("English", 0.5, 60, ()), ("Panjabi", 9, 10, ("Hindi", "Urdu")),
    ("Urdu", 8, 7, ("Panjabi", "Hindi")), ("Romanian", 9, 2, ("Italian",)),
    ("Polish", 7, 2.5, ("Russian",)), ("Bengali", 5, 2.5, ("Hindi", "Urdu")),
    ("Gujarati", 2, 2.5, ("Hindi",)), ("Arabic", 12, 2, ("French",)),
    ("Sorani", 9, 0.8, ("Arabic", "Farsi")), ("Pashto", 6, 0.6, ("Dari", "Urdu")),
    ("Dari", 5, 0.3, ("Pashto", "Farsi")), ("Farsi", 5, 0.6, ("Dari",)),
    ("Tigrinya", 4.5, 0.25, ("Arabic", "Amharic")), ("Amharic", 1.5, 0.15, ("Tigrinya",)),
    ("Albanian", 4, 0.4, ("Italian",)), ("Ukrainian", 6, 0.7, ("Russian",)),
    ("Russian", 1.5, 0.5, ("Ukrainian",)), ("Somali", 2.5, 0.4, ("Arabic", "Swahili")),
    ("Spanish", 1, 0.6, ()), ("French", 1.5, 0.8, ()), ("Portuguese", 1.5, 0.5, ()),
    ("Italian", 1.5, 0.9, ()), ("Lithuanian", 1.2, 0.3, ("Russian",)),
    ("Bulgarian", 1.5, 0.3, ("Russian",)), ("Vietnamese", 0.8, 0.15, ()),
    ("Mandarin", 0.8, 0.4, ()), ("Hindi", 1.5, 2, ("Urdu", "Panjabi")),
    ("Swahili", 0.6, 0.2, ("English",)),
)  # fmt: skip
NAMES = [name for name, *_rest in LANGUAGES]
# What people with English first have learnt.
LEARNT = {
    "French": 0.12,
    "Spanish": 0.08,
    "Italian": 0.03,
    "Arabic": 0.02,
    "Urdu": 0.02,
}
B1, NATIVE, LEVELS = 3, 6, (3, 4, 5, 6)
SLOTS, INTERESTS = 21, 16
FARTHEST = 12.0


@dataclass(frozen=True)
class Size:
    """How many, and over how many towns they are spread: more towns, fewer pairs."""

    newcomers: int
    towns: int
    volunteers_each: float = 0.7

    def __str__(self) -> str:
        return f"{self.newcomers} newcomers, {self.towns} towns"


@dataclass(frozen=True)
class People:
    """One side: level by language, place in km, and bit masks of the rest."""

    levels: NDArray[np.int8]
    place: Floats
    slots: Numbers
    interests: Numbers
    gender: Numbers
    wish: Numbers
    age: Numbers

    def masks(self) -> dict[int, Numbers]:
        """Languages spoken at a level or better, as bits."""
        bits = 1 << np.arange(len(NAMES))
        return {level: ((self.levels >= level) * bits).sum(1) for level in LEVELS}


def make(size: Size, seed: int = 1) -> Problem:
    """Everybody of a size, as the matching is asked."""
    rng = np.random.default_rng(seed)
    towns = _towns(rng, size.towns)
    shares = rng.dirichlet(np.full(size.towns, 5.0))
    newcomers = _people(rng, size.newcomers, (towns, shares), is_newcomer=True)
    # One in five is still waiting for a clearance.
    count = int(size.newcomers * size.volunteers_each * 0.8)
    volunteers = _people(rng, count, (towns, shares), is_newcomer=False)
    reach = rng.choice([3.0, 5.0, 8.0, FARTHEST], size=count, p=[0.2, 0.4, 0.3, 0.1])
    places = rng.choice([1, 2, 3, 4], size=count, p=[0.6, 0.25, 0.1, 0.05])
    waited = np.minimum(rng.exponential(45, size.newcomers).astype(int), 364)
    urgent = rng.choice([0, 1, 2], size=size.newcomers, p=[0.8, 0.15, 0.05])
    offers: dict[int, list[tuple[int, int]]] = {n: [] for n in range(size.newcomers)}
    for i, j, score in _pairs(newcomers, volunteers, reach):
        for newcomer, volunteer, each in zip(
            i.tolist(), j.tolist(), score.tolist(), strict=True
        ):
            offers[newcomer].append((volunteer, each))
    priorities = (urgent * 365 + waited).tolist()
    return Problem(
        [Seat(at, priority) for at, priority in enumerate(priorities)],
        dict(enumerate(places.tolist())),
        offers,
    )


def _towns(rng: np.random.Generator, count: int) -> Floats:
    side = math.ceil(math.sqrt(count))
    grid = np.array([(at // side * 17.8, at % side * 16.2) for at in range(count)])
    return grid + rng.normal(0, 1.0, grid.shape)


def _people(
    rng: np.random.Generator,
    count: int,
    towns: tuple[Floats, Floats],
    *,
    is_newcomer: bool,
) -> People:
    centres, shares = towns
    usual = 0.12 if is_newcomer else 0.03
    gender = rng.choice(
        3, size=count, p=[0.55, 0.43, 0.02] if is_newcomer else [0.35, 0.63, 0.02]
    )
    often = np.where(gender == 1, 0.45 if is_newcomer else 0.18, usual)
    wish = np.where(rng.random(count) < often, 1 << gender, 7)
    home = rng.choice(len(centres), size=count, p=shares)
    weekday, weekend = (
        ((0.35, 0.35, 0.22), (0.3, 0.3, 0.3)),
        ((0.12, 0.12, 0.22), (0.28, 0.28, 0.12)),
    )
    day, end = weekday if is_newcomer else weekend
    chance = np.array([*day * 5, *end * 2])
    return People(
        _levels(rng, count, is_newcomer=is_newcomer),
        centres[home] + rng.normal(0, 2.45, (count, 2)),
        (rng.random((count, SLOTS)) < chance) @ (1 << np.arange(SLOTS)),
        (rng.random((count, INTERESTS)) < 0.2) @ (1 << np.arange(INTERESTS)),
        gender,
        wish,
        rng.integers(18, 70, count),
    )


def _levels(
    rng: np.random.Generator, count: int, *, is_newcomer: bool
) -> NDArray[np.int8]:
    weights = np.array([each[1 if is_newcomer else 2] for each in LANGUAGES])
    first = rng.choice(len(NAMES), size=count, p=weights / weights.sum())
    levels = np.zeros((count, len(NAMES)), np.int8)
    for at, (_name, _new, _here, others) in enumerate(LANGUAGES):
        for other in others:
            some = np.flatnonzero((first == at) & (rng.random(count) < 0.35))
            levels[some, NAMES.index(other)] = rng.integers(2, 6, len(some))
    if is_newcomer:
        english = rng.choice(6, size=count, p=[0.22, 0.25, 0.22, 0.17, 0.10, 0.04])
    else:
        english = rng.choice([3, 4, 5, 6], size=count, p=[0.05, 0.15, 0.3, 0.5])
        for other, share in LEARNT.items():
            some = np.flatnonzero((first == 0) & (rng.random(count) < share))
            levels[some, NAMES.index(other)] = rng.integers(1, 6, len(some))
    levels[:, 0] = np.maximum(levels[:, 0], english)
    levels[np.arange(count), first] = NATIVE
    return levels


def _pairs(
    newcomers: People, volunteers: People, reach: Floats
) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
    """Pairs that can be, with their scores, by the square the volunteers live in."""
    squares = np.floor(volunteers.place / FARTHEST).astype(int)
    near = np.floor(newcomers.place / FARTHEST).astype(int)
    masks = newcomers.masks(), volunteers.masks()
    for square in np.unique(squares, axis=0):
        around = np.flatnonzero((np.abs(near - square) <= 1).all(1))
        here = np.flatnonzero((squares == square).all(1))
        for part in np.array_split(here, len(here) // 200 + 1):
            i, j = np.nonzero(masks[0][B1][around][:, None] & masks[1][B1][part])
            yield _scored(newcomers, volunteers, (around[i], part[j], reach, masks))


def _scored(
    newcomers: People, volunteers: People, given: tuple
) -> tuple[Numbers, Numbers, Numbers]:
    i, j, reach, masks = given
    far = np.hypot(*(newcomers.place[i] - volunteers.place[j]).T)
    can = (far <= reach[j]) & (newcomers.slots[i] & volunteers.slots[j] != 0)
    can &= newcomers.wish[i] >> volunteers.gender[j] & 1 == 1
    can &= volunteers.wish[j] >> newcomers.gender[i] & 1 == 1
    i, j, far = i[can], j[can], far[can]
    score = np.ones(len(i), np.int64)
    for level, worth in zip(LEVELS, (6, 6, 8, 10), strict=True):
        score += worth * (masks[0][level][i] & masks[1][level][j] != 0)
    shared = np.bitwise_count(newcomers.interests[i] & volunteers.interests[j])
    score += np.minimum(shared, 4).astype(int) * 6
    score += (
        np.minimum(
            np.bitwise_count(newcomers.slots[i] & volunteers.slots[j]), 5
        ).astype(int)
        * 3
    )
    score += ((1 - far / reach[j]) * 20).astype(int)
    score += np.where(np.abs(newcomers.age[i] - volunteers.age[j]) <= 10, 10, 0)
    return i, j, np.minimum(score, 100)
