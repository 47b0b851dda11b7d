"""A store that holds something else than what was kept: refused, found, and mended."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from tests.object_store import BUCKET, ObjectStore
from welcome.config import Settings
from welcome.database import Sessions
from welcome.editions import fingerprints, publish, sharing, store, verifying
from welcome.editions.errors import LookChanged, StoreHarmed
from welcome.editions.models import Artifact, ArtifactKind, Edition
from welcome.editions.store import S3Store, Store
from welcome.packs.models import Pack

A = fingerprints.of_bytes(b"a")
FINE = {"sha256": A, "size": 1}


@pytest.fixture
def opened(shared: Settings) -> Store:
    return store.of(shared)


def bring_manifest(opened: Store, root: Path, content: bytes, size: int = 1) -> None:
    """Bring an edition whose manifest is this."""
    digest = fingerprints.of_bytes(content)
    opened.keep(A, b"a")
    opened.keep(digest, content)
    row = Artifact(kind=ArtifactKind.WEB, path="town/en/1", sha256=digest, size=size)
    sharing.bring(opened, root, row)


def listing(*names: str) -> bytes:
    return json.dumps({"files": dict.fromkeys(names, FINE), "pages": {}}).encode()


def all_below(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.rglob("*") if not each.is_dir())


def test_a_sound_manifest_is_followed(opened: Store, tmp_path: Path) -> None:
    bring_manifest(opened, tmp_path, listing("pages/a.html"))
    assert (tmp_path / "town/en/1/pages/a.html").read_bytes() == b"a"


@pytest.mark.parametrize(
    "name",
    [
        "../x", "../../../x", "/etc/x", "pages/../../x", "pages//x", "./x", "", ".", "..",
        "x/", "a\\..\\x", "a\0b", "a\nb", "manifest.json", "\ud800", "x\u202ey",
    ],
)  # fmt: skip
def test_hostile_names_lead_nowhere(opened: Store, tmp_path: Path, name: str) -> None:
    root = tmp_path / "deep" / "editions"
    with pytest.raises(StoreHarmed, match="unreadable"):
        bring_manifest(opened, root, listing(name))
    assert all_below(tmp_path / "deep") == []


@pytest.mark.parametrize(
    "entry",
    [
        {"sha256": "../../secret", "size": 1},
        {"sha256": A.upper(), "size": 1},
        {"sha256": A, "size": -1},
        {"sha256": A, "size": "1"},
        {"sha256": A, "size": True},
        {"sha256": [A], "size": 1},
        {"sha256": A},
        {},
        [],
        None,
    ],
)
def test_hostile_entries_are_refused(
    opened: Store, tmp_path: Path, entry: object
) -> None:
    content = json.dumps({"files": {"x": entry}}).encode()
    with pytest.raises(StoreHarmed, match="unreadable"):
        bring_manifest(opened, tmp_path / "b", content)
    assert all_below(tmp_path / "b") == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"files": 3}', b"\xff", b"[" * 100_000]
)
def test_manifests_that_are_none_are_refused(
    opened: Store, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(StoreHarmed, match="unreadable"):
        bring_manifest(opened, tmp_path / "b", content)


def test_more_than_was_written_is_not_taken(opened: Store, tmp_path: Path) -> None:
    huge = {"files": {"x": {"sha256": A, "size": 10**15}}}
    with pytest.raises(StoreHarmed, match="sizes"):
        bring_manifest(opened, tmp_path / "b", json.dumps(huge).encode())
    less = {"files": {"x": {"sha256": A, "size": 0}}}
    with pytest.raises(StoreHarmed, match="larger"):
        bring_manifest(opened, tmp_path / "b", json.dumps(less).encode(), size=0)
    assert all_below(tmp_path / "b") == []


@pytest.fixture
def sent(
    session: Session, maker: Sessions, pack: Pack, shared: Settings, now: datetime
) -> Artifact:
    """An edition that was published, and sent to the store."""
    order = publish.Order(pack.slug, ("en",))
    publish.publish(maker, order, settings=shared, now=now)
    return session.exec(select(Artifact)).one()


Harming = Callable[[str], None]


@pytest.fixture
def harm(object_store: ObjectStore, opened: S3Store) -> Harming:
    """Harm what the store holds of a content."""

    def act(digest: str, content: bytes | None = None) -> None:
        where = {"Bucket": BUCKET, "Key": f"{opened.prefix}/files/{digest}"}
        if content is None:
            object_store.client().delete_object(**where)
        else:
            object_store.client().put_object(**where, Body=content)

    return act


def page_of(shared: Settings) -> tuple[Path, str]:
    page = shared.editions / "town/en/1/pages/doctor.html"
    return page, fingerprints.of_bytes(page.read_bytes())


def same_size(page: Path) -> bytes:
    return page.read_bytes().replace(b"999", b"998")


@pytest.mark.parametrize("which", ["page", "manifest"])
@pytest.mark.parametrize("how", ["lost", "changed"])
def test_what_is_harmed_there_is_not_brought_but_named_and_mended(
    session: Session,
    shared: Settings,
    opened: Store,
    sent: Artifact,
    harm: Harming,
    tmp_path: Path,
    which: str,
    how: str,
) -> None:
    page, digest = page_of(shared)
    harmed = digest if which == "page" else sent.sha256
    harm(harmed, *([same_size(page)] if how == "changed" else []))

    with pytest.raises(StoreHarmed):
        sharing.bring(opened, tmp_path / "b", sent)
    assert all_below(tmp_path / "b") == []

    (found,) = verifying.find_harm(session, shared.editions, opened)
    assert (found.files, [each.sha256 for each in found.in_store]) == ((), [harmed])
    verifying.mend_store(shared.editions, opened, found)
    assert list(verifying.find_harm(session, shared.editions, opened)) == []
    sharing.bring(opened, tmp_path / "b", sent)


def test_a_machine_that_has_nothing_mends_the_store_from_what_was_frozen(
    session: Session,
    shared: Settings,
    opened: Store,
    sent: Artifact,
    harm: Harming,
    tmp_path: Path,
) -> None:
    _page, digest = page_of(shared)
    harm(digest)
    elsewhere = tmp_path / "b"
    (found,) = verifying.find_harm(session, elsewhere, opened)
    assert not verifying.is_whole(elsewhere, sent)
    verifying.mend_pages(session, found.edition, elsewhere, opened)
    verifying.mend_store(elsewhere, opened, found)
    assert verifying.is_whole(elsewhere, sent)
    assert list(verifying.find_harm(session, elsewhere, opened)) == []


def test_what_is_harmed_here_is_brought_whatever_the_look_is_now(
    session: Session, shared: Settings, opened: Store, sent: Artifact
) -> None:
    edition = session.exec(select(Edition)).one()
    edition.furniture = {**edition.furniture, "look": "of last year"}
    session.commit()
    page, _digest = page_of(shared)
    before = page.read_bytes()
    page.write_bytes(same_size(page))
    with pytest.raises(LookChanged):
        verifying.mend_pages(session, edition, shared.editions)

    (found,) = verifying.find_harm(session, shared.editions, opened)
    assert found.files == ("town/en/1/pages/doctor.html",)
    verifying.mend_pages(session, edition, shared.editions, opened)
    assert page.read_bytes() == before


def test_an_edition_that_is_only_there_is_no_harm(
    session: Session, shared: Settings, opened: Store, sent: Artifact, tmp_path: Path
) -> None:
    assert list(verifying.find_harm(session, tmp_path / "b", opened)) == []
    assert len(list(verifying.find_harm(session, tmp_path / "b"))) == 1
