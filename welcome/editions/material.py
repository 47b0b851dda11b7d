"""Everything a publication is made from, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.editions.standing import Counts
from welcome.packs import access
from welcome.packs.facts import list_facts
from welcome.packs.models import NEWEST, Fact, Pack, Page, Placement, Version
from welcome.segmentation.inline import facts_in
from welcome.translation.models import (
    Origin,
    RevisionStatement,
    Target,
    TargetState,
)

# A version in a locale.
Place = tuple[int, str]
Columns = sa.Select[*tuple[Any, ...]]


class TargetText(NamedTuple):
    """What publishing needs to know of a target."""

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


class Progress(NamedTuple):
    """A version's targets in a locale, summed; every save and review changes it.

    A text that changes or comes back from review counts one revision more, and what is
    accepted stays so until it changes: no two stages of a page have equal sums.
    """

    with_target: int = 0
    accepted: int = 0
    on_statement: int = 0
    blocked: int = 0
    revisions: int = 0
    machine: int = 0
    # Whoever judged any of them.
    reviewers: tuple[int, ...] = ()

    def counts(self, units: int) -> Counts:
        """Give the counts that decide the standing."""
        counted = (self.with_target, self.accepted, self.on_statement, self.blocked)
        return Counts(units, *counted)

    def plus(self, other: "Progress") -> "Progress":
        """Add the targets that somebody else judged."""
        return Progress(
            with_target=self.with_target + other.with_target,
            accepted=self.accepted + other.accepted,
            on_statement=self.on_statement + other.on_statement,
            blocked=self.blocked + other.blocked,
            revisions=self.revisions + other.revisions,
            machine=self.machine + other.machine,
            reviewers=self.reviewers + other.reviewers,
        )


@dataclass(frozen=True)
class Material:
    """A pack's pages and how far they are; texts only of the places asked for."""

    pack: Pack
    heads: Sequence[tuple[Page, Version]]
    # By version.
    units: dict[int, int]
    progress: dict[Place, Progress]
    facts: Sequence[Fact]
    accounts: dict[int, Account]
    revised_on: dict[int, date]
    texts: dict[Place, dict[int, TargetText]] = field(default_factory=dict)
    # By version; looked for once, whatever the number of locales.
    named: dict[int, set[str]] = field(default_factory=dict)

    def facts_named(self, version: Version) -> set[str]:
        """Name the facts in a version's body."""
        if version.id not in self.named:
            self.named[version.id] = named_in([version.body])
        return self.named[version.id]

    def counts(self, version: Version, tag: str) -> Counts:
        """Count how far a version has come in a locale."""
        progress = self.progress.get((version.id, tag), Progress())
        return progress.counts(self.units.get(version.id, 0))


def named_in(texts: Iterable[str]) -> set[str]:
    """Name the facts in some texts."""
    return {name for text in texts if "{{" in text for name in facts_in(text)}


def gather(session: Session, pack: Pack, tags: Sequence[str]) -> Material:
    """Read what publishing these locales needs, apart from the texts."""
    heads = access.list_heads(session, pack)
    progress = _progress(session, pack, tags)
    return Material(
        pack=pack,
        heads=heads,
        units=_units(session, pack),
        progress=progress,
        facts=list_facts(session, pack),
        accounts=_accounts(session, progress.values(), heads),
        revised_on=_revised_on(session, tags),
    )


def read_texts(session: Session, material: Material, places: Collection[Place]) -> None:
    """Read the texts of some versions in some locales, by position."""
    if not places:
        return
    wanted = _of_heads(
        sa.select(
            col(Placement.version_id),
            col(Target.tag),
            col(Placement.position),
            *(col(getattr(Target, name)) for name in TargetText._fields),
        ),
        material.pack,
    ).where(
        col(Target.tag).in_({tag for _, tag in places}),
        col(Version.id).in_({version_id for version_id, _ in places}),
    )
    texts: dict[Place, dict[int, TargetText]] = defaultdict(dict)
    for version_id, tag, position, *rest in session.connection().execute(wanted):
        texts[version_id, tag][position] = TargetText(*rest)
    material.texts.update(texts)


def _units(session: Session, pack: Pack) -> dict[int, int]:
    wanted = (
        select(Placement.version_id, sa.func.count())
        .join(Version, col(Version.id) == Placement.version_id)
        .join(Page, NEWEST)
        .where(Page.pack_id == pack.id, col(Page.retired_at).is_(None))
        .group_by(col(Placement.version_id))
    )
    return dict(session.exec(wanted).all())


def _progress(
    session: Session, pack: Pack, tags: Sequence[str]
) -> dict[Place, Progress]:
    is_accepted = col(Target.state) == TargetState.ACCEPTED
    sums = (
        sa.func.count(),
        sa.func.count().filter(is_accepted),
        sa.func.count().filter(is_accepted, col(Target.statement_id).is_not(None)),
        sa.func.count().filter(~is_accepted, col(Target.is_blocked)),
        sa.func.sum(col(Target.revision)),
        sa.func.count().filter(col(Target.origin) == Origin.MACHINE),
    )
    group = (col(Placement.version_id), col(Target.tag), col(Target.reviewer_id))
    wanted = _of_heads(sa.select(*group, *sums), pack)
    wanted = wanted.group_by(*group).order_by(*group)
    # Asked for many, SQLite would look each one up; summing them all is quicker.
    if len(tags) == 1:
        wanted = wanted.where(col(Target.tag) == tags[0])
    found: dict[Place, Progress] = {}
    for row in session.connection().execute(wanted):
        version_id, tag, reviewer_id, *summed = row
        part = Progress(*summed)
        if reviewer_id:
            part = part._replace(reviewers=(reviewer_id,))
        before = found.get((version_id, tag))
        found[version_id, tag] = before.plus(part) if before else part
    return found


def _of_heads(wanted: Columns, pack: Pack) -> Columns:
    """Keep to the texts at the newest versions of a pack's pages."""
    return (
        wanted.select_from(Target)
        .join(Placement, col(Placement.unit_id) == Target.unit_id)
        .join(Version, col(Version.id) == Placement.version_id)
        .join(Page, NEWEST)
        .where(
            col(Page.pack_id) == pack.id,
            col(Page.retired_at).is_(None),
            col(Target.state) != TargetState.INITIAL,
        )
    )


def _accounts(
    session: Session,
    progress: Iterable[Progress],
    heads: Sequence[tuple[Page, Version]],
) -> dict[int, Account]:
    """Read whoever a stamp may name."""
    people = {version.author_id for _, version in heads if version.author_id}
    people |= {each for place in progress for each in place.reviewers}
    wanted = select(Account).where(col(Account.id).in_(people))
    return {account.id: account for account in session.exec(wanted)}


def _revised_on(session: Session, tags: Sequence[str]) -> dict[int, date]:
    wanted = select(RevisionStatement).where(col(RevisionStatement.tag).in_(tags))
    return {each.id: each.revised_on for each in session.exec(wanted)}
