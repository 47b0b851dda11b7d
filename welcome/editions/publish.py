"""Publishing: plan, freeze, write, and only then give it to readers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.config import Settings
from welcome.database import Sessions, reading
from welcome.editions import fingerprints, folders, web_edition
from welcome.editions.errors import (
    NothingNew,
    PublishingFailed,
    SiteAddressMissing,
)
from welcome.editions.furniture import furnish
from welcome.editions.look import look
from welcome.editions.models import Edition, EditionPage, FrozenPage
from welcome.editions.moves import clean_up, fail, make_current, roll_back, withdraw
from welcome.editions.planning import LocalePlan, PagePlan, companions, plan
from welcome.editions.web_edition import Built
from welcome.errors import WelcomeError
from welcome.packs.access import get_pack
from welcome.packs.models import Pack

__all__ = [
    "LocalePlan",
    "Order",
    "Published",
    "clean_up",
    "freeze",
    "freeze_plan",
    "make_current",
    "plan",
    "publish",
    "roll_back",
    "withdraw",
]

# Called with how many locales are done, how many there are, and the one at hand.
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


def freeze(
    session: Session,
    pack: Pack,
    tag: str,
    *,
    site_url: str,
    actor: Account | None,
    now: datetime,
) -> Edition:
    """Freeze one locale as it stands; raises what `plan` and `freeze_plan` raise."""
    _take_turn(session, pack)
    planned = next(each for each in plan(session, pack, [tag]) if each.tag == tag)
    return freeze_plan(session, planned, site_url=site_url, actor=actor, now=now)


def freeze_plan(
    session: Session,
    planned: LocalePlan,
    *,
    site_url: str,
    actor: Account | None,
    now: datetime,
) -> Edition:
    """Freeze a plan into an edition that is being prepared.

    Raises SiteAddressMissing, or NothingNew where readers have just that.
    """
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
    edition = Edition(
        pack_id=planned.pack.id,
        tag=planned.tag,
        number=planned.last_number + 1,
        furniture=furniture,
        fingerprint=key,
        publisher_id=actor.id if actor else None,
        published_at=now,
    )
    session.add(edition)
    session.flush()
    _place_pages(session, edition, planned.pages)
    return edition


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
    locales that could not be written; the others are current then.
    """
    with sessions.begin() as session:
        frozen, unchanged = _freeze_all(session, order, settings.site_url, now)
    run = _Run(sessions, settings.editions, order.actor_id, now, on_step)
    return Published(run.bring_out(frozen), unchanged)


@dataclass
class _Run:
    """One publishing run, from frozen editions to readers."""

    sessions: Sessions
    root: Path
    actor_id: int | None
    now: datetime
    on_step: OnStep | None
    done: int = 0
    problems: dict[str, str] = field(default_factory=dict)

    def bring_out(self, batches: list[list[Edition]]) -> dict[str, int]:
        """Write every batch, sync, and make each current or mark it failed."""
        total = sum(len(batch) for batch in batches)
        written = [
            self._try(batch, partial(self._write, total=total)) for batch in batches
        ]
        folders.sync(self.root)
        numbers: dict[str, int] = {}
        for batch, built in zip(batches, written, strict=True):
            if built and self._try(batch, partial(self._give_to_readers, built=built)):
                numbers |= {edition.tag: edition.number for edition in batch}
        if self.problems:
            raise PublishingFailed(problems=self.problems, published=numbers)
        return numbers

    def _try(
        self, batch: list[Edition], act: Callable[[list[Edition]], list[Built]]
    ) -> list[Built]:
        """Take one step with a batch; where it fails, all of the batch fails."""
        try:
            return act(batch)
        except (OSError, WelcomeError) as error:
            self._give_up(batch, error)
            return []

    def _write(self, batch: list[Edition], total: int) -> list[Built]:
        written = []
        for edition in batch:
            if self.on_step:
                self.on_step(self.done, total, edition.tag)
            # Reading keeps nobody waiting while files are written.
            with reading(), self.sessions() as session:
                written.append(web_edition.build(session, edition, self.root))
            self.done += 1
        return written

    def _give_to_readers(self, batch: list[Edition], built: list[Built]) -> list[Built]:
        with self.sessions.begin() as session:
            actor = session.get(Account, self.actor_id) if self.actor_id else None
            for edition, folder in zip(batch, built, strict=True):
                kept = session.get_one(Edition, edition.id)
                web_edition.record(session, kept, folder, now=self.now)
                make_current(session, kept, actor=actor, now=self.now)
        return built

    def _give_up(self, batch: list[Edition], error: Exception) -> None:
        with self.sessions.begin() as session:
            for edition in batch:
                fail(session, session.get_one(Edition, edition.id), str(error))
        self.problems |= {edition.tag: str(error) for edition in batch}


def _freeze_all(
    session: Session, order: Order, site_url: str, now: datetime
) -> tuple[list[list[Edition]], tuple[str, ...]]:
    """Freeze what has news, in batches that become current together."""
    pack = get_pack(session, order.pack_slug)
    _take_turn(session, pack)
    actor = session.get(Account, order.actor_id) if order.actor_id else None
    batches: dict[tuple[str, ...], list[Edition]] = {}
    unchanged = []
    for planned in plan(session, pack, order.tags):
        try:
            edition = freeze_plan(
                session, planned, site_url=site_url, actor=actor, now=now
            )
        except NothingNew:
            unchanged.append(planned.tag)
        else:
            batches.setdefault(companions(pack, edition.tag), []).append(edition)
    if not batches:
        raise NothingNew(tag=", ".join(unchanged))
    return list(batches.values()), tuple(unchanged)


def _key(page: PagePlan) -> list[object]:
    version = page.version
    return [page.fingerprint, version.slug, version.group, version.icon]


def _take_turn(session: Session, pack: Pack) -> None:
    """Wait for whoever freezes this pack; two must not take the same number."""
    session.exec(select(Pack.id).where(Pack.id == pack.id).with_for_update())


def _place_pages(session: Session, edition: Edition, pages: Sequence[PagePlan]) -> None:
    """Place each page; content that was frozen before is the same row."""
    ids = {page.held.fingerprint: page.held.frozen_id for page in pages if page.held}
    fresh = {page.fingerprint: page.frozen for page in pages if page.frozen}
    held = select(FrozenPage.fingerprint, FrozenPage.id)
    held = held.where(col(FrozenPage.fingerprint).in_(fresh))
    ids |= dict(session.exec(held).all())
    new = [frozen for key, frozen in fresh.items() if key not in ids]
    session.add_all(new)
    session.flush()
    ids |= {frozen.fingerprint: frozen.id for frozen in new}
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
        for position, page in enumerate(pages)
    ]
    session.connection().execute(sa.insert(EditionPage), placed)
