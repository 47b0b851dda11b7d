"""Editions in a store that machines share: kept whole, brought whole, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from tests.editions.conftest import Translate, change_page, states
from tests.object_store import ObjectStore
from welcome.config import Settings
from welcome.database import Sessions
from welcome.editions import fingerprints, publish, sharing, store
from welcome.editions.errors import (
    EditionNotHere,
    EditionsFolderMissing,
    NotWritten,
    PublishingFailed,
    StoreUnreachable,
)
from welcome.editions.models import Artifact, EditionState
from welcome.editions.sharing import File
from welcome.editions.store import NOWHERE, Store
from welcome.packs.models import Pack
from welcome.translation.models import Origin, TargetState

CURRENT, FAILED = EditionState.CURRENT, EditionState.FAILED

Send = Callable[..., publish.Published]


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


def artifact_of(session: Session, path: str) -> Artifact:
    session.commit()
    return session.exec(select(Artifact).where(Artifact.path == path)).one()


def files_in(folder: Path) -> dict[str, bytes]:
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


def test_another_machine_gets_every_file(
    session: Session, send: Send, shared: Settings, tmp_path: Path, now: datetime
) -> None:
    send("en", "ur", now=now)
    for path in ("town/en/1", "town/ur/1"):
        artifact = artifact_of(session, path)
        for _ in range(2):
            sharing.have(store.of(shared), tmp_path / "b", artifact)
    assert files_in(tmp_path / "b") == files_in(shared.editions)
    assert len(files_in(tmp_path / "b")) > 20


def test_what_the_edition_before_has_is_neither_sent_nor_asked_for(
    session: Session,
    pack: Pack,
    translate: Translate,
    send: Send,
    counting: Counting,
    tmp_path: Path,
    now: datetime,
) -> None:
    translate("ur", state=TargetState.TRANSLATED, origin=Origin.MACHINE)
    send("en", now=now)
    first = artifact_of(session, "town/en/1")
    sharing.bring(counting, tmp_path, first)
    change_page(session, pack, "doctor", "A new paragraph.", now)
    counting.asked.clear()

    send("en", now=now)
    # The page, the start page, each in three forms; one question for the edition before.
    assert counting.asked.count("keep") == 7
    assert counting.asked.count("holds") == 7

    counting.asked.clear()
    sharing.bring(counting, tmp_path, artifact_of(session, "town/en/2"))
    assert counting.asked == ["fetch"] * 7


def test_a_damaged_neighbour_is_not_taken_for_whole(
    session: Session,
    pack: Pack,
    send: Send,
    shared: Settings,
    tmp_path: Path,
    now: datetime,
) -> None:
    send("en", now=now)
    sharing.bring(store.of(shared), tmp_path / "b", artifact_of(session, "town/en/1"))
    page = tmp_path / "b/town/en/1/pages/safety.html"
    page.write_bytes(page.read_bytes().replace(b"112", b"113"))
    change_page(session, pack, "doctor", "A new paragraph.", now)
    send("en", now=now)

    sharing.bring(store.of(shared), tmp_path / "b", artifact_of(session, "town/en/2"))
    brought = files_in(tmp_path / "b/town/en/2")
    assert brought == files_in(shared.editions / "town/en/2")


@pytest.mark.parametrize("answers", [0, 1, 5, 15])
def test_an_upload_that_breaks_off_is_no_edition_and_is_gone_on_with(
    session: Session,
    send: Send,
    counting: Counting,
    object_store: ObjectStore,
    shared: Settings,
    answers: int,
    now: datetime,
) -> None:
    counting.answers = answers
    with pytest.raises(PublishingFailed) as failed:
        send("en", "ur", now=now)
    codes = {each["code"] for each in failed.value.params["problems"].values()}
    assert codes == {"store_unreachable"}
    assert states(session, "en") == states(session, "ur") == [FAILED]
    session.commit()
    begun = object_store.objects(shared.editions_store.rpartition("/")[2])

    for path in ("town/en/1", "town/ur/1"):
        manifest = (shared.editions / path / "manifest.json").read_bytes()
        assert not [each for each in begun if fingerprints.of_bytes(manifest) in each]

    counting.answers, counting.asked = 10_000, []
    assert send("en", "ur", now=now).numbers == {"en": 2, "ur": 2}
    sent = counting.asked.count("keep")
    whole = object_store.objects(shared.editions_store.rpartition("/")[2])
    # Manifests are sent each time.
    assert sent - len(whole) + len(begun) in {0, 1, 2}
    assert set(begun) <= set(whole)


def test_a_store_that_is_down_lets_nothing_begin(
    session: Session,
    send: Send,
    object_store: ObjectStore,
    now: datetime,
) -> None:
    send("en", now=now)
    object_store.stop()
    try:
        with pytest.raises(StoreUnreachable):
            send("ur", now=now)
    finally:
        object_store.start()
    assert states(session, "ur") == []
    assert send("ur", now=now).numbers == {"ur": 1}


def test_one_locale_that_cannot_be_kept_does_not_hold_up_the_others(
    session: Session,
    send: Send,
    shared: Settings,
    monkeypatch: pytest.MonkeyPatch,
    now: datetime,
) -> None:
    inner = sharing.keep_folder

    def lose_one(opened: Store, root: Path, folder: Path, *rest: object) -> None:
        if "ur" in folder.parts:
            (root / folder / "index.html").write_text("harmed", "utf-8")
        inner(opened, root, folder, *rest)

    monkeypatch.setattr(sharing, "keep_folder", lose_one)
    with pytest.raises(PublishingFailed) as failed:
        send("en", "ur", now=now)
    assert set(failed.value.params["problems"]) == {"ur"}
    assert (states(session, "en"), states(session, "ur")) == ([CURRENT], [FAILED])


def test_a_print_is_kept_once_and_brought(
    shared: Settings, counting: Counting, tmp_path: Path
) -> None:
    content = b"%PDF-1.7 a print"
    root = shared.editions
    root.mkdir(parents=True)
    (root / "1.pdf").write_bytes(content)
    file = File("1.pdf", fingerprints.of_bytes(content), len(content))
    for _ in range(2):
        sharing.keep_file(counting, root, file)
    assert counting.asked == ["holds", "keep", "holds"]

    (root / "1.pdf").write_bytes(b"something else")
    with pytest.raises(NotWritten):
        sharing.send_file(counting, root, file)


def test_without_a_store_what_is_not_here_is_said_to_be_elsewhere(
    session: Session, send: Send, tmp_path: Path, now: datetime
) -> None:
    send("en", now=now)
    artifact = artifact_of(session, "town/en/1")
    with pytest.raises(EditionNotHere, match="town/en/1"):
        sharing.have(NOWHERE, tmp_path, artifact)


def test_two_who_bring_the_same_do_not_disturb_each_other(
    session: Session,
    send: Send,
    shared: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    now: datetime,
) -> None:
    send("en", now=now)
    artifact = artifact_of(session, "town/en/1")
    opened = store.of(shared)
    inner, others = Path.rename, [tmp_path / "b"]

    def rename_late(path: Path, target: Path) -> Path:
        # Just before our rename the other one has done its own.
        if others:
            sharing.bring(opened, others.pop(), artifact)
        return inner(path, target)

    monkeypatch.setattr(Path, "rename", rename_late)
    sharing.bring(opened, tmp_path / "b", artifact)
    assert files_in(tmp_path / "b") == files_in(shared.editions)


def test_rows_name_what_the_store_holds(
    session: Session,
    send: Send,
    shared: Settings,
    object_store: ObjectStore,
    now: datetime,
) -> None:
    send("en", now=now)
    held = object_store.objects(shared.editions_store.rpartition("/")[2])
    names = {each.rpartition("/")[2] for each in held}
    session.commit()
    rows = session.exec(select(Artifact).order_by(col(Artifact.id))).all()
    assert [each.sha256 for each in rows if each.sha256 not in names] == []


def test_a_shared_folder_that_is_not_mounted_is_not_made_in_its_place(
    session: Session, maker: Sessions, pack: Pack, settings: Settings, now: datetime
) -> None:
    folder = settings.instance / "mounted"
    elsewhere = replace(settings, editions_folder=str(folder))
    order = publish.Order(pack.slug, ("en",))
    session.commit()
    with pytest.raises(EditionsFolderMissing, match="mounted"):
        publish.publish(maker, order, settings=elsewhere, now=now)
    assert not folder.exists()
    assert states(session, "en") == []
    session.commit()

    folder.mkdir(parents=True)
    publish.publish(maker, order, settings=elsewhere, now=now)
    assert (folder / "town/en/1/manifest.json").is_file()
    assert not (settings.instance / "editions").exists()
