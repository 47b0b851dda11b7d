"""Notes on machine drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
