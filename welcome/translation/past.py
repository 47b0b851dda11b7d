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


def ancestors(unit_ids: sa.Select[int] | Iterable[int]) -> sa.CTE:
    """Give the query of every predecessor: columns unit_id, ancestor_id, steps."""
    chain = (
        sa.select(
            col(Unit.id).label("unit_id"),
            col(Unit.predecessor_id).label("ancestor_id"),
            sa.literal(1).label("steps"),
        )
        .where(col(Unit.predecessor_id).is_not(None))
        .where(
            col(Unit.id).in_(
                unit_ids if isinstance(unit_ids, sa.Select) else list(unit_ids)
            )
        )
        .cte("ancestors", recursive=True)
    )
    older = sa.select(
        chain.c.unit_id, col(Unit.predecessor_id), (chain.c.steps + 1)
    ).where(col(Unit.id) == chain.c.ancestor_id, col(Unit.predecessor_id).is_not(None))
    return chain.union_all(older)


def list_past(session: Session, unit_ids: Iterable[int], tag: str) -> dict[int, Past]:
    """Find the past of many units in a locale by unit, in one query.

    The nearest accepted text is taken; without one, the nearest text of any state.
    """
    chain = ancestors(unit_ids)
    unit_column = sa.type_coerce(chain.c.unit_id, sa.Integer())
    steps_column = sa.type_coerce(chain.c.steps, sa.Integer())
    wanted = (
        select(unit_column, steps_column, Unit, Target)
        .join(Target, col(Target.unit_id) == chain.c.ancestor_id)
        .join(Unit, col(Unit.id) == chain.c.ancestor_id)
        .where(Target.tag == tag, Target.text != "")
        .order_by(chain.c.unit_id, chain.c.steps)
    )
    found: dict[int, Past] = {}
    for unit_id, steps, unit, target in session.exec(wanted):
        known = found.get(unit_id)
        if known is None or _is_better(target.state, known.state):
            found[unit_id] = Past(unit_id, unit.text, target.text, target.state, steps)
    return found


def _is_better(state: TargetState, than: TargetState) -> bool:
    accepted = TargetState.ACCEPTED
    return state is accepted and than is not accepted
