"""Made-up people: one pair that suits, and crowds by the seed."""

import random
from dataclasses import replace

from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.times import (
    ANY_TIME,
    NO_TIME,
    PartOfDay,
    Weekday,
    make_times,
)
from welcome.buddies.rules.vocabulary import (
    ANY_GENDER,
    BuddyRole,
    Gender,
    Level,
    make_wish,
)

LANGUAGES = ["en", "ar", "ti", "pl", "other:bajuni"]
EVENING = make_times([(Weekday.TUESDAY, PartOfDay.EVENING)])
MORNING = make_times([(Weekday.MONDAY, PartOfDay.MORNING)])

NEWCOMER = NewcomerProfile(
    key=1,
    organisation=1,
    languages={"ti": Level.FIRST, "ar": Level.WELL, "en": Level.A_FEW_WORDS},
    gender=Gender.WOMAN,
    times=EVENING,
    place=(400_000, 300_000),
)
VOLUNTEER = VolunteerProfile(
    key=2,
    organisation=1,
    languages={"en": Level.FIRST, "ar": Level.EVERYDAY},
    gender=Gender.WOMAN,
    times=EVENING | MORNING,
    place=(403_000, 304_000),
    reach_m=5_000,
    cleared_for=frozenset({BuddyRole.ADULT}),
)
POLICY = Policy()


def wishes(rolled: random.Random) -> int:
    """Mostly none."""
    wanted = rolled.choice(list(Gender))
    return rolled.choice([ANY_GENDER, ANY_GENDER, make_wish([wanted])])


def speaks(rolled: random.Random) -> dict[str, Level]:
    known = rolled.sample(LANGUAGES, rolled.randint(0, 3))
    return {language: rolled.choice(list(Level)) for language in known}


def shared(rolled: random.Random) -> dict[str, object]:
    """What both kinds of people say about themselves."""
    somewhere = (
        rolled.randint(400_000, 412_000),
        rolled.randint(300_000, 312_000),
    )
    return {
        "organisation": rolled.randint(1, 3),
        "languages": speaks(rolled),
        "gender": rolled.choice([*Gender, None]),
        "wish": wishes(rolled),
        "times": rolled.choice([NO_TIME, ANY_TIME, rolled.getrandbits(21)]),
        "place": rolled.choice([None, somewhere, somewhere, somewhere]),
        "interests": rolled.getrandbits(16),
        "is_adult": rolled.random() < 0.95,
    }


def newcomers(rolled: random.Random, count: int, among: int) -> list[NewcomerProfile]:
    """Roll newcomers with keys from 0; a few volunteers are blocked for each."""
    return [
        NewcomerProfile(
            key=key,
            role=rolled.choice(list(BuddyRole)),
            adults=2 if key % 5 == 0 else 1,
            waiting_days=rolled.randint(0, 500),
            priority_class=rolled.randint(0, 2),
            avoids_own_community=rolled.random() < 0.3,
            blocked=frozenset(rolled.choices(range(among + 1), k=rolled.randint(0, 2))),
            **shared(rolled),
        )
        for key in range(count)
    ]


def volunteers(rolled: random.Random, count: int) -> list[VolunteerProfile]:
    """Roll volunteers with keys from 0."""
    roles = [frozenset(), frozenset({BuddyRole.ADULT}), frozenset(BuddyRole)]
    return [
        VolunteerProfile(
            key=key,
            reach_m=rolled.choice([None, 0, 2_000, 5_000, 9_000]),
            cleared_for=rolled.choice(roles),
            capacity=rolled.randint(0, 3),
            held=rolled.randint(0, 1),
            **shared(rolled),
        )
        for key in range(count)
    ]


SHARING = replace(POLICY, sharing=frozenset({frozenset({1, 2})}), reach_m=4_000)
