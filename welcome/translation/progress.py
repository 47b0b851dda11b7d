"""How far each page is in each locale, and what a change will cost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.packs.access import list_heads, select_heads
from welcome.packs.models import Pack, Page, Placement, Version
from welcome.packs.versions import PageDraft, draft_of, head, parts_of
from welcome.segmentation import ChangeKind, changes, normalise
from welcome.translation.models import Origin, Target, TargetState
from welcome.translation.past import ancestors

_Key = tuple[int, str]


@dataclass(frozen=True)
class Counts:
    """Units of a page in a locale by state; `stale` ones have only an older text.

    Among the translated, `unread` ones are machine drafts that nobody here has saved.
    """

    total: int = 0
    translated: int = 0
    submitted: int = 0
    returned: int = 0
    accepted: int = 0
    stale: int = 0
    unread: int = 0

    @property
    def missing(self) -> int:
        """Count units that nobody has translated, stale ones included."""
        begun = self.translated + self.submitted + self.returned
        return self.total - begun - self.accepted

    @property
    def open(self) -> int:
        """Count units that wait for a translator, unread drafts included."""
        return self.missing + self.translated + self.returned

    @property
    def left(self) -> int:
        """Count open units that nobody here has done anything about."""
        return self.missing + self.returned + self.unread

    @property
    def is_complete(self) -> bool:
        """Tell whether every unit is accepted."""
        return self.accepted == self.total


@dataclass(frozen=True)
class Matrix:
    """Pages by locales, each cell by page id and tag."""

    pages: Sequence[tuple[Page, Version]]
    tags: Sequence[str]
    cells: dict[_Key, Counts]

    def total_of(self, tag: str) -> Counts:
        """Add up a locale over all pages."""
        counts = [self.cells[page.id, tag] for page, _version in self.pages]
        names = Counts.__dataclass_fields__
        return Counts(**{name: sum(getattr(c, name) for c in counts) for name in names})


@dataclass(frozen=True)
class QueuedPage:
    """A page in a locale's queue."""

    page: Page
    version: Version
    counts: Counts


def matrix(session: Session, pack: Pack) -> Matrix:
    """Count every page in every locale, in six queries."""
    tags = [tag for tag in pack.locales if tag != pack.source_tag]
    return _count(session, pack, tags)


def queue(session: Session, pack: Pack, tag: str) -> list[QueuedPage]:
    """List the pages of a locale: those with work left first, then with open units."""
    counted = _count(session, pack, [tag])
    queued = [
        QueuedPage(page, version, counted.cells[page.id, tag])
        for page, version in counted.pages
    ]
    return sorted(queued, key=lambda e: (not e.counts.left, not e.counts.open))


def cost(session: Session, page: Page | None, draft: PageDraft) -> int:
    """Count the units that saving a draft would open in every locale."""
    before = draft_of(head(session, page)) if page and page.head else None
    return count_opened(before, draft)


def count_opened(before: PageDraft | None, after: PageDraft) -> int:
    """Count the texts of a draft that have no equal in the one before."""
    new = parts_of(after)
    if before is None:
        return len(new)
    old = parts_of(before)
    heads = {part.position: normalise(part.text) for part in old if part.position < 0}
    opened = sum(
        heads.get(part.position) != normalise(part.text)
        for part in new
        if part.position < 0
    )
    found = changes.diff(
        [normalise(part.text) for part in old if part.position >= 0],
        [normalise(part.text) for part in new if part.position >= 0],
    )
    kept = (ChangeKind.SAME, ChangeKind.MOVED)
    return opened + sum(len(each.new) for each in found if each.kind not in kept)


def _count(session: Session, pack: Pack, tags: Sequence[str]) -> Matrix:
    pages = list_heads(session, pack)
    totals = _totals(session, pack)
    states = _states(session, pack, tags)
    stale = _stale(session, pack, tags)
    cells = {}
    for page, version in pages:
        for tag in tags:
            by_state, unread = states.get((version.id, tag), (Counter(), 0))
            cells[page.id, tag] = Counts(
                total=totals.get(version.id, 0),
                translated=by_state[TargetState.TRANSLATED],
                submitted=by_state[TargetState.SUBMITTED],
                returned=by_state[TargetState.RETURNED],
                accepted=by_state[TargetState.ACCEPTED],
                stale=stale[version.id, tag],
                unread=unread,
            )
    return Matrix(pages, tags, cells)


def _totals(session: Session, pack: Pack) -> dict[int, int]:
    wanted = (
        select(Placement.version_id, sa.func.count())
        .where(col(Placement.version_id).in_(select_heads(pack)))
        .group_by(col(Placement.version_id))
    )
    return dict(session.exec(wanted).all())


def _states(
    session: Session, pack: Pack, tags: Sequence[str]
) -> dict[_Key, tuple[Counter[TargetState], int]]:
    """Count targets by state, and the unread among the translated, in one query."""
    is_drafted = (col(Target.origin) == Origin.MACHINE) & col(Target.author_id).is_(
        None
    )
    wanted = (
        sa.select(
            col(Placement.version_id),
            col(Target.tag),
            col(Target.state),
            sa.func.count(),
            sa.func.count().filter(is_drafted),
        )
        .join(Target, col(Target.unit_id) == Placement.unit_id)
        .where(col(Placement.version_id).in_(select_heads(pack)))
        .group_by(col(Placement.version_id), col(Target.tag), col(Target.state))
    )
    # Asked for many, SQLite would look each one up; counting them all is quicker.
    if len(tags) == 1:
        wanted = wanted.where(col(Target.tag) == tags[0])
    found: dict[_Key, tuple[Counter[TargetState], int]] = {}
    for version_id, tag, state, count, drafted in session.connection().execute(wanted):
        by_state, unread = found.get((version_id, tag), (Counter(), 0))
        by_state[state] = count
        unread += drafted if state is TargetState.TRANSLATED else 0
        found[version_id, tag] = by_state, unread
    return found


def _stale(session: Session, pack: Pack, tags: Sequence[str]) -> Counter[_Key]:
    """Count units without a target whose source said something translated before."""
    in_use = col(Placement.version_id).in_(select_heads(pack))
    chains = ancestors(session, sa.select(col(Placement.unit_id)).where(in_use))
    units = {*chains, *(each for chain in chains.values() for each in chain)}
    # Two steps: joined in one, SQLite looks through every target of a locale.
    wanted = select(Target.unit_id, Target.tag).where(
        col(Target.unit_id).in_(sorted(units)),
        col(Target.tag).in_(tags),
        Target.text != "",
    )
    written = set(session.exec(wanted))
    places = select(Placement.unit_id, Placement.version_id).where(
        col(Placement.unit_id).in_(sorted(chains)), in_use
    )
    return Counter(
        (version_id, tag)
        for unit_id, version_id in session.exec(places)
        for tag in tags
        if (unit_id, tag) not in written
        and any((older, tag) in written for older in chains[unit_id])
    )
