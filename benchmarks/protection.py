"""What comes through the tiny models: facts, links, emphasis, by the way that is taken.

Whatever stands in a text besides words must stand in its draft, or the draft says so.
"""

import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.translation.machine.facts import GRAVE, NAMES, facts, texts, unmarked
from welcome.config import Settings
from welcome.translation.machine.argos.engine import ArgosEngine
from welcome.translation.machine.argos.installing import install
from welcome.translation.machine.drafts import DraftNote, Made, Task, make
from welcome.translation.machine.engine import Engine

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
COLUMNS = (
    "texts",
    "with facts",
    "one text",
    "in pieces",
    "nothing",
    "marked",
    "silent",
)


@dataclass(frozen=True)
class Way:
    """A way, the texts that took it, and their drafts."""

    name: str
    sources: list[str]
    made: list[Made]

    @property
    def figures(self) -> tuple[int, ...]:
        """Count the drafts by what became of them, as `COLUMNS` says."""
        codes = [{note.code for note in each.notes} for each in self.made]
        nothing = sum(not each.text for each in self.made)
        pieces = sum(DraftNote.IN_PIECES in each for each in codes)
        return (
            len(self.made),
            sum(bool(facts(text)) for text in self.sources),
            len(self.made) - nothing - pieces,
            pieces,
            nothing,
            sum(bool(GRAVE & each) for each in codes),
            len(unmarked(self.sources, self.made)),
        )


def draft(engine: Engine, sources: list[str], source: str, target: str) -> Way:
    """Draft texts from one locale into another."""
    route = engine.find_route(source, target) or ()
    made = make(engine, Task(sources, source, target, NAMES, "GB"))
    return Way(" > ".join(route), sources, made)


def take_every_way(engine: Engine) -> list[Way]:
    """Draft the pack from English, and its French drafts from French."""
    french = draft(engine, texts(), "en", "fr")
    urdu = draft(engine, texts(), "en", "ur")
    spoken = [each.text for each in french.made if each.text]
    back = [draft(engine, spoken, "fr", target) for target in ("en", "ur")]
    return [french, urdu, *back]


def main() -> int:
    """Print the figures by way; exit code 1 where a fact was lost or added in silence."""
    with tempfile.TemporaryDirectory(prefix="welcome-bench-") as place:
        settings = Settings(instance=Path(place))
        for package in sorted(Path("content/models").glob("*.argosmodel")):
            install(package, settings, now=NOW)
        ways = take_every_way(ArgosEngine(settings))
    print(f"{'way':<14}" + "".join(f"{each:>12}" for each in COLUMNS))
    for way in ways:
        print(f"{way.name:<14}" + "".join(f"{each:>12}" for each in way.figures))
    return int(any(way.figures[-1] for way in ways))


if __name__ == "__main__":
    sys.exit(main())
