"""What the people at the site were told, and what they do not know."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults.clients import Answer, Cut


@dataclass
class _Fate:
    """The texts of a unit: the newest that was told to be saved, and the open ones."""

    text: str = ""
    revision: int = -1
    under_way: set[str] = field(default_factory=set)
    # With the revision that each was sent on top of.
    cut: dict[str, int] = field(default_factory=dict)


@dataclass
class Memory:
    """What all of them remember together."""

    answers: Counter[int] = field(default_factory=Counter)
    cut: int = 0
    jobs: list[int] = field(default_factory=list)
    ever_saved: list[tuple[int, str]] = field(default_factory=list)
    _fates: dict[int, _Fate] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, answer: Answer) -> Answer:
        """Count an answer by its code."""
        with self._lock:
            self.answers[answer.code] += 1
        return answer

    @contextmanager
    def saving(self, unit_id: int, text: str, revision: int) -> Iterator[None]:
        """Remember that a text was sent; cut off, nobody knows what became of it."""
        with self._lock:
            fate = self._fates.setdefault(unit_id, _Fate())
            fate.under_way.add(text)
        try:
            yield
        except Cut:
            with self._lock:
                fate.cut[text] = revision
            raise
        finally:
            with self._lock:
                fate.under_way.discard(text)

    def told_saved(self, unit_id: int, text: str, revision: int) -> None:
        """Remember that a text was told to be saved on top of a revision."""
        with self._lock:
            self.ever_saved.append((unit_id, text))
            fate = self._fates.setdefault(unit_id, _Fate())
            # Answers may overtake each other; what was sent on top of an older one is over.
            if revision > fate.revision:
                fate.text, fate.revision = text, revision
                fate.cut = {
                    each: base for each, base in fate.cut.items() if base > revision
                }

    def possible(self) -> dict[int, set[str]]:
        """Give for each unit with a text told to be saved what may stand there."""
        with self._lock:
            return {
                unit_id: {fate.text, *fate.under_way, *fate.cut}
                for unit_id, fate in self._fates.items()
                if fate.revision >= 0
            }
