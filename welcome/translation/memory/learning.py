"""Learning, which happens at one moment only: when a target is accepted."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from welcome.packs.models import Pack, Page, Placement, Unit
from welcome.packs.versions import units_of
from welcome.segmentation import normalise
from welcome.translation.models import MemoryEntry, Target

from .lookup import context_hashes


def learn(session: Session, targets: Sequence[Target], *, now: datetime) -> None:
    """Keep accepted targets; the same text at the same place replaces what was there."""
    texts = {target.unit_id: target for target in targets if target.text.strip()}
    contexts = _contexts(session, list(texts))
    wanted = (
        select(Unit, Pack.source_tag)
        .join(Page, col(Page.id) == Unit.page_id)
        .join(Pack, col(Pack.id) == Page.pack_id)
        .where(col(Unit.id).in_(list(texts)))
        .order_by(col(Unit.id))
    )
    rows = [
        {
            "source_tag": source_tag,
            "tag": texts[unit.id].tag,
            "key_hash": unit.key_hash,
            "context_hash": contexts.get(unit.id, ""),
            "length": len(normalise(unit.text)),
            "source": normalise(unit.text),
            "target": texts[unit.id].text,
            "learned_at": now,
        }
        for unit, source_tag in session.exec(wanted).all()
    ]
    if rows:
        session.connection().execute(_upsert(session), rows)


def _contexts(session: Session, unit_ids: Sequence[int]) -> dict[int, str]:
    """Give the neighbours of units in the newest version that has each of them."""
    wanted = (
        select(Placement.unit_id, sa.func.max(Placement.version_id))
        .where(col(Placement.unit_id).in_(unit_ids))
        .group_by(col(Placement.unit_id))
    )
    newest = dict(session.exec(wanted).all())
    placed = units_of(session, sorted(set(newest.values())))
    hashes = {version: context_hashes(units) for version, units in placed.items()}
    return {unit: hashes[version][unit] for unit, version in newest.items()}


def _upsert(session: Session) -> sa.Executable:
    """Insert or replace; both databases say it alike but import it apart."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    door = postgresql if is_postgresql else sqlite
    statement: postgresql.Insert | sqlite.Insert
    statement = door.insert(MemoryEntry)
    given = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["source_tag", "tag", "key_hash", "context_hash"],
        set_={name: given[name] for name in ("source", "target", "learned_at")},
    )
