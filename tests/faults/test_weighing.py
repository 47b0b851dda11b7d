"""Scales tell a process that grows from one that made something once."""

from pathlib import Path

import pytest

from tests.faults.weighing import Scales

LOOKS = 30


@pytest.mark.parametrize(
    ("weights", "growth"),
    [
        ([60.0] * LOOKS, 0),
        ([60.0] * 24 + [100.0] * 6, 0),
        ([60.0 + each for each in range(LOOKS)], 9),
        ([60.0 + each for each in range(20)] + [119.0 + each for each in range(10)], 9),
    ],
    ids=["steady", "once", "ever more", "once, and ever more"],
)
def test_growth(weights: list[float], growth: float) -> None:
    scales = Scales(Path(), {1: "worker"}, {1: weights}, times=LOOKS)
    [(name, early, late)] = scales.growth()
    assert name == "worker 1"
    assert late - early == pytest.approx(growth)
