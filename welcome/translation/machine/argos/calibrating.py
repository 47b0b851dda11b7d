"""Which sentinels a model lets through: tried out once, when its package is installed."""

from collections.abc import Sequence

from welcome.config import Settings
from welcome.translation.machine import marks
from welcome.translation.machine.engine import Marks
from welcome.translation.machine.splitting import split

from .engine import ask
from .models import Model

# Sentences as packs have them, where a sentinel stands at the beginning, inside, at
# the end, alone, twice. Models of other sources than English get them all the same:
# what counts is whether the sentinels come back.
PROBES = (
    "Call {1} for help.",
    "{1} is open every day.",
    "Write to {1}.",
    "See {1} or ask at {2}.",
    "The office opens at {1} and closes at {2}.",
    "You can get help from {1}.",
    "It costs {1}.",
    "Go to {1}, {2} or {3}.",
    "Take {1} with you.",
    "{1}: {2}",
    "Ask {1} if you need help with your home.",
    "The school is at {1}.",
)
# Where more are lost, splitting at once is cheaper than trying.
LEAST_SHARE = 0.5
GREETING = "Welcome."


def calibrate(model: Model, settings: Settings) -> tuple[Marks, ...]:
    """List the families that mostly come through a model, the best first."""
    shares = {family: _share(model, settings, family) for family in Marks}
    good = [family for family, share in shares.items() if share >= LEAST_SHARE]
    return tuple(sorted(good, key=lambda family: -shares[family]))


def greet(model: Model, settings: Settings) -> str:
    """Have a model say something; empty where it is dumb."""
    return ask(model, [split(GREETING)], settings)[0].text


def _share(model: Model, settings: Settings, family: Marks) -> float:
    probes = [_fill(probe, family) for probe in PROBES]
    said = ask(model, [split(text) for text, _count in probes], settings)
    whole = [
        sorted(mark.number for mark in marks.find(family, answer.text))
        == list(range(1, count + 1))
        for answer, (_text, count) in zip(said, probes, strict=True)
    ]
    return sum(whole) / len(whole)


def _fill(probe: str, family: Marks) -> tuple[str, int]:
    numbers: Sequence[int] = [each for each in (1, 2, 3) if f"{{{each}}}" in probe]
    text = probe
    for number in numbers:
        text = text.replace(f"{{{number}}}", marks.write(family, number))
    return text, len(numbers)
