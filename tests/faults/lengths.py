"""How long the stories are: short among the other tests, long where one asks for it."""

import os
import random

import pytest

# About so many kills over all stories; 0 stands for the short form.
KILLS = int(os.environ.get("FAULTS_KILLS", "0"))
SEED = int(os.environ.get("FAULTS_SEED", "0")) or random.SystemRandom().randrange(10**6)
ENGINE = os.environ.get("FAULTS_ENGINE", "pseudo")
SOAK_SECONDS = int(os.environ.get("SOAK_SECONDS", "20"))

IS_LONG = KILLS > 0

# Where rows and jobs lie besides files; the stories told there are shorter.
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgresql)
REDIS = pytest.param("redis", marks=pytest.mark.postgresql)


def kills(*, share: float, short: int) -> int:
    """Say how often a story kills: its share of all, or a few times."""
    return max(short, round(KILLS * share))


def dice(story: str) -> random.Random:
    """Give a story its own chances: the same in every run with the same seed."""
    return random.Random(f"{SEED} {story}")
