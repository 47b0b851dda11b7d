"""Drafts of inline Markdown: what must come through is kept from the engine, then verified."""

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass

from .engine import Engine
from .noted import DraftNote, Note
from .protection import notes, words
from .protection.pieces import Kept, Line, Wrapped, lines_in, read
from .protection.rounds import Asking, Solved

__all__ = ["Chunks", "DraftNote", "Made", "Note", "Task", "make"]

Solutions = Mapping[Line, Solved]


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

    Each link, emphasis, fact, number or name becomes one sentinel, which is verified;
    where a model spoils it, the words between are translated by themselves. All texts
    are asked for together. Raises EngineFailed where the engine gives another number
    of texts, NoRoute.
    """
    taken_apart = [read(text, task.names, task.region) for text in task.texts]
    lines = [
        each for parts in taken_apart for each in parts if not isinstance(each, Kept)
    ]
    asking = Asking(engine, task.source, task.target)
    solutions = asking.solve(inner for line in lines for inner in lines_in(line))
    route = engine.find_route(task.source, task.target) or ()
    return [
        _made(text, parts, solutions, task, route)
        for text, parts in zip(task.texts, taken_apart, strict=True)
    ]


def _made(
    source: str,
    parts: Sequence[Line | Kept],
    solutions: Solutions,
    task: Task,
    route: Sequence[str],
) -> Made:
    text = "".join(
        each.text if isinstance(each, Kept) else _render(each, solutions)
        for each in parts
    )
    used = [
        solutions[inner]
        for each in parts
        if not isinstance(each, Kept)
        for inner in lines_in(each)
    ]
    left = sum(each.left for each in used)
    if left and left == sum(each.pieces for each in used):
        return Made("")
    known = [each.confidence for each in used if each.confidence is not None]
    confidence = min(known, default=None)
    tags = (task.source, task.target)
    found = list(notes.find(source, text, confidence, tags, task.region))
    if left and all(each.code is not DraftNote.UNTRANSLATED for each in found):
        found.append(Note(DraftNote.UNTRANSLATED))
    if any(each.in_pieces for each in used):
        found.insert(0, Note(DraftNote.IN_PIECES))
    if len(route) > 2:
        found.insert(0, Note(DraftNote.VIA, {"through": ", ".join(route[1:-1])}))
    return Made(text, tuple(found), confidence)


def _render(line: Line, solutions: Solutions) -> str:
    """Put a line together in the target, with what stands between its words."""
    written = ""
    for each in solutions[line].template:
        piece = each if isinstance(each, str) else line[each]
        if isinstance(piece, Wrapped):
            inside = _render(piece.inside, solutions)
            text = f"{piece.opening}{inside}{piece.closing}"
        else:
            text = piece.text if isinstance(piece, Kept) else piece
        written += f" {text}" if words.would_grow_together(written, text) else text
    return written
