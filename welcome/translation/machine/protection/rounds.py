"""Rounds of asking: what failed in one is asked again in the next, all at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from welcome.translation.errors import EngineFailed
from welcome.translation.machine import marks
from welcome.translation.machine.engine import Answer, Engine, Marks

from . import words
from .pieces import Line, has_words

# Words, and the numbers of what stands between them in the order of the draft.
Template = tuple[str | int, ...]


@dataclass(frozen=True)
class Solved:
    """How a line reads in the target.

    `in_pieces` where its words were parted; `left` counts the pieces of words that stand
    as in the source, of all its `pieces`: the engine had nothing to say.
    """

    template: Template
    confidence: float | None = None
    in_pieces: bool = False
    left: int = 0
    pieces: int = 0


@dataclass
class Asking:
    """One engine, from one locale into another."""

    engine: Engine
    source: str
    target: str
    solved: dict[Line, Solved] = field(default_factory=dict)

    def solve(self, lines: Iterable[Line]) -> Mapping[Line, Solved]:
        """Find how each line reads; raises EngineFailed, NoRoute."""
        wanted = list(dict.fromkeys(lines))
        for line in wanted:
            if not has_words(line):
                self.solved[line] = Solved(_as_it_stands(line))
        families = self.engine.list_marks(self.source, self.target)
        plain = [line for line in wanted if len(line) == 1]
        self._ask_whole(self._left(plain), Marks.BRACKETS)
        mixed = [line for line in wanted if len(line) > 1]
        for family in families:
            self._ask_whole(self._left(mixed), family)
        self._ask_carefully(wanted, families[0] if families else Marks.BRACKETS)
        self._ask_in_pieces(self._left(wanted))
        return self.solved

    def _left(self, lines: Sequence[Line]) -> list[Line]:
        return [line for line in lines if line not in self.solved]

    def _ask_whole(
        self, lines: Sequence[Line], family: Marks, *, careful: bool = False
    ) -> None:
        """Ask for lines with sentinels in them; those that come through are solved."""
        asked = [_mask(line, family) for line in lines]
        for line, text, answer in zip(
            lines, asked, self._ask(asked, careful=careful), strict=True
        ):
            if template := _unmask(line, words.settle(text, answer.text), family):
                self.solved[line] = Solved(template, answer.confidence, pieces=1)

    def _ask_carefully(self, lines: Sequence[Line], family: Marks) -> None:
        """Ask once more for what goes round in circles."""
        odd = [line for line in lines if line in self.solved and self._is_odd(line)]
        self._ask_whole(odd, family, careful=True)

    def _is_odd(self, line: Line) -> bool:
        said = " ".join(
            each for each in self.solved[line].template if isinstance(each, str)
        )
        own = " ".join(each for each in line if isinstance(each, str))
        return words.goes_round(said) and not words.goes_round(own)

    def _ask_in_pieces(self, lines: Sequence[Line]) -> None:
        """Translate the words between kept things one by one; nothing can get lost."""
        cores = {
            core: None
            for line in lines
            for each in line
            if isinstance(each, str) and (core := _core(each)[1])
        }
        asked = list(cores)
        said = dict(zip(asked, self._ask(asked), strict=True))
        for line in lines:
            self.solved[line] = _put_together(line, said)

    def _ask(self, texts: Sequence[str], *, careful: bool = False) -> list[Answer]:
        if not texts:
            return []
        asked = list(dict.fromkeys(texts))
        got = self.engine.translate(asked, self.source, self.target, careful=careful)
        if len(got) != len(asked):
            counts = {"given": len(asked), "got": len(got)}
            raise EngineFailed(engine=self.engine.name, **counts)
        said = dict(zip(asked, got, strict=True))
        return [said[each] for each in texts]


def _as_it_stands(line: Line) -> Template:
    return tuple(
        each if isinstance(each, str) else number for number, each in enumerate(line)
    )


def _mask(line: Line, family: Marks) -> str:
    """Write a line with a sentinel for each thing that is kept, counted from 1."""
    count, written = 0, ""
    for each in line:
        if not isinstance(each, str):
            count += 1
        written += each if isinstance(each, str) else marks.write(family, count)
    return written


def _unmask(line: Line, said: str, family: Marks) -> Template | None:
    """Read an answer with sentinels; None where not each stands once, or more came."""
    places = [number for number, each in enumerate(line) if not isinstance(each, str)]
    found = marks.find(family, said)
    if sorted(each.number for each in found) != list(range(1, len(places) + 1)):
        return None
    template: list[str | int] = []
    at = 0
    for mark in found:
        template += [said[at : mark.start], places[mark.number - 1]]
        at = mark.end
    template.append(said[at:])
    spoken = [each for each in template if isinstance(each, str)]
    if any(marks.has_stray(each) or words.has_invented(each) for each in spoken):
        return None
    if not any(each.strip() for each in spoken):
        return None
    return tuple(
        words.tame(line, each) if isinstance(each, str) else each for each in template
    )


def _core(piece: str) -> tuple[str, str, str]:
    """Part words from the blanks and signs around them; no core without a letter."""
    start = next((n for n, sign in enumerate(piece) if sign.isalnum()), len(piece))
    end = len(piece.rstrip(" \n\t,;:–—-"))
    core = piece[start:end]
    if not any(sign.isalpha() for sign in core):
        return piece, "", ""
    return piece[:start], core, piece[end:]


def _put_together(line: Line, said: Mapping[str, Answer]) -> Solved:
    """Put a line together from pieces; what nothing was said for stays as it is."""
    template: list[str | int] = []
    known: list[float] = []
    left = pieces = 0
    for number, piece in enumerate(line):
        if not isinstance(piece, str):
            template.append(number)
            continue
        before, core, after = _core(piece)
        words_of_target = _read_piece(line, core, said) if core else ""
        pieces, left = pieces + bool(core), left + (bool(core) and not words_of_target)
        template.append(f"{before}{words_of_target or core}{after}")
        if core and (confidence := said[core].confidence) is not None:
            known.append(confidence)
    worst = min(known, default=None)
    return Solved(tuple(template), worst, len(line) > 1, left, pieces)


def _read_piece(line: Line, core: str, said: Mapping[str, Answer]) -> str:
    answer = words.settle(core, said[core].text)
    # A sentinel that nobody sent is the engine's own invention.
    return "" if marks.has_stray(answer) else words.tame(line, answer).strip()
