"""What differs between two states of a page, unit by unit: pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from welcome.packs.carrying import Part
from welcome.packs.models import SUMMARY, TITLE
from welcome.packs.versions import PageDraft, parts_of
from welcome.segmentation import ChangeKind, Op, changes, normalise, word_diff

Pieces = list[tuple[Op, str]]
# What a version says of a page besides its words.
FIELDS = ("slug", "group", "position", "icon", "risk")
UNCHANGED = frozenset({ChangeKind.SAME})


@dataclass(frozen=True)
class Row:
    """One unit of either state: what became of it, and its words."""

    kind: ChangeKind
    part: str
    pieces: Pieces


@dataclass(frozen=True)
class Field:
    """Something besides the words that differs."""

    name: str
    old: object
    new: object


def compare_fields(old: PageDraft, new: PageDraft) -> list[Field]:
    """List what differs besides the words."""
    return [
        Field(name, getattr(old, name), getattr(new, name))
        for name in FIELDS
        if getattr(old, name) != getattr(new, name)
    ]


def compare(old: PageDraft, new: PageDraft) -> list[Row]:
    """Compare two states of a page in the new one's order, what went away last.

    Splits and merges show the joined texts, so no word of either state is missing.
    """
    before, after = parts_of(old), parts_of(new)
    heads = [
        row
        for position in (TITLE, SUMMARY)
        if (row := _head_row(before, after, position))
    ]
    return heads + _body_rows(_body(before), _body(after))


def changed(rows: Sequence[Row]) -> list[Row]:
    """Keep the rows in which something changed."""
    return [row for row in rows if row.kind not in UNCHANGED]


def folded(rows: Sequence[Row]) -> list[tuple[bool, list[Row]]]:
    """Part the rows into runs that stayed the same and runs that did not, in order."""
    runs = groupby(rows, key=lambda row: row.kind in UNCHANGED)
    return [(is_same, list(several)) for is_same, several in runs]


def _body(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.position >= 0]


def _head_row(before: Sequence[Part], after: Sequence[Part], at: int) -> Row | None:
    old = next((part for part in before if part.position == at), None)
    new = next((part for part in after if part.position == at), None)
    if old is None and new is None:
        return None
    texts = (old.text if old else "", new.text if new else "")
    kind = _kind_of(old, new)
    named = new or old
    return Row(kind, named.kind if named else "", word_diff(*texts))


def _kind_of(old: Part | None, new: Part | None) -> ChangeKind:
    if old is None:
        return ChangeKind.NEW
    if new is None:
        return ChangeKind.REMOVED
    same = normalise(old.text) == normalise(new.text)
    return ChangeKind.SAME if same else ChangeKind.EDITED


def _body_rows(before: Sequence[Part], after: Sequence[Part]) -> list[Row]:
    found = changes.diff(
        [normalise(part.text) for part in before],
        [normalise(part.text) for part in after],
    )
    rows = []
    for change in found:
        old = [before[at] for at in change.old]
        new = [after[at] for at in change.new]
        texts = [" ".join(part.text for part in side) for side in (old, new)]
        rows.append(Row(change.kind, (new or old)[0].kind, word_diff(*texts)))
    return rows
