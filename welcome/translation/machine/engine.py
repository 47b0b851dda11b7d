"""What every translation engine answers to: plain texts in, plain texts out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Marks(Enum):
    """Families of sentinels that stand for what an engine must not touch."""

    BRACKETS = "brackets"
    LETTERS = "letters"


@dataclass(frozen=True)
class Answer:
    """What an engine says for one text.

    `confidence` is the mean log-probability of a token (0 at best, lower is worse);
    None where the engine does not tell.
    """

    text: str
    confidence: float | None = None


class Engine(Protocol):
    """Something that offers translations; it never decides anything."""

    @property
    def name(self) -> str:
        """The name under which its drafts are kept."""

    @property
    def sends_to(self) -> str:
        """The address that gets the texts; empty where they stay on this machine."""

    def find_route(self, source: str, target: str) -> tuple[str, ...] | None:
        """Name the locales a text passes, both ends included; None where no way leads.

        Three or more say that it is translated more than once.
        """

    def list_marks(self, source: str, target: str) -> tuple[Marks, ...]:
        """List the families of sentinels that are known to come through, best first."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, careful: bool = False
    ) -> list[Answer]:
        """Translate plain texts from one locale (BCP 47 tag) into another.

        A text is inline text without markup; sentinels stand in it. `careful` asks for
        another try that costs more or reads worse, for texts whose first went wrong.
        The answer has one entry for each text given, in the same order. Raises NoRoute.
        """
