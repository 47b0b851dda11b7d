"""Editions in a store that machines share: kept whole, brought whole, or not at all."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from tests.editions.conftest import Counting, Send, Translate, change_page
from tests.object_store import ObjectStore
from welcome.config import Settings
from welcome.editions import fingerprints, sharing, store
from welcome.editions.errors import (
    EditionNotHere,
    NotWritten,
)
from welcome.editions.models import Artifact, EditionState
from welcome.editions.sharing import File
from welcome.editions.store import NOWHERE
from welcome.packs.models import Pack
from welcome.translation.models import Origin, TargetState

CURRENT, FAILED = EditionState.CURRENT, EditionState.FAILED


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
    page.write_bytes(page.read_bytes().replace(b"</h1>", b"!</h1>"))
    change_page(session, pack, "doctor", "A new paragraph.", now)
    send("en", now=now)

    sharing.bring(store.of(shared), tmp_path / "b", artifact_of(session, "town/en/2"))
    brought = files_in(tmp_path / "b/town/en/2")
    assert brought == files_in(shared.editions / "town/en/2")


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
