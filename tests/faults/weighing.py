"""How much memory the processes of an installation hold, looked at again and again."""

import statistics
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import psutil

from tests.faults import killing

MB = 1024 * 1024


@dataclass
class Scales:
    """The weight of each process over time, in MB that are its own alone."""

    instance: Path
    names: dict[int, str] = field(default_factory=dict)
    weights: dict[int, list[float]] = field(default_factory=dict)
    times: int = 0

    def weigh(self) -> None:
        """Weigh everybody who works on the instance now; who is gone is forgotten."""
        self.times += 1
        found = {}
        for each in killing.who_works_on(self.instance):
            with suppress(psutil.Error):
                weight = each.memory_full_info().uss / MB
                self.names[each.pid] = " ".join(each.cmdline()[3:4])
                found[each.pid] = [*self.weights.get(each.pid, []), weight]
        self.weights = found

    def growth(self) -> Iterator[tuple[str, float, float]]:
        """Give the name of who was there for most of it, its weight early and at the end.

        The first third is left out: in it, whatever is made once is made. The one greatest
        step after it is let go too: who seldom works comes to a kind of work late.
        """
        third = max(1, self.times // 3)
        for pid, weights in self.weights.items():
            if len(weights) >= 2 * third:
                kept = weights[-2 * third :]
                early, late = (
                    statistics.median(each) for each in (kept[:third], kept[third:])
                )
                once = max(0, *(after - before for before, after in pairwise(kept)))
                yield f"{self.names[pid]} {pid}", early, max(early, late - once)
