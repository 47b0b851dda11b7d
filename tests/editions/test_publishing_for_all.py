"""Publishing where machines share editions: all find them, or readers keep what they have."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.editions.conftest import Counting, Send, states
from tests.object_store import ObjectStore
from welcome.config import Settings
from welcome.database import Sessions
from welcome.editions import fingerprints, publish, sharing
from welcome.editions.errors import (
    EditionsFolderMissing,
    PublishingFailed,
    StoreUnreachable,
)
from welcome.editions.models import EditionState
from welcome.editions.store import Store
from welcome.packs.models import Pack

CURRENT, FAILED = EditionState.CURRENT, EditionState.FAILED


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


def test_a_store_that_stops_answering_is_not_asked_for_every_locale(
    session: Session, send: Send, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    asked = []

    def stop(*_rest: object) -> None:
        asked.append(1)
        raise StoreUnreachable(store="s3://editions", detail="ReadTimeoutError")

    monkeypatch.setattr(sharing, "keep_folder", stop)
    with pytest.raises(PublishingFailed) as failed:
        send("en", "ur", "ar", now=now)
    assert set(failed.value.params["problems"]) == {"en", "ur", "ar"}
    assert len(asked) == 1


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
