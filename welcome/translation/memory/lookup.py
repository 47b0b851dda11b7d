"""Asking the memory for many texts at once: one query for each kind of question."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.packs.versions import PlacedUnit
from welcome.segmentation import normalise
from welcome.translation.models import MemoryEntry

from .fuzzy import Candidate, Scored, best, window


def context_hashes(placed: Iterable[PlacedUnit]) -> dict[int, str]:
    """Give for each unit of a version the hash of its two neighbours' texts."""
    ordered = sorted(placed, key=lambda each: each.position)
    keys = ["", *(each.unit.key_hash for each in ordered), ""]
    return {
        each.unit.id: hashlib.sha256(f"{keys[at]}\n{keys[at + 2]}".encode()).hexdigest()
        for at, each in enumerate(ordered)
    }


def exact(
    session: Session, key_hashes: Iterable[str], *, source_tag: str, tag: str
) -> dict[str, list[MemoryEntry]]:
    """List what the memory holds for texts by the hash of their key, newest first."""
    wanted = (
        select(MemoryEntry)
        .where(
            MemoryEntry.source_tag == source_tag,
            MemoryEntry.tag == tag,
            col(MemoryEntry.key_hash).in_(sorted(set(key_hashes))),
        )
        .order_by(col(MemoryEntry.learned_at).desc(), col(MemoryEntry.id).desc())
    )
    found: dict[str, list[MemoryEntry]] = {}
    for entry in session.exec(wanted):
        found.setdefault(entry.key_hash, []).append(entry)
    return found


def pick_in_context(
    entries: Sequence[MemoryEntry], context_hash: str
) -> MemoryEntry | None:
    """Find the entry that stood between the same neighbours."""
    return next((each for each in entries if each.context_hash == context_hash), None)


def fuzzy(
    session: Session, texts: Mapping[int, str], *, source_tag: str, tag: str
) -> dict[int, list[Scored]]:
    """List what the memory holds for texts nearly the same, by the caller's keys."""
    keys = {name: normalise(text) for name, text in texts.items()}
    windows = [window(len(key)) for key in keys.values() if key]
    if not windows:
        return {}
    wanted = select(MemoryEntry.source, MemoryEntry.target).where(
        MemoryEntry.source_tag == source_tag,
        MemoryEntry.tag == tag,
        sa.or_(*(_within(low, high) for low, high in _joined(windows))),
    )
    candidates = [Candidate(*row) for row in session.exec(wanted)]
    found = {name: best(key, candidates) for name, key in keys.items() if key}
    return {name: scored for name, scored in found.items() if scored}


def _within(low: int, high: int) -> sa.ColumnElement[bool]:
    return col(MemoryEntry.length).between(low, high)


def _joined(windows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join windows that overlap, so that the condition stays short."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(windows):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined
