"""A whole installation for one story: database, web server, worker, all real processes."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from flask_security import hash_password
from sqlmodel import select

from tests import packs_on_disk
from tests.ports import free_port
from welcome import config
from welcome.app import create_app
from welcome.cli import cast
from welcome.config import Settings
from welcome.database import Sessions, connect, sessions
from welcome.editions import publish
from welcome.migrations import schema
from welcome.packs import content
from welcome.translation.exchange import folder as translations
from welcome.translation.models import Target, TargetState

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Site:
    """A site that answers."""

    url: str
    settings: Settings
    sessions: Sessions


@contextmanager
def running(
    folder: Path,
    *,
    interface_tag: str = "en",
    away: tuple[str, ...] = (),
    files: Mapping[str, str] = packs_on_disk.TOWN | packs_on_disk.URDU,
) -> Iterator[Site]:
    """Prepare the town's pack, all its translations accepted, published; then serve.

    Those of the cast who are `away` have left since.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = replace(_settings(folder), site_url=url)
    _prepare(settings, files, interface_tag, away)
    environment = {
        **os.environ,
        "WELCOME_INSTANCE": str(settings.instance),
        "WELCOME_SITE_URL": settings.site_url,
        "WELCOME_TESTING": "true",
    }
    command = [
        sys.executable,
        "-m",
        "welcome",
        "serve",
        "--port",
        str(port),
        "--with-worker",
    ]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait_for(settings.site_url, folder / "server.log")
        engine = connect(settings.database, settings.keyring)
        yield Site(settings.site_url, settings, sessions(engine))
        engine.dispose()
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)


def _settings(folder: Path) -> Settings:
    instance = folder / "instance"
    config.make_secrets(instance, database_exists=False)
    return replace(config.load(instance, {}), testing=True)


def _prepare(
    settings: Settings,
    files: Mapping[str, str],
    interface_tag: str,
    away: tuple[str, ...],
) -> None:
    engine = connect(settings.database, settings.keyring)
    schema.upgrade(engine)
    maker = sessions(engine)
    with create_app(settings, maker).app_context():
        hashed = str(hash_password(cast.KEY_TO_EVERY_DOOR))
    town = packs_on_disk.write_files(settings.instance.parent / "town", dict(files))
    with maker.begin() as session:
        people = cast.assemble(session, now=NOW, password_hash=hashed)
        for key, account in people.items():
            account.interface_tag = interface_tag
            account.active = key not in away
        source = content.read(town)
        loaded = content.load(session, source, actor=None, now=NOW)
        translations.load(session, loaded, source, overwrite=False, actor=None, now=NOW)
        for target in session.exec(select(Target)):
            target.state, target.reviewed_at = TargetState.ACCEPTED, NOW
            target.author_id = people["translator_ur"].id
            target.reviewer_id = people["reviewer_ur"].id
    tags = [
        "en",
        *sorted({name.split("/")[0] for name in files if "/" in name} - {"en"}),
    ]
    publish.publish(maker, publish.Order("town", tags), settings=settings, now=NOW)
    engine.dispose()


def _wait_for(url: str, log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(
        f"the site did not start:\n{log.read_text('utf-8', 'replace')}"
    )
