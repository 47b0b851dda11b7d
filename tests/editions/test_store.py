"""The door to the object store, against a server that speaks S3."""

import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.object_store import BUCKET, ObjectStore
from welcome.config import Settings
from welcome.editions import fingerprints, store
from welcome.editions.errors import (
    StoreHarmed,
    StoreLibraryMissing,
    StoreRefused,
    StoreUnreachable,
)
from welcome.editions.store import NOWHERE, S3Store
from welcome.errors import WelcomeError
from welcome.phrases import codes

CONTENT = b"what readers get"
DIGEST = fingerprints.of_bytes(CONTENT)


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """No database is needed here."""
    return f"sqlite:///{tmp_path / 'none.sqlite'}"


@pytest.fixture
def kept(shared: Settings) -> S3Store:
    """A store that holds one content."""
    opened = store.of(shared)
    assert isinstance(opened, S3Store)
    opened.keep(DIGEST, CONTENT)
    return opened


def put(object_store: ObjectStore, kept: S3Store, content: bytes) -> None:
    """Put something else where the content lies."""
    key = f"{kept.prefix}/files/{DIGEST}"
    object_store.client().put_object(Bucket=BUCKET, Key=key, Body=content)


def said(problem: WelcomeError) -> str:
    return codes.word("en", problem.code, **problem.params)


def test_a_content_is_found_by_its_sum(kept: S3Store) -> None:
    kept.greet()
    kept.keep(DIGEST, CONTENT)
    assert kept.fetch(DIGEST, most=len(CONTENT)) == CONTENT
    assert kept.holds(DIGEST, len(CONTENT))
    assert not kept.holds(DIGEST, len(CONTENT) + 1)
    assert not kept.holds("0" * 64, 3)


@pytest.mark.parametrize("prefix", ["", "/", "/a", "/a/b/"])
def test_a_bucket_may_be_parted(
    shared: Settings, object_store: ObjectStore, prefix: str
) -> None:
    name = f"s3://{BUCKET}{prefix}"
    store.of(replace(shared, editions_store=name)).keep(DIGEST, CONTENT)
    below = prefix.strip("/")
    assert f"{below}/files/{DIGEST}".lstrip("/") in object_store.objects("")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"what reader get!", "changed"), (b"cut", "changed"), (b"x" * 17, "larger")],
)
def test_what_is_not_what_was_kept_is_refused(
    object_store: ObjectStore, kept: S3Store, content: bytes, reason: str
) -> None:
    put(object_store, kept, content)
    with pytest.raises(StoreHarmed) as harmed:
        kept.fetch(DIGEST, most=len(CONTENT))
    assert harmed.value.params["reason"] == reason


def test_what_was_never_kept_is_missing(kept: S3Store) -> None:
    for asked in (kept, NOWHERE):
        with pytest.raises(StoreHarmed) as harmed:
            asked.fetch("0" * 64, most=10)
        assert harmed.value.params["reason"] == "missing"


def acts(opened: S3Store) -> list[Callable[[], object]]:
    """Every way to ask the store."""
    return [
        opened.greet,
        lambda: opened.holds(DIGEST, 1),
        lambda: opened.keep(DIGEST, CONTENT),
        lambda: opened.fetch(DIGEST, most=99),
    ]


def test_a_store_that_is_down_is_said_to_be(
    object_store: ObjectStore, kept: S3Store
) -> None:
    object_store.stop()
    try:
        for act in acts(kept):
            with pytest.raises(StoreUnreachable) as problem:
                act()
            assert kept.address in said(problem.value)
    finally:
        object_store.start()
    assert kept.fetch(DIGEST, most=99) == CONTENT


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A server that says one thing to everybody, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    taken, _ = listening.accept()
                except OSError:
                    return
                with taken:
                    taken.recv(65536)
                    taken.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nbroken off",
        b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\noh!\n",
        b"no server at all",
        b"",
    ],
)
def test_an_answer_that_breaks_off_is_none(shared: Settings, answer: bytes) -> None:
    with answering(answer) as address:
        opened = S3Store(BUCKET, "", address)
        with pytest.raises(StoreUnreachable):
            opened.fetch(DIGEST, most=99)


def test_a_bucket_that_does_not_exist_refuses(
    shared: Settings, object_store: ObjectStore
) -> None:
    opened = S3Store("elsewhere", "", object_store.address)
    with pytest.raises(StoreRefused, match="NoSuchBucket"):
        opened.greet()
    for act in acts(opened)[2:]:
        with pytest.raises(StoreRefused):
            act()


def test_wrong_keys_are_told_without_being_shown(
    shared: Settings,
    object_store: ObjectStore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    iam = object_store.client("iam")
    iam.create_user(UserName="somebody")
    right = iam.create_access_key(UserName="somebody")["AccessKey"]
    object_store.ask_for_keys(wanted=True)
    try:
        for identity in ("AKIANOBODY", right["AccessKeyId"]):
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", identity)
            monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret-that-is-wrong")
            for act in acts(S3Store(BUCKET, "", object_store.address)):
                with pytest.raises(StoreRefused) as refused:
                    act()
                sentence = said(refused.value)
                assert f"s3://{BUCKET}" in sentence
                shown = f"{sentence} {refused.value!r} {caplog.text}"
                assert "a-secret" not in shown
                assert identity not in shown
    finally:
        object_store.ask_for_keys(wanted=False)


def test_without_keys_the_store_is_not_asked(
    shared: Settings, object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(StoreRefused) as refused:
        S3Store(BUCKET, "", object_store.address).greet()
    assert "AWS_ACCESS_KEY_ID" in said(refused.value)


def test_a_missing_library_is_said_with_the_command(
    kept: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.setitem(sys.modules, "botocore.exceptions", None)
    with pytest.raises(StoreLibraryMissing) as missing:
        S3Store(BUCKET, "", kept.server).greet()
    assert f"{sys.executable} -m pip install boto3" in said(missing.value)


def test_without_a_store_its_library_is_not_even_looked_for(
    settings: Settings,
) -> None:
    assert store.of(settings) is NOWHERE
    NOWHERE.greet()
    NOWHERE.keep(DIGEST, CONTENT)
    assert not NOWHERE.holds(DIGEST, len(CONTENT))
    asked = (
        "import sys, welcome.app, welcome.jobs.worker, welcome.cli.publishing;"
        "sys.exit('boto3' in sys.modules or 'botocore' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
