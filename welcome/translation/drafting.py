"""Suggestions for units: never a target before somebody takes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.packs.models import Pack, Unit
from welcome.packs.versions import PlacedUnit
from welcome.segmentation import Op, word_diff
from welcome.translation import memory
from welcome.translation.errors import LocaleNotOffered
from welcome.translation.machine.drafts import DraftNote, Note
from welcome.translation.memory.fuzzy import Scored
from welcome.translation.models import MachineDraft, MemoryEntry, Origin, TargetState
from welcome.translation.past import Past, list_past
from welcome.translation.targets import Draft, save, submit

__all__ = [
    "Draft",
    "Suggestion",
    "SuggestionNote",
    "save",
    "submit",
    "suggestions",
]


class SuggestionNote(StrEnum):
    """Why a text is offered."""

    IN_CONTEXT = "in-context"
    EXACT = "exact"
    PAST = "past"
    PAST_UNCHECKED = "past-unchecked"
    FUZZY = "fuzzy"
    MACHINE = "machine"


@dataclass(frozen=True)
class Suggestion:
    """An offered text; `source_diff` leads from its source to the unit's own.

    `score` says how alike the sources are, from 0 to 100; a machine draft has 0.
    """

    text: str
    origin: Origin
    score: int
    note: SuggestionNote
    source_diff: tuple[tuple[Op, str], ...] = ()
    # What is odd about a machine draft, or how it was made.
    notes: tuple[Note, ...] = ()


def suggestions(
    session: Session, pack: Pack, placed: Sequence[PlacedUnit], tag: str
) -> dict[int, list[Suggestion]]:
    """Offer texts for the units of a version by unit id, the best first.

    Give the whole version: a unit's neighbours tell a match in context. Five queries,
    however many units.
    """
    units = [each.unit for each in placed]
    ids = [unit.id for unit in units]
    asked = {"source_tag": pack.source_tag, "tag": tag}
    equal = memory.exact(session, [unit.key_hash for unit in units], **asked)
    unknown = {unit.id: unit.text for unit in units if unit.key_hash not in equal}
    alike = memory.fuzzy(session, unknown, **asked)
    past = list_past(session, ids, tag)
    drafts = _machine_drafts(session, ids, tag)
    contexts = memory.context_hashes(placed)
    return {
        unit.id: _distinct(
            [
                *_remembered(equal.get(unit.key_hash, []), contexts[unit.id]),
                *_from_past(unit, past.get(unit.id)),
                *_from_alike(unit, alike.get(unit.id, [])),
                *_from_machine(drafts.get(unit.id, [])),
            ]
        )
        for unit in units
    }


def refuse_not_offered(pack: Pack, tag: str) -> None:
    """Raise LocaleNotOffered where a pack is not translated into a locale."""
    if tag not in pack.locales or tag == pack.source_tag:
        raise LocaleNotOffered(tag=tag)


def _machine_drafts(
    session: Session, unit_ids: Sequence[int], tag: str
) -> dict[int, list[MachineDraft]]:
    wanted = (
        select(MachineDraft)
        .where(col(MachineDraft.unit_id).in_(unit_ids), MachineDraft.tag == tag)
        .order_by(sa.desc(col(MachineDraft.made_at)), col(MachineDraft.engine))
    )
    found: dict[int, list[MachineDraft]] = {}
    for draft in session.exec(wanted):
        found.setdefault(draft.unit_id, []).append(draft)
    return found


def _remembered(entries: Sequence[MemoryEntry], context: str) -> list[Suggestion]:
    in_context = memory.pick_in_context(entries, context)
    offered = [(in_context, SuggestionNote.IN_CONTEXT)] if in_context else []
    offered += [(entry, SuggestionNote.EXACT) for entry in entries]
    return [
        Suggestion(entry.target, Origin.MEMORY, 100, note) for entry, note in offered
    ]


def _from_past(unit: Unit, past: Past | None) -> list[Suggestion]:
    if past is None:
        return []
    accepted = past.state is TargetState.ACCEPTED
    note = SuggestionNote.PAST if accepted else SuggestionNote.PAST_UNCHECKED
    steps = tuple(word_diff(past.source, unit.text))
    kept = sum(len(text) for op, text in steps if op is Op.EQUAL)
    score = 200 * kept // max(len(past.source) + len(unit.text), 1)
    return [Suggestion(past.text, Origin.MEMORY, score, note, steps)]


def _from_alike(unit: Unit, alike: Sequence[Scored]) -> list[Suggestion]:
    return [
        Suggestion(
            each.candidate.target,
            Origin.MEMORY,
            min(each.score, 99),
            SuggestionNote.FUZZY,
            tuple(word_diff(each.candidate.source, unit.text)),
        )
        for each in alike
    ]


def _from_machine(drafts: Sequence[MachineDraft]) -> list[Suggestion]:
    return [
        Suggestion(
            draft.text,
            Origin.MACHINE,
            0,
            SuggestionNote.MACHINE,
            notes=tuple(_note(each) for each in draft.notes),
        )
        for draft in drafts
    ]


def _note(kept: Mapping[str, str]) -> Note:
    params = {name: value for name, value in kept.items() if name != "code"}
    return Note(DraftNote(kept["code"]), params)


def _distinct(offered: Sequence[Suggestion]) -> list[Suggestion]:
    """Keep the first of equal texts."""
    kept: dict[str, Suggestion] = {}
    for suggestion in offered:
        kept.setdefault(suggestion.text, suggestion)
    return list(kept.values())
