"""Drafts of inline Markdown: what must come through is kept from the engine, then verified."""

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from welcome.translation.errors import EngineFailed

from .engine import Engine


class DraftNote(StrEnum):
    """What a reviewer should know about how a draft was made, or what is odd in it."""

    VIA = "via"
    IN_PIECES = "in-pieces"
    FACT_LOST = "fact-lost"
    FACT_ADDED = "fact-added"
    REPETITION = "repetition"
    LENGTH = "length"
    UNTRANSLATED = "untranslated"
    WRONG_SCRIPT = "wrong-script"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Note:
    """One note; `params` fill its sentence."""

    code: DraftNote
    params: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_grave(self) -> bool:
        """Tell whether a reader could be misled by it."""
        return self.code in (DraftNote.FACT_LOST, DraftNote.FACT_ADDED)


@dataclass(frozen=True)
class Made:
    """A draft; an empty text says that the engine had nothing to offer.

    `confidence` is the mean log-probability of a token, None where nobody knows.
    """

    text: str
    notes: tuple[Note, ...] = ()
    confidence: float | None = None


# Drafts as they are made, in the order of their texts; closing it ends the work.
Chunks = Generator[list[Made], None, None]


@dataclass(frozen=True)
class Task:
    """Texts to draft from one locale into another (BCP 47 tags).

    `names` are never translated; `region` (ISO 3166) is where phone numbers without a
    country code are dialled.
    """

    texts: Sequence[str]
    source: str
    target: str
    names: Collection[str] = ()
    region: str = "GB"


def make(engine: Engine, task: Task) -> list[Made]:
    """Draft texts of inline Markdown; one draft for each, in the same order.

    Raises EngineFailed where the engine gives another number of texts, NoRoute.
    """
    answers = engine.translate(task.texts, task.source, task.target)
    if len(answers) != len(task.texts):
        counts = {"given": len(task.texts), "got": len(answers)}
        raise EngineFailed(engine=engine.name, **counts)
    return [Made(each.text, confidence=each.confidence) for each in answers]
