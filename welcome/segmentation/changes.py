"""What changed between two versions: which units stayed, and which words are new."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from .dialect import EMAIL

_SAME_GAP, _ANYWHERE, _PART = 60, 75, 85


class ChangeKind(StrEnum):
    """What became of a segment."""

    SAME = "same"
    MOVED = "moved"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    REMOVED = "removed"


class Op(StrEnum):
    """What became of a piece of text."""

    EQUAL = "="
    DELETE = "-"
    INSERT = "+"


@dataclass(frozen=True)
class Change:
    """One change: positions in the old and the new sequence, similarity from 0 to 100."""

    kind: ChangeKind
    old: tuple[int, ...] = ()
    new: tuple[int, ...] = ()
    score: float = 100.0


def diff(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Compare two versions by the keys of their segments.

    Every position of both occurs in exactly one change; the result is in the order of
    the new version, removed segments last. Only `same` and `moved` have equal keys:
    there is no small change that keeps its approval.
    """
    return _Comparison(old, new).run()


class _Comparison:
    """The state of one comparison: which positions still need a partner."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = list(old), list(new)
        self.left = dict.fromkeys(range(len(old)))
        self.right = dict.fromkeys(range(len(new)))
        self.changes: list[Change] = []

    def run(self) -> list[Change]:
        self._find_same()
        self._find_moved()
        self._find_joints(self.old, self.new, self.left, self.right, ChangeKind.SPLIT)
        self._find_joints(self.new, self.old, self.right, self.left, ChangeKind.MERGED)
        self._find_edited()
        for i in list(self.left):
            self._settle(ChangeKind.REMOVED, (i,), ())
        for j in list(self.right):
            self._settle(ChangeKind.NEW, (), (j,))
        return sorted(self.changes, key=lambda c: (not c.new, c.new, c.old))

    def _settle(
        self,
        kind: ChangeKind,
        old: tuple[int, ...],
        new: tuple[int, ...],
        score: float = 100.0,
    ) -> None:
        self.changes.append(Change(kind, old, new, score))
        for i in old:
            del self.left[i]
        for j in new:
            del self.right[j]

    def _find_same(self) -> None:
        for step in Indel.opcodes(self.old, self.new):
            if step.tag == "equal":
                olds = range(step.src_start, step.src_end)
                news = range(step.dest_start, step.dest_end)
                for i, j in zip(olds, news, strict=True):
                    self._settle(ChangeKind.SAME, (i,), (j,))

    def _find_moved(self) -> None:
        places = defaultdict[str, list[int]](list)
        for i in self.left:
            places[self.old[i]].append(i)
        for j in list(self.right):
            if copies := places.get(self.new[j]):
                around = _neighbours(self.new, j)
                best = max(
                    copies, key=lambda i: _agreement(_neighbours(self.old, i), around)
                )
                copies.remove(best)
                self._settle(ChangeKind.MOVED, (best,), (j,))

    def _find_joints(
        self,
        wholes: list[str],
        parts: list[str],
        open_wholes: dict[int, None],
        open_parts: dict[int, None],
        kind: ChangeKind,
    ) -> None:
        for whole in list(open_wholes):
            for part in list(open_parts):
                if part not in open_parts or part + 1 not in open_parts:
                    continue
                score = _joint_score(wholes[whole], parts[part], parts[part + 1])
                if score:
                    pair = (part, part + 1)
                    olds, news = (
                        ((whole,), pair)
                        if kind is ChangeKind.SPLIT
                        else (pair, (whole,))
                    )
                    self._settle(kind, olds, news, score)
                    break

    def _find_edited(self) -> None:
        for score, i, j in sorted(self._edits(), reverse=True):
            if i in self.left and j in self.right:
                ratio = fuzz.ratio(self.old[i], self.new[j])
                self._settle(ChangeKind.EDITED, (i,), (j,), min(ratio, score))

    def _edits(self) -> Iterator[tuple[float, int, int]]:
        """Give possible pairs; those between the same unchanged neighbours come first."""
        old_gaps, new_gaps = self._gaps()
        for i in self.left:
            for j in self.right:
                same_gap = old_gaps[i] == new_gaps[j]
                limit = _SAME_GAP if same_gap else _ANYWHERE
                score = fuzz.ratio(self.old[i], self.new[j], score_cutoff=45)
                if score >= limit or (same_gap and score and self._is_grown(i, j)):
                    yield score + 8 * same_gap, i, j

    def _is_grown(self, i: int, j: int) -> bool:
        old, new = self.old[i], self.new[j]
        return min(len(old), len(new)) > 20 and fuzz.partial_ratio(old, new) >= _PART

    def _gaps(self) -> tuple[list[int], list[int]]:
        """Give each position the gap it is in; unchanged segments make the gaps."""
        olds, news = [0] * len(self.old), [0] * len(self.new)
        kept = sorted(c.old + c.new for c in self.changes if c.kind is ChangeKind.SAME)
        for gap, (i, j) in enumerate(kept, 1):
            olds[i], news[j] = gap, gap
        for gaps in (olds, news):
            for at in range(1, len(gaps)):
                gaps[at] = gaps[at] or gaps[at - 1]
        return olds, news


def _neighbours(keys: list[str], at: int) -> tuple[str | None, str | None]:
    before = keys[at - 1] if at else None
    return before, keys[at + 1] if at + 1 < len(keys) else None


def _agreement(one: tuple[str | None, ...], other: tuple[str | None, ...]) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


def _joint_score(whole: str, first: str, second: str) -> float:
    """Say how well two neighbours make up one text; 0 where they do not."""
    if len(whole) < 40 or max(len(first), len(second)) > len(whole):
        return 0
    both = fuzz.ratio(whole, f"{first} {second}", score_cutoff=_PART)
    alone = max(fuzz.ratio(whole, first), fuzz.ratio(whole, second))
    if not both or both <= alone + 4:
        return 0
    inside = min(fuzz.partial_ratio(first, whole), fuzz.partial_ratio(second, whole))
    return both if inside >= 80 else 0


# One whole: an address, an e-mail, a number with what belongs to it (+44 20 7946 0958,
# 16:00, 1.5). Then words; where words have no blanks between them, characters.
_TOKEN = regex.compile(
    r"(?:https?://|mailto:|tel:|www\.)[^\s)>\]]+"
    rf"|{EMAIL}"
    r"|\{\{[a-z0-9-]+\}\}"
    r"|[£€$]?\+?\p{Nd}(?:[\p{Nd}.,:/\u066b\u066c\u2009\u202f\u00a0-]|[ ()](?=[\p{Nd}(]))*\p{Nd}"
    r"|\p{Han}|\p{Hiragana}+|\p{Katakana}+|\p{Thai}\p{M}*"
    r"|[\p{L}\p{M}\p{N}\u200c\u200d]+|\s+|\X"
)
_SHORT = 3
# Time and memory grow with the square of the words.
MOST_CHARACTERS, MOST_TOKENS = 20_000, 3_000


def tokens(text: str) -> list[str]:
    """Cut a text into what a reader takes as one piece; joined they are the text."""
    return _TOKEN.findall(text)


def word_diff(old: str, new: str) -> list[tuple[Op, str]]:
    """Give the pieces of both texts in reading order, deletions before insertions.

    The EQUAL and DELETE pieces joined are `old`, EQUAL and INSERT ones `new`. Texts
    too long to be looked at word by word are given whole.
    """
    if any(_is_much(text) for text in (old, new)):
        return [(op, text) for op, text in ((Op.DELETE, old), (Op.INSERT, new)) if text]
    steps = _bridge(list(_steps(tokens(old), tokens(new))))
    pieces: list[tuple[Op, str]] = []
    texts = {Op.DELETE: "", Op.INSERT: ""}
    for op, text in [*steps, (Op.EQUAL, "")]:
        if op is not Op.EQUAL:
            texts[op] += text
            continue
        pieces += [(way, texts[way]) for way in (Op.DELETE, Op.INSERT) if texts[way]]
        texts = {Op.DELETE: "", Op.INSERT: ""}
        if text:
            pieces.append((op, text))
    return pieces


def _is_much(text: str) -> bool:
    return len(text) > MOST_CHARACTERS or len(tokens(text)) > MOST_TOKENS


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[Op, str]]:
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            yield Op.EQUAL, "".join(old[step.src_start : step.src_end])
        elif step.tag == "delete":
            yield Op.DELETE, "".join(old[step.src_start : step.src_end])
        else:
            yield Op.INSERT, "".join(new[step.dest_start : step.dest_end])


def _bridge(steps: list[tuple[Op, str]]) -> list[tuple[Op, str]]:
    """Take blanks and very short words between two changes into the change."""
    bridged: list[tuple[Op, str]] = []
    for at, (op, text) in enumerate(steps):
        inside = 0 < at < len(steps) - 1
        if op is Op.EQUAL and inside and len(text.strip()) <= _SHORT:
            bridged += [(Op.DELETE, text), (Op.INSERT, text)]
        else:
            bridged.append((op, text))
    return bridged
