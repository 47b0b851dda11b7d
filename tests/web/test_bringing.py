"""A web process on a machine that never had the editions, beside a store that has them."""

import shutil
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.web.conftest import Reader
from welcome.app import create_app
from welcome.editions import artifacts, fingerprints, moves, publish, sharing, store
from welcome.editions.models import Artifact, ArtifactKind, Edition
from welcome.editions.publish import Order
from welcome.editions.sharing import File
from welcome.packs import access, versions
from welcome.web import bringing, static_files

PAGE = "/en/doctor/"
SECONDS = 20


class Machine:
    """A web process with a folder of its own."""

    def __init__(self, settings, maker):
        self.app = create_app(settings, maker)
        self.app.test_client_class = Reader
        self.files = self.app.extensions["welcome.editions"]
        self.root = settings.editions

    def read(self, address=PAGE):
        return self.app.test_client().get(address)

    def look(self):
        """Look, let what is brought come, and look again."""
        self.files.bringing.rests.clear()
        self.files.refresh()
        self.files.bringing.wait(SECONDS)
        self.files.refresh()


@pytest.fixture
def send(session, maker, pack, shared):
    """Publish as a worker on another machine would."""

    def act(now, *tags):
        session.commit()
        publish.publish(maker, Order("town", tags), settings=shared, now=now)

    return act


@pytest.fixture
def elsewhere(shared, maker, tmp_path):
    return Machine(replace(shared, instance=tmp_path / "b"), maker)


def change(session, pack, now):
    page = access.get_page(session, pack, "doctor")
    draft = versions.draft_of(versions.head(session, page))
    draft = replace(draft, body=f"{draft.body}\n\nA new paragraph.\n")
    versions.save(session, page, draft, based_on=page.head, actor=None, now=now)
    session.commit()


def test_the_first_reader_gets_what_was_published_elsewhere(send, elsewhere, now):
    send(now, "en", "ur")
    assert elsewhere.read().status_code == 200
    assert elsewhere.read("/ur/doctor/").status_code == 200
    assert (elsewhere.root / "town/en/1/manifest.json").is_file()


def test_readers_keep_the_edition_before_until_the_new_one_is_here(
    session, pack, send, elsewhere, now, monkeypatch
):
    send(now, "en")
    assert elsewhere.read().status_code == 200
    inner, go_on = sharing.have, threading.Event()

    def slow(*asked):
        go_on.wait(SECONDS)
        inner(*asked)

    monkeypatch.setattr(sharing, "have", slow)
    change(session, pack, now)
    send(now + timedelta(hours=1), "en")
    elsewhere.files.refresh()
    elsewhere.files.refresh()
    old = elsewhere.read()
    assert old.status_code == 200
    assert "A new paragraph" not in old.get_data(as_text=True)

    go_on.set()
    elsewhere.look()
    assert "A new paragraph" in elsewhere.read().get_data(as_text=True)


def test_going_back_to_an_edition_that_was_never_here(
    session, pack, send, elsewhere, now
):
    send(now, "en")
    change(session, pack, now)
    send(now + timedelta(hours=1), "en")
    assert "A new paragraph" in elsewhere.read().get_data(as_text=True)

    moves.roll_back(session, pack, "en", actor=None, now=now)
    session.commit()
    elsewhere.look()
    assert elsewhere.read().status_code == 200
    assert "A new paragraph" not in elsewhere.read().get_data(as_text=True)
    moves.withdraw(session, pack, "en", actor=None, now=now)
    session.commit()
    elsewhere.look()
    assert elsewhere.read().status_code == 404


def test_a_store_that_is_down_takes_nothing_from_readers(
    session, pack, send, elsewhere, object_store, now, caplog
):
    send(now, "en")
    assert elsewhere.read().status_code == 200
    change(session, pack, now)
    send(now + timedelta(hours=1), "en", "ur")
    object_store.stop()
    try:
        elsewhere.look()
        page = elsewhere.read()
        assert page.status_code == 200
        assert "A new paragraph" not in page.get_data(as_text=True)
        assert elsewhere.read("/ur/doctor/").status_code == 503
        assert "store_unreachable" in caplog.text
    finally:
        object_store.start()
    elsewhere.look()
    assert "A new paragraph" in elsewhere.read().get_data(as_text=True)
    assert elsewhere.read("/ur/doctor/").status_code == 200


def test_a_process_that_starts_while_the_store_is_down_serves_what_lies_here(
    session, pack, send, elsewhere, object_store, shared, maker, now
):
    send(now, "en", "ur")
    assert elsewhere.read().status_code == 200
    change(session, pack, now)
    send(now + timedelta(hours=1), "en", "ur")
    moves.withdraw(session, pack, "ur", actor=None, now=now)
    session.commit()
    object_store.stop()
    try:
        again = Machine(replace(shared, instance=elsewhere.root.parent), maker)
        page = again.read()
        assert page.status_code == 200
        assert "A new paragraph" not in page.get_data(as_text=True)
        assert again.read("/ur/doctor/").status_code == 404
    finally:
        object_store.start()
    again.look()
    assert "A new paragraph" in again.read().get_data(as_text=True)


@pytest.mark.parametrize("damage", ["", "{", "[1]", '[["town", "en", "x"]]', "null"])
def test_what_is_remembered_may_be_damaged(send, elsewhere, damage, now):
    send(now, "en")
    elsewhere.root.parent.mkdir(parents=True, exist_ok=True)
    (elsewhere.root.parent / "served.json").write_text(damage, "utf-8")
    assert elsewhere.read().status_code == 200


def test_a_new_machine_waits_only_so_long_for_its_first_look(
    send, elsewhere, object_store, now, monkeypatch
):
    send(now, "en")
    monkeypatch.setattr(static_files, "SECONDS_FOR_THE_FIRST", 0.1)
    monkeypatch.setattr(sharing, "have", lambda *_: threading.Event().wait(1))
    late = elsewhere.read()
    assert (late.status_code, late.headers["Retry-After"]) == (503, "5")


def harm(object_store, shared, digest):
    bucket, _, prefix = shared.editions_store.removeprefix("s3://").partition("/")
    key = f"{prefix}/files/{digest}"
    object_store.client().put_object(Bucket=bucket, Key=key, Body=b"harmed")


def test_one_that_is_harmed_there_does_not_hold_up_the_others(
    session, send, elsewhere, object_store, shared, now
):
    send(now, "en", "ur")
    rows = session.exec(select(Artifact).where(Artifact.path == "town/en/1"))
    harm(object_store, shared, rows.one().sha256)
    session.commit()
    assert elsewhere.read("/ur/doctor/").status_code == 200
    assert elsewhere.read().status_code == 503
    # What was refused just now is not asked for with every look.
    before = elsewhere.files.bringing.thread
    elsewhere.files.refresh()
    assert elsewhere.files.bringing.thread is before


@pytest.fixture
def printed(session, send, shared, now):
    """A print that another machine made and sent."""
    send(now, "en")
    content = b"%PDF-1.7 a print"
    (shared.editions / "town/en/1.pdf").write_bytes(content)
    digest = fingerprints.of_bytes(content)
    file = File("town/en/1.pdf", digest, len(content))
    sharing.keep_file(store.of(shared), shared.editions, file)
    edition = session.exec(select(Edition)).one()
    session.add(
        Artifact(
            edition_id=edition.id, kind=ArtifactKind.PRINT, fingerprint="f",
            path=file.path, sha256=digest, size=file.size, made_at=now,
        )
    )  # fmt: skip
    session.commit()
    return content


PRINT = "/-/print/town/en/"


def test_a_print_that_another_machine_made_is_fetched(printed, elsewhere):
    answer = elsewhere.read(PRINT)
    assert (answer.status_code, answer.get_data()) == (200, printed)
    assert (elsewhere.root / "town/en/1.pdf").read_bytes() == printed


def test_a_print_that_cannot_be_fetched_is_asked_for_again_later(
    printed, elsewhere, object_store, shared
):
    elsewhere.read()
    object_store.stop()
    try:
        answer = elsewhere.read(PRINT)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    finally:
        object_store.start()
    # For some seconds nobody waits for the store in vain.
    assert elsewhere.read(PRINT).status_code == 503
    elsewhere.files.bringing.rests.clear()
    assert elsewhere.read(PRINT).status_code == 200


def test_a_print_that_was_harmed_there_is_not_handed_out(
    session, printed, elsewhere, object_store, shared
):
    harm(object_store, shared, fingerprints.of_bytes(printed))
    assert elsewhere.read(PRINT).status_code == 503
    assert not (elsewhere.root / "town/en/1.pdf").exists()
    assert elsewhere.read().status_code == 200
    assert list(elsewhere.root.rglob("*.pdf*")) == []
    assert bringing.SECONDS_OF_REST > 5
    assert artifacts.list_missing_prints(session) == []


def test_without_a_store_a_machine_serves_what_it_has(send, elsewhere, shared, now):
    send(now, "en")
    elsewhere.files.bringing.store = store.NOWHERE
    shutil.copytree(shared.editions, elsewhere.root)
    assert elsewhere.read().status_code == 200
