"""What it costs to find every possible pair, and to say why one person waits.

The same crowd is asked in two ways: all at once by sets of bits, and person by person by
the rules themselves, which is what the sets stand for.

Prepared once, whoever is asked about: the sets of the volunteers (`crowd ms`, which holds
one person's reasons as well). Paid for each person, and promised: all that is made from
their own languages, wish, times and place, from a profile to the funnel and the near ones.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from welcome.buddies.explaining.reasons import explain_waiting
from welcome.buddies.rules.crowd import Crowd
from welcome.buddies.rules.offers import list_offers
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.vetoes import list_vetoes
from welcome.buddies.rules.vocabulary import (
    ANY_GENDER,
    BuddyRole,
    Gender,
    Level,
    make_wish,
)

# Share of newcomers and of volunteers in hundreds; English is everybody's second.
LANGUAGES = {
    "en": (0, 60), "ar": (15, 2), "pa": (11, 10), "ckb": (11, 1), "ro": (10, 2),
    "ur": (9, 7), "pl": (8, 3), "ps": (7, 1), "uk": (7, 1), "prs": (6, 1), "fa": (6, 1),
    "ti": (5, 1), "bn": (5, 3), "sq": (4, 1), "so": (3, 1), "vi": (1, 1),
}  # fmt: skip
REACHES = [3_000, 5_000, 8_000, 12_000]
BETWEEN_TOWNS = 24_000
ASKED, ONE_BY_ONE = 1_000, 20
MOST = 2.0


@dataclass(frozen=True)
class Size:
    """How many people, over how many towns."""

    newcomers: int
    volunteers: int
    towns: int


SIZES = [Size(1_000, 700, 1), Size(10_000, 7_000, 30), Size(10_000, 7_000, 10)]


def _spoken(rolled: random.Random, side: int) -> dict[str, Level]:
    shares = [each[side] for each in LANGUAGES.values()]
    first = rolled.choices(list(LANGUAGES), shares)[0]
    second = rolled.choices(list(Level), [(5, 3, 1, 0), (0, 1, 4, 5)][side])[0]
    return {"en": second} | {first: Level.FIRST}


def _shared(rolled: random.Random, towns: int, side: int) -> dict[str, object]:
    gender = rolled.choice([Gender.WOMAN, Gender.MAN])
    town = rolled.randrange(towns) * BETWEEN_TOWNS
    wishes = rolled.random() < (0.3, 0.1)[side]
    return {
        "languages": _spoken(rolled, side),
        "gender": gender,
        "wish": make_wish([gender]) if wishes else ANY_GENDER,
        "times": sum(1 << slot for slot in range(21) if rolled.random() < 0.25),
        "place": (town + int(rolled.gauss(0, 2_500)), int(rolled.gauss(0, 2_500))),
        "interests": rolled.getrandbits(16) & rolled.getrandbits(16),
    }


def make(size: Size) -> tuple[list[NewcomerProfile], list[VolunteerProfile]]:
    """Roll the people of a size."""
    rolled = random.Random(1)
    newcomers = [
        NewcomerProfile(key=key, **_shared(rolled, size.towns, 0))
        for key in range(size.newcomers)
    ]
    cleared = [frozenset(), *[frozenset(BuddyRole)] * 4]
    volunteers = [
        VolunteerProfile(
            key=key,
            reach_m=rolled.choice(REACHES),
            cleared_for=rolled.choice(cleared),
            capacity=rolled.choice([1, 1, 1, 2, 3]),
            held=rolled.choice([0, 0, 1]),
            **_shared(rolled, size.towns, 1),
        )
        for key in range(size.volunteers)
    ]
    return newcomers, volunteers


def seconds_of(act: Callable[[], object]) -> float:
    """Give the processor time of an act in seconds."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def _milliseconds(act: Callable[[], object]) -> float:
    return seconds_of(act) * 1_000


def main() -> int:
    """Print the figures of each size; exit code 1 where reasons miss what is promised."""
    policy, kept = Policy(), True
    print(
        f"{'newcomers':>9}{'volunteers':>11}{'towns':>6}{'pairs':>10}{'all pairs s':>12}"
        f"{'crowd ms':>10}{'why p50 ms':>12}{'p95':>7}{'max':>7}{'one by one':>12}{'ratio':>7}"
    )
    for size in SIZES:
        newcomers, volunteers = make(size)
        found: list[dict[int, list[tuple[int, int]]]] = []
        seconds = (
            _milliseconds(
                lambda n=newcomers, v=volunteers, f=found: f.append(
                    list_offers(n, v, policy)
                )
            )
            / 1_000
        )
        begun = time.process_time()
        crowd = Crowd(volunteers, policy)
        explain_waiting(newcomers[0], crowd)
        prepared = (time.process_time() - begun) * 1_000
        times = sorted(
            _milliseconds(lambda n=each, c=crowd: explain_waiting(n, c))
            for each in newcomers[:ASKED]
        )
        slow = statistics.median(
            _milliseconds(
                lambda n=each, v=volunteers: [list_vetoes(n, one, policy) for one in v]
            )
            for each in newcomers[:ONE_BY_ONE]
        )
        middle, late = statistics.median(times), times[int(len(times) * 0.95)]
        kept &= late <= MOST
        pairs = sum(len(each) for each in found[0].values())
        print(
            f"{size.newcomers:>9}{size.volunteers:>11}{size.towns:>6}{pairs:>10}"
            f"{seconds:>12.2f}{prepared:>10.1f}{middle:>12.2f}{late:>7.2f}"
            f"{times[-1]:>7.2f}{slow:>12.1f}{slow / middle:>7.0f}"
        )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
