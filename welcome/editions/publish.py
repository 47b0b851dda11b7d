"""Publishing: freezes, writes files between transactions of its own, gives to readers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.config import Settings
from welcome.database import Sessions, reading
from welcome.editions import (
    fingerprints,
    folders,
    problems,
    sharing,
    web_edition,
)
from welcome.editions.errors import (
    NothingNew,
    NotWritten,
    PublishingFailed,
    SiteAddressMissing,
    StoreRefused,
    StoreUnreachable,
)
from welcome.editions.furniture import furnish
from welcome.editions.look import look
from welcome.editions.models import Edition, EditionPage, FrozenPage
from welcome.editions.moves import fail, make_all_current, take_turn
from welcome.editions.planning import LocalePlan, PagePlan, companions, plan
from welcome.editions.store import Store
from welcome.editions.web_edition import Built
from welcome.errors import WelcomeError
from welcome.packs.access import get_pack

# Called with how many locales are done, how many there are, and the one at hand; once
# more, with the last, before readers are given anything. What it raises ends the run.
OnStep = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Order:
    """What somebody asks to publish."""

    pack_slug: str
    tags: Sequence[str]
    actor_id: int | None = None


@dataclass(frozen=True)
class Published:
    """What came of it: edition numbers by locale, and locales without news."""

    numbers: dict[str, int]
    unchanged: tuple[str, ...]


def publish(
    sessions: Sessions,
    order: Order,
    *,
    settings: Settings,
    now: datetime,
    on_step: OnStep | None = None,
) -> Published:
    """Publish locales, transaction by transaction; a crash leaves the old editions.

    Raises NothingNew where no locale has news, and PublishingFailed naming the
    locales that could not be written; the others are current then. Raises
    EditionsFolderMissing, StoreUnreachable or StoreRefused, with nothing begun, where
    other machines would not find what is written.
    """
    shared = sharing.ready(settings)
    with sessions.begin() as session:
        frozen, unchanged = _freeze_all(session, order, settings.site_url, now)
    run = _Run(sessions, settings.editions, shared, order.actor_id, now, on_step)
    return Published(run.bring_out(frozen), unchanged)


@dataclass
class _Run:
    """One publishing run, from frozen editions to readers."""

    sessions: Sessions
    root: Path
    store: Store
    actor_id: int | None
    now: datetime
    on_step: OnStep | None
    done: int = 0
    failed: dict[str, WelcomeError] = field(default_factory=dict)

    def bring_out(self, batches: list[list[Edition]]) -> dict[str, int]:
        """Write every batch, sync once, share it, and give readers what was written."""
        total = sum(len(batch) for batch in batches)
        built: dict[int, Built] = {}
        # Reading keeps nobody waiting while files are written.
        with reading(), self.sessions() as session:
            for batch in batches:
                try:
                    built |= self._write(session, batch, total)
                except (OSError, WelcomeError) as error:
                    self._fail(batch, error)
        folders.sync(self.root)
        if self.store.is_set:
            self._share(batches, built, total)
        self._tell(total, batches[-1][-1])
        numbers = self._give_to_readers(batches, built)
        if self.failed:
            listed = {tag: problems.to_json(each) for tag, each in self.failed.items()}
            raise PublishingFailed(problems=listed, published=numbers)
        return numbers

    def _write(
        self, session: Session, batch: list[Edition], total: int
    ) -> dict[int, Built]:
        written = {}
        for edition in batch:
            self._tell(total, edition)
            written[edition.id] = web_edition.build(session, edition, self.root)
            self.done += 1
        return written

    def _share(
        self, batches: list[list[Edition]], built: dict[int, Built], total: int
    ) -> None:
        """Keep what was written where every machine finds it.

        A store that stops answering has failed for all that was not kept yet.
        """
        down: WelcomeError | None = None
        for batch in batches:
            try:
                for edition in batch if down is None else ():
                    if edition.tag not in self.failed:
                        self._tell(total, edition)
                        made = built[edition.id]
                        sharing.keep_folder(
                            self.store, self.root, made.folder, made.before
                        )
            except (StoreRefused, StoreUnreachable) as problem:
                down = problem
            except (OSError, WelcomeError) as error:
                self._fail(batch, error)
            if down:
                self._fail(batch, down)

    def _fail(self, batch: list[Edition], error: OSError | WelcomeError) -> None:
        """Note why editions that appear together cannot."""
        problem = NotWritten(detail=error) if isinstance(error, OSError) else error
        self.failed |= {edition.tag: problem for edition in batch}

    def _tell(self, total: int, edition: Edition) -> None:
        if self.on_step:
            self.on_step(self.done, total, edition.tag)

    def _give_to_readers(
        self, batches: list[list[Edition]], built: dict[int, Built]
    ) -> dict[str, int]:
        """Make whole batches current, or note why they failed, in one transaction."""
        with self.sessions.begin() as session:
            actor = session.get(Account, self.actor_id) if self.actor_id else None
            ids = [edition.id for batch in batches for edition in batch]
            kept = select(Edition).where(col(Edition.id).in_(ids))
            editions = {edition.id: edition for edition in session.exec(kept)}
            whole = []
            for batch in batches:
                listed = [editions[each.id] for each in batch]
                if any(each.tag in self.failed for each in batch):
                    for edition in listed:
                        fail(session, edition, self.failed[edition.tag])
                else:
                    whole.append(listed)
            for listed in whole:
                for edition in listed:
                    web_edition.record(
                        session, edition, built[edition.id], now=self.now
                    )
            overtaken = make_all_current(session, whole, actor=actor, now=self.now)
            self.failed |= overtaken
        return {
            edition.tag: edition.number
            for listed in whole
            for edition in listed
            if edition.tag not in self.failed
        }


def _freeze_all(
    session: Session, order: Order, site_url: str, now: datetime
) -> tuple[list[list[Edition]], tuple[str, ...]]:
    """Freeze what has news, in batches that become current together."""
    pack = get_pack(session, order.pack_slug)
    take_turn(session, pack.id)
    actor = session.get(Account, order.actor_id) if order.actor_id else None
    frozen: dict[str, tuple[Edition, Sequence[PagePlan]]] = {}
    unchanged = []
    for planned in plan(session, pack, order.tags):
        try:
            edition = _prepare(planned, site_url=site_url, actor=actor, now=now)
        except NothingNew:
            unchanged.append(planned.tag)
        else:
            frozen[planned.tag] = (edition, planned.pages)
    if not frozen:
        raise NothingNew(tag=", ".join(unchanged))
    _put_down(session, list(frozen.values()))
    batches: dict[tuple[str, ...], list[Edition]] = {}
    for tag, (edition, _) in frozen.items():
        batches.setdefault(companions(pack, tag), []).append(edition)
    return list(batches.values()), tuple(unchanged)


def _prepare(
    planned: LocalePlan, *, site_url: str, actor: Account | None, now: datetime
) -> Edition:
    """Make the row of an edition, past the guards that refuse."""
    if not site_url.startswith(("http://", "https://")):
        raise SiteAddressMissing(site_url=site_url)
    furniture = furnish(
        planned.pack,
        planned.tag,
        planned.facts,
        planned.alternates,
        site_url=site_url,
        look=look(planned.tag),
    )
    key = fingerprints.of([furniture, [_key(page) for page in planned.pages]])
    if planned.current and planned.current[0] == key:
        raise NothingNew(tag=planned.tag, number=planned.current[1])
    return Edition(
        pack_id=planned.pack.id,
        tag=planned.tag,
        number=planned.last_number + 1,
        furniture=furniture,
        fingerprint=key,
        publisher_id=actor.id if actor else None,
        published_at=now,
    )


def _key(page: PagePlan) -> list[object]:
    version = page.version
    return [page.fingerprint, version.slug, version.group, version.icon]


def _put_down(
    session: Session, frozen: Sequence[tuple[Edition, Sequence[PagePlan]]]
) -> None:
    """Write editions with their pages; content frozen before is the same row."""
    every = [page for _, pages in frozen for page in pages]
    ids = {page.held.fingerprint: page.held.frozen_id for page in every if page.held}
    fresh = {page.fingerprint: page.frozen for page in every if page.frozen}
    ids |= _ids_of(session, list(fresh))
    new = [row for fingerprint, row in fresh.items() if fingerprint not in ids]
    session.add_all([*new, *(edition for edition, _ in frozen)])
    session.flush()
    ids |= {row.fingerprint: row.id for row in new}
    placed = [
        {
            "edition_id": edition.id,
            "position": position,
            "frozen_page_id": ids[page.fingerprint],
            "made_from": page.made_from,
            "slug": page.version.slug,
            "group": page.version.group,
            "icon": page.version.icon,
        }
        for edition, pages in frozen
        for position, page in enumerate(pages)
    ]
    session.connection().execute(sa.insert(EditionPage), placed)


def _ids_of(session: Session, contents: list[str]) -> dict[str, int]:
    """Find the rows of contents, some hundreds at a time."""
    found: dict[str, int] = {}
    for at in range(0, len(contents), 500):
        some = contents[at : at + 500]
        wanted = select(FrozenPage.fingerprint, FrozenPage.id)
        wanted = wanted.where(col(FrozenPage.fingerprint).in_(some))
        found |= dict(session.exec(wanted).all())
    return found
