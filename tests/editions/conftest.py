"""What tests of editions share: targets in any state, and a press run."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlmodel import Session, col, select

from welcome.config import Settings
from welcome.database import Sessions
from welcome.editions import publish, store
from welcome.editions.errors import StoreUnreachable
from welcome.editions.models import Edition, EditionState
from welcome.editions.store import Store
from welcome.packs import access, versions
from welcome.packs.models import Pack
from welcome.translation.models import (
    Origin,
    RevisionStatement,
    Target,
    TargetState,
)

WORDS = {
    "ar": "اتصلوا بالمكتب Home Office اليوم",
    "ur": "آج دفتر Home Office کو فون کریں",
    "pl": "Zadzwoń dziś do urzędu",
    "ti": "ሎሚ ናብ ቤት ጽሕፈት ደውሉ",
    "zh-Hant": "請今天致電辦事處",
}
ACCEPTED = TargetState.ACCEPTED

Translate = Callable[..., list[Target]]
Send = Callable[..., publish.Published]


@pytest.fixture
def translate(
    session: Session, pack: Pack, cast: SimpleNamespace, now: datetime
) -> Translate:
    """Put texts on pages of a locale: accepted by a reviewer unless said otherwise."""

    def put(
        tag: str,
        *names: str,
        state: TargetState = ACCEPTED,
        statement: RevisionStatement | None = None,
        origin: Origin = Origin.HUMAN,
    ) -> list[Target]:
        placed = versions.units_of_heads(session, pack)
        made = [
            Target(
                unit_id=unit.id,
                tag=tag,
                text=f"{WORDS[tag]} {position}",
                state=state,
                origin=origin,
                statement_id=statement.id if statement else None,
                reviewer_id=None if statement else cast.reviewer_ur.id,
                reviewed_at=now if state is ACCEPTED else None,
            )
            for page, version in access.list_heads(session, pack)
            if not names or page.name in names
            for position, unit in placed[version.id]
        ]
        session.add_all(made)
        session.commit()
        return made

    return put


@pytest.fixture
def order(
    session: Session, maker: Sessions, pack: Pack, settings: Settings, now: datetime
) -> Callable[..., publish.Published]:
    """Publish locales of the pack as a job would."""

    def ordered(*tags: str, on_step: publish.OnStep | None = None) -> publish.Published:
        # The test's own transaction ends where the job's begins.
        session.commit()
        return publish.publish(
            maker,
            publish.Order(pack.slug, tags),
            settings=settings,
            now=now,
            on_step=on_step,
        )

    return ordered


@pytest.fixture
def send(session: Session, maker: Sessions, pack: Pack, shared: Settings) -> Send:
    """Publish locales of the pack on a machine that shares a store."""

    def sent(*tags: str, now: datetime) -> publish.Published:
        session.commit()
        order = publish.Order(pack.slug, tags)
        return publish.publish(maker, order, settings=shared, now=now)

    return sent


@dataclass
class Counting(Store):
    """The store itself, counting what is asked; it may stop answering after a while."""

    inner: Store
    answers: int = 10_000
    asked: list[str] = field(default_factory=list)
    is_set = True

    def greet(self) -> None:
        self.inner.greet()

    def holds(self, digest: str, size: int) -> bool:
        self._ask("holds")
        return self.inner.holds(digest, size)

    def keep(self, digest: str, content: bytes) -> None:
        self._ask("keep")
        self.inner.keep(digest, content)

    def fetch(self, digest: str, *, most: int) -> bytes:
        self._ask("fetch")
        return self.inner.fetch(digest, most=most)

    def _ask(self, act: str) -> None:
        if len(self.asked) >= self.answers:
            raise StoreUnreachable(store="s3://editions", detail="broken off")
        self.asked.append(act)


@pytest.fixture
def counting(shared: Settings, monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Put a count before the store."""
    made = Counting(store.of(shared))
    monkeypatch.setattr(store, "of", lambda _settings: made)
    return made


def states(session: Session, tag: str) -> list[EditionState]:
    """The states of a locale's editions, by number."""
    session.commit()
    wanted = select(Edition.state).where(Edition.tag == tag)
    return list(session.exec(wanted.order_by(col(Edition.number))))


def current_of(session: Session, tag: str) -> Edition:
    """The edition that readers of a locale have."""
    session.commit()
    wanted = select(Edition).where(
        Edition.tag == tag, Edition.state == EditionState.CURRENT
    )
    wanted = wanted.execution_options(populate_existing=True)
    return session.exec(wanted).one()


def change_page(
    session: Session, pack: Pack, name: str, new: str, now: datetime
) -> None:
    """Have a writer add a paragraph."""
    page = access.get_page(session, pack, name)
    draft = versions.draft_of(versions.head(session, page))
    body = f"{draft.body}\n\n{new}\n"
    versions.save(
        session,
        page,
        replace(draft, body=body),
        based_on=page.head,
        actor=None,
        now=now,
    )
    session.commit()
