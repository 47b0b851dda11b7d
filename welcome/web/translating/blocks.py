"""A page lined up for translating: each unit with its target, what helps, what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from welcome.packs import versions
from welcome.packs.models import Pack, Unit, Version
from welcome.packs.versions import PlacedUnit
from welcome.segmentation import Op, word_diff
from welcome.translation import drafting, targets
from welcome.translation.checks import Finding
from welcome.translation.drafting import Suggestion
from welcome.translation.errors import SaveConflict
from welcome.translation.findings import findings_of
from welcome.translation.models import DECIDED, Target, TargetState
from welcome.translation.past import Past, list_past

Pieces = Sequence[tuple[Op, str]]
LEFT = frozenset({TargetState.INITIAL, TargetState.RETURNED})


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved while one typed."""

    text: str
    pieces: Pieces


# What one may look for, by the names of the counts.
KINDS = ("missing", "unread", "stale", "returned", "submitted", "left", "open")


@dataclass(frozen=True)
class Left:
    """What is left to do on a page: units to write, machine drafts to read."""

    to_write: int
    to_read: int


@dataclass(frozen=True)
class Block:
    """One unit of the page in one locale; `typed` stands in the box.

    `problem` says why what was typed is not saved.
    """

    unit: Unit
    target: Target | None
    source_pieces: Pieces = ()
    suggestions: Sequence[Suggestion] = ()
    findings: Sequence[Finding] = ()
    typed: str = ""
    theirs: Theirs | None = None
    problem: str = ""

    @property
    def state(self) -> TargetState:
        """How the target stands; without one it is at its beginning."""
        return self.target.state if self.target else TargetState.INITIAL

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits for a translator."""
        return self.state not in DECIDED or bool(self.theirs or self.problem)

    @property
    def is_unread(self) -> bool:
        """Tell whether it is a machine draft that nobody here has saved."""
        return self.target is not None and self.target.is_unread

    @property
    def is_stale(self) -> bool:
        """Tell whether its source changed and nobody has written anew since."""
        return bool(self.source_pieces) and self.state is TargetState.INITIAL

    def is_of(self, kind: str) -> bool:
        """Tell whether it is counted under one of KINDS."""
        return {
            "missing": self.state is TargetState.INITIAL,
            "unread": self.is_unread,
            "stale": self.is_stale,
            "returned": self.state is TargetState.RETURNED,
            "submitted": self.state is TargetState.SUBMITTED,
            "left": self.state in LEFT or self.is_unread,
            "open": self.is_open,
        }[kind]


def list_blocks(
    session: Session, pack: Pack, version: Version, tag: str
) -> list[Block]:
    """Line up a version's units in a locale, in a constant number of queries."""
    placed = versions.list_units(session, version)
    return _blocks(session, pack, placed, tag, [each.unit.id for each in placed])


def get_block(
    session: Session, pack: Pack, version: Version, tag: str, unit_id: int
) -> Block:
    """Line up one unit again; its neighbours are read for what they tell of it."""
    placed = versions.list_units(session, version)
    (block,) = _blocks(session, pack, placed, tag, [unit_id])
    return block


def count_left(session: Session, version: Version, tag: str) -> Left:
    """Count the units that nobody has written, or read, since they were asked for."""
    return _left(list(_targets(session, version, tag).values()))


def left_of(lined_up: Sequence[Block]) -> Left:
    """Count the same among units that are lined up already."""
    return _left([each.target for each in lined_up])


def find_next_open(
    session: Session, version: Version, tag: str, unit_id: int
) -> int | None:
    """Find the next open unit after one, in reading order, going round once."""
    known = _targets(session, version, tag)
    order = list(known)
    at = order.index(unit_id) + 1 if unit_id in known else 0
    around = order[at:] + order[:at]
    return next((each for each in around if _is_open(known[each])), None)


def is_in(session: Session, version: Version, unit_id: int) -> bool:
    """Tell whether a unit still stands in a version."""
    placed = versions.list_units(session, version)
    return unit_id in {each.unit.id for each in placed}


def in_conflict(block: Block, conflict: SaveConflict, typed: str) -> Block:
    """Show both texts: the typed one stays in the box."""
    theirs = str(conflict.params["theirs"])
    both = Theirs(theirs, word_diff(theirs, typed))
    return replace(block, typed=typed, theirs=both, findings=())


def refused(block: Block, problem: str, typed: str) -> Block:
    """Say why a text was not saved; it stays in the box."""
    return replace(block, typed=typed, problem=problem, findings=())


def _left(known: Sequence[Target | None]) -> Left:
    return Left(
        to_write=sum(each is None or each.state in LEFT for each in known),
        to_read=sum(each is not None and each.is_unread for each in known),
    )


def _blocks(
    session: Session,
    pack: Pack,
    placed: Sequence[PlacedUnit],
    tag: str,
    wanted: Sequence[int],
) -> list[Block]:
    known = targets.targets_of(session, wanted, tag)
    open_ids = [each for each in wanted if _is_open(known.get(each))]
    past = list_past(session, open_ids, tag) if open_ids else {}
    offered = drafting.suggestions(session, pack, placed, tag) if open_ids else {}
    found = findings_of(session, list(known.values()))
    return [
        Block(
            unit=unit,
            target=known.get(unit.id),
            source_pieces=_change(past.get(unit.id), unit),
            suggestions=_useful(offered.get(unit.id, []), known.get(unit.id)),
            findings=found.get(known[unit.id].id, []) if unit.id in known else [],
            typed=known[unit.id].text if unit.id in known else "",
        )
        for unit in (each.unit for each in placed)
        if unit.id in wanted
    ]


def _change(before: Past | None, unit: Unit) -> Pieces:
    return word_diff(before.source, unit.text) if before else ()


def _targets(session: Session, version: Version, tag: str) -> dict[int, Target | None]:
    """Read the targets of a version's units, in reading order."""
    ids = [each.unit.id for each in versions.list_units(session, version)]
    known = targets.targets_of(session, ids, tag)
    return {each: known.get(each) for each in ids}


def _is_open(target: Target | None) -> bool:
    return target is None or target.state not in DECIDED


def _useful(offered: Sequence[Suggestion], target: Target | None) -> list[Suggestion]:
    """Leave out what already stands in the box."""
    return [each for each in offered if not target or each.text != target.text]
