"""Which units a new version carries on, and which are new (with a predecessor)."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from welcome.packs.models import Page, Placement, Unit, Version
from welcome.segmentation import changes, key_hash, normalise

KEEPING = frozenset({changes.ChangeKind.SAME, changes.ChangeKind.MOVED})


class Part(NamedTuple):
    """A text at its place in a page: title, summary or the nth segment."""

    position: int
    kind: str
    text: str


class Carried(NamedTuple):
    """What becomes of a part: the unit it keeps, or the one it follows."""

    kept: Unit | None
    predecessor: Unit | None


def place(
    session: Session, page: Page, version: Version, parts: Sequence[Part]
) -> None:
    """Give every part of a new version its unit."""
    before = _units_before(session, page, version)
    carried = decide(before, parts)
    revived = _revivable(session, page, before, parts)
    used = {each.kept.id for each in carried if each.kept}
    units: list[Unit] = []
    for part, each in zip(parts, carried, strict=True):
        unit = each.kept or _revive(revived, part, used)
        if unit:
            used.add(unit.id)
        units.append(unit or _new_unit(page, part, each.predecessor))
    session.add_all(units)
    session.flush()
    session.add_all(
        Placement(version_id=version.id, position=part.position, unit_id=unit.id)
        for part, unit in zip(parts, units, strict=True)
    )
    session.flush()


def decide(before: Sequence[tuple[int, Unit]], parts: Sequence[Part]) -> list[Carried]:
    """Pair new parts with old units: title with title, body along its changes."""
    heads = {position: unit for position, unit in before if position < 0}
    old = [unit for position, unit in before if position >= 0]
    new = [part for part in parts if part.position >= 0]
    body = _pair_body(old, new)
    return [
        _pair_head(heads.get(part.position), part)
        if part.position < 0
        else body[part.position]
        for part in parts
    ]


def _pair_head(unit: Unit | None, part: Part) -> Carried:
    if unit and normalise(unit.text) == normalise(part.text):
        return Carried(unit, None)
    return Carried(None, unit)


def _pair_body(old: Sequence[Unit], new: Sequence[Part]) -> dict[int, Carried]:
    found = changes.diff(
        [normalise(unit.text) for unit in old], [normalise(part.text) for part in new]
    )
    carried: dict[int, Carried] = {}
    for change in found:
        first = old[change.old[0]] if change.old else None
        keeps = change.kind in KEEPING
        for index in change.new:
            position = new[index].position
            carried[position] = Carried(first, None) if keeps else Carried(None, first)
    return carried


def _units_before(
    session: Session, page: Page, version: Version
) -> list[tuple[int, Unit]]:
    wanted = (
        select(Placement.position, Unit)
        .join(Unit, col(Unit.id) == Placement.unit_id)
        .join(Version, col(Version.id) == Placement.version_id)
        .where(Version.page_id == page.id, Version.number == version.number - 1)
        .order_by(col(Placement.position))
    )
    return [(position, unit) for position, unit in session.exec(wanted)]


def _revivable(
    session: Session,
    page: Page,
    before: Sequence[tuple[int, Unit]],
    parts: Sequence[Part],
) -> dict[str, list[Unit]]:
    """Find units of older versions that said what a part says again."""
    hashes = {key_hash(part.text) for part in parts}
    current = [unit.id for _position, unit in before]
    wanted = (
        select(Unit)
        .where(
            Unit.page_id == page.id,
            col(Unit.key_hash).in_(hashes),
            col(Unit.id).not_in(current),
        )
        .order_by(col(Unit.id))
    )
    found: dict[str, list[Unit]] = {}
    for unit in session.exec(wanted):
        found.setdefault(unit.key_hash, []).append(unit)
    return found


def _revive(
    revivable: dict[str, list[Unit]], part: Part, used: set[int]
) -> Unit | None:
    """Take the newest unused unit of that text; a restored text keeps its approval."""
    units = [u for u in revivable.get(key_hash(part.text), []) if u.id not in used]
    return units[-1] if units else None


def _new_unit(page: Page, part: Part, predecessor: Unit | None) -> Unit:
    return Unit(
        page_id=page.id,
        kind=part.kind,
        text=part.text,
        key_hash=key_hash(part.text),
        predecessor_id=predecessor.id if predecessor else None,
    )
