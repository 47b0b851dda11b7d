"""Everything a publication is made from, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.packs import access
from welcome.packs.facts import list_facts
from welcome.packs.models import Fact, Pack, Page, Placement, Version
from welcome.translation.models import (
    Origin,
    RevisionStatement,
    Target,
    TargetState,
)


class TargetText(NamedTuple):
    """What publishing needs to know of a target."""

    unit_id: int
    tag: str
    text: str
    state: TargetState
    origin: Origin
    reviewer_id: int | None
    reviewed_at: datetime | None
    statement_id: int | None

    @property
    def is_accepted(self) -> bool:
        """Tell whether somebody accepted it."""
        return self.state is TargetState.ACCEPTED


@dataclass(frozen=True)
class Material:
    """A pack's pages with their texts in some locales."""

    pack: Pack
    heads: Sequence[tuple[Page, Version]]
    # By version: the unit at each position.
    units: dict[int, list[tuple[int, int]]]
    # By unit and tag.
    targets: dict[tuple[int, str], TargetText]
    facts: Sequence[Fact]
    accounts: dict[int, Account]
    revised_on: dict[int, date]

    def targets_of(self, version: Version, tag: str) -> dict[int, TargetText]:
        """Give the texts of a version in a locale, by position."""
        found = {
            position: self.targets.get((unit_id, tag))
            for position, unit_id in self.units.get(version.id, [])
        }
        return {at: target for at, target in found.items() if target and target.text}


def gather(session: Session, pack: Pack, tags: Sequence[str]) -> Material:
    """Read what publishing these locales needs."""
    heads = access.list_heads(session, pack)
    targets = _targets(session, pack, tags)
    statements = {target.statement_id for target in targets if target.statement_id}
    people = {target.reviewer_id for target in targets if target.reviewer_id}
    people |= {version.author_id for _, version in heads if version.author_id}
    return Material(
        pack=pack,
        heads=heads,
        units=_units(session, pack),
        targets={(target.unit_id, target.tag): target for target in targets},
        facts=list_facts(session, pack),
        accounts=_accounts(session, people),
        revised_on=_revised_on(session, statements),
    )


def _units(session: Session, pack: Pack) -> dict[int, list[tuple[int, int]]]:
    wanted = (
        select(Placement.version_id, Placement.position, Placement.unit_id)
        .join(Version, col(Version.id) == Placement.version_id)
        .join(Page, (col(Page.id) == Version.page_id) & (Page.head == Version.number))
        .where(Page.pack_id == pack.id, col(Page.retired_at).is_(None))
        .order_by(col(Placement.version_id), col(Placement.position))
    )
    units: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for version_id, position, unit_id in session.exec(wanted):
        units[version_id].append((position, unit_id))
    return dict(units)


def _targets(session: Session, pack: Pack, tags: Sequence[str]) -> list[TargetText]:
    columns = [col(getattr(Target, name)) for name in TargetText._fields]
    wanted = (
        sa.select(*columns)
        .join(Placement, col(Placement.unit_id) == Target.unit_id)
        .join(Version, col(Version.id) == Placement.version_id)
        .join(Page, (col(Page.id) == Version.page_id) & (Page.head == Version.number))
        .where(
            col(Page.pack_id) == pack.id,
            col(Page.retired_at).is_(None),
            col(Target.tag).in_(tags),
        )
    )
    return [TargetText(*row) for row in session.connection().execute(wanted)]


def _accounts(session: Session, ids: set[int]) -> dict[int, Account]:
    wanted = select(Account).where(col(Account.id).in_(ids))
    return {account.id: account for account in session.exec(wanted)}


def _revised_on(session: Session, ids: set[int]) -> dict[int, date]:
    wanted = select(RevisionStatement).where(col(RevisionStatement.id).in_(ids))
    return {each.id: each.revised_on for each in session.exec(wanted)}
