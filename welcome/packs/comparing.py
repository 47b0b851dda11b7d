"""What changed between two versions of a page, unit by unit."""

from dataclasses import dataclass

from sqlmodel import Session

from welcome.packs import versions
from welcome.packs.models import Unit, Version
from welcome.packs.versions import PlacedUnit
from welcome.segmentation import ChangeKind, changes, normalise


@dataclass(frozen=True)
class UnitChange:
    """What became of a unit; one of the two sides may be missing."""

    kind: ChangeKind
    old: Unit | None
    new: Unit | None


def compare(session: Session, old: Version, new: Version) -> list[UnitChange]:
    """Compare two versions of a page, in the order of the new one."""
    found = versions.units_of(session, [old.id, new.id])
    before, after = found.get(old.id, []), found.get(new.id, [])
    ids = {placed.unit.id for placed in before}
    compared = changes.diff(_keys(before), _keys(after))
    listed: list[UnitChange] = []
    for change in compared:
        left = before[change.old[0]].unit if change.old else None
        for index in change.new:
            right = after[index].unit
            same = right.id in ids and change.kind is not ChangeKind.MOVED
            kind = ChangeKind.SAME if same else change.kind
            listed.append(UnitChange(kind, right if same else left, right))
        if not change.new:
            listed.append(UnitChange(change.kind, left, None))
    return listed


def _keys(units: list[PlacedUnit]) -> list[str]:
    return [normalise(placed.unit.text) for placed in units]
