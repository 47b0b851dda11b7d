"""What a unit said before its source changed, and how that was translated."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.packs.models import Unit
from welcome.translation.models import Target, TargetState


@dataclass(frozen=True)
class Past:
    """The nearest predecessor of a unit that has a text in a locale.

    `steps` counts the changes of the source since then.
    """

    unit_id: int
    source: str
    text: str
    state: TargetState
    steps: int


def ancestors(
    session: Session, unit_ids: sa.Select[int] | Iterable[int]
) -> dict[int, list[int]]:
    """List the predecessors of units, the nearest first, in one query."""
    asked = unit_ids if isinstance(unit_ids, sa.Select) else list(unit_ids)
    chain = (
        sa.select(
            col(Unit.id).label("unit_id"),
            col(Unit.predecessor_id).label("ancestor_id"),
            sa.literal(1).label("steps"),
        )
        .where(col(Unit.predecessor_id).is_not(None), col(Unit.id).in_(asked))
        .cte("ancestors", recursive=True)
    )
    older = sa.select(
        chain.c.unit_id, col(Unit.predecessor_id), chain.c.steps + 1
    ).where(col(Unit.id) == chain.c.ancestor_id, col(Unit.predecessor_id).is_not(None))
    chain = chain.union_all(older)
    wanted = select(
        sa.type_coerce(chain.c.unit_id, sa.Integer()),
        sa.type_coerce(chain.c.ancestor_id, sa.Integer()),
    ).order_by(chain.c.unit_id, chain.c.steps)
    found: dict[int, list[int]] = {}
    for unit_id, ancestor_id in session.exec(wanted):
        found.setdefault(unit_id, []).append(ancestor_id)
    return found


def list_past(session: Session, unit_ids: Iterable[int], tag: str) -> dict[int, Past]:
    """Find the past of many units in a locale by unit, in two queries.

    The nearest accepted text is taken; without one, the nearest text of any state.
    """
    chains = ancestors(session, unit_ids)
    known = {each for chain in chains.values() for each in chain}
    # Two steps: joined in one, SQLite looks through every target of the locale.
    wanted = (
        select(Unit, Target)
        .join(Target, col(Target.unit_id) == Unit.id)
        .where(
            col(Target.unit_id).in_(sorted(known)), Target.tag == tag, Target.text != ""
        )
    )
    texts = {unit.id: (unit, target) for unit, target in session.exec(wanted)}
    found: dict[int, Past] = {}
    for unit_id, chain in chains.items():
        for steps, ancestor in enumerate(chain, 1):
            unit, target = texts.get(ancestor, (None, None))
            best = found.get(unit_id)
            if not unit or not target:
                continue
            if best is None or _is_better(target.state, best.state):
                found[unit_id] = Past(
                    unit_id, unit.text, target.text, target.state, steps
                )
    return found


def _is_better(state: TargetState, than: TargetState) -> bool:
    accepted = TargetState.ACCEPTED
    return state is accepted and than is not accepted
