"""What came of the faults: one line each, with zeros where nothing was lost."""

from collections.abc import Iterator
from dataclasses import dataclass, field

COLUMNS = ("kills", "lost jobs", "half states", "lost texts", "doubled", "other")


@dataclass
class Fault:
    """One kind of harm: how often it was done, and which laws were broken then."""

    name: str
    kills: int = 0
    broken: dict[str, list[str]] = field(default_factory=dict)
    # What is allowed, and must be told all the same.
    notes: list[str] = field(default_factory=list)

    def breaks(self, law: str, sentence: str) -> None:
        """Note that a law was broken."""
        said = self.broken.setdefault(law, [])
        if sentence not in said:
            said.append(sentence)

    def note(self, sentence: str) -> None:
        """Note something that is allowed."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def told(self) -> str:
        """Tell what was broken, for who reads the failure."""
        return "\n".join(
            f"{law}: {sentence}"
            for law, said in self.broken.items()
            for sentence in said
        )


FAULTS: list[Fault] = []


def fault(name: str) -> Fault:
    """Open a line of the report."""
    opened = Fault(name)
    FAULTS.append(opened)
    return opened


def lines() -> Iterator[str]:
    """Write the report as a table."""
    width = max((len(each.name) for each in FAULTS), default=0)
    yield f"{'fault':<{width}}  " + "  ".join(f"{each:>11}" for each in COLUMNS)
    for each in FAULTS:
        yield f"{each.name:<{width}}  " + "  ".join(f"{n:>11}" for n in _counts(each))
    total = [sum(counts) for counts in zip(*map(_counts, FAULTS), strict=True)]
    yield f"{'all':<{width}}  " + "  ".join(f"{n:>11}" for n in total)
    for each in FAULTS:
        yield from (f"{each.name}: {said}" for said in each.notes)


def _counts(each: Fault) -> list[int]:
    named = [len(each.broken.get(law, ())) for law in COLUMNS[1:-1]]
    other = sum(len(said) for law, said in each.broken.items() if law not in COLUMNS)
    return [each.kills, *named, other]
