"""What tests of backups share: a database with something in every kind of column."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests import packs_on_disk, postgresql
from tests.conftest import KEYRING
from welcome.accounts.models import Passkey
from welcome.backups import restoring, rows, taking
from welcome.backups.restoring import Wish
from welcome.database import connect, reading, sessions
from welcome.editions import publish
from welcome.editions.publish import Order
from welcome.jobs import queue
from welcome.messages.models import Message, MessageState
from welcome.packs import content
from welcome.since.noting import keep_since
from welcome.translation.exchange import folder as translations


@pytest.fixture
def maker(maker, settings):
    """Sessions as an installation opens them."""
    keep_since(maker, settings.instance)
    return maker


@pytest.fixture
def letter(now):
    """Make a letter that waits."""

    def made(name, **more):
        return Message(
            **{
                "message_id": name,
                "letter": "invitation",
                "tag": "en",
                "recipient": f"{name}@example.org",
                "subject": "S",
                "body": "B\n",
                "state": MessageState.QUEUED,
                "written_at": now,
                "send_at": now,
                **more,
            }
        )

    return made


@pytest.fixture
def filled(session, cast, maker, settings, letter, tmp_path, now):
    """A pack with translations, published; people, a passkey, letters, jobs."""
    files = packs_on_disk.TOWN | packs_on_disk.URDU
    source = content.read(packs_on_disk.write_files(tmp_path / "files" / "town", files))
    loaded = content.load(session, source, actor=None, now=now)
    translations.load(session, loaded, source, overwrite=False, actor=None, now=now)
    session.add(
        Passkey(
            user_id=cast.administrator.id,
            credential_id=b"\x00\xff" * 20,
            public_key=bytes(range(256)),
            device_type="single",
            lastuse_datetime=now,
            name="key",
            usage="first",
        )
    )
    session.add_all([letter("ana"), letter("ben", subject="ڈاکٹر 👍🏽")])
    queue.enqueue(
        session, "print", now=now, text="é\u0300", number=0.1, nested={"b": [None]}
    )
    session.commit()
    publish.publish(maker, Order("town", ["en", "ur"]), settings=settings, now=now)
    return cast


@pytest.fixture
def tools(monkeypatch):
    """The tools of the PostgreSQL that tests start, where commands are looked for."""
    path = f"{postgresql.tools()}{os.pathsep}{os.environ['PATH']}"
    monkeypatch.setenv("PATH", path)


@pytest.fixture
def take(engine, settings, tmp_path, now):
    """Take a backup of the database."""

    def act(name="backup.zip", **more):
        file = tmp_path / name
        taking.take(engine, file, settings, now=now, **{"with_copy": False, **more})
        return file

    return act


@pytest.fixture
def restore(settings, now):
    """Restore a backup into an address, as from a machine of its own."""

    def act(file, url, **more):
        moment, instance = more.pop("now", now), more.pop("instance", settings.instance)
        place = replace(more.pop("settings", settings), instance=instance)
        return restoring.restore(Wish(file, url, **more), place, now=moment)

    return act


@pytest.fixture
def other_sqlite(tmp_path):
    """Where a database may be made."""
    folder = tmp_path / "other"
    folder.mkdir()
    return f"sqlite:///{folder / 'other.sqlite'}"


@pytest.fixture
def other_postgresql(postgresql_server):
    """Another database, empty of tables."""
    yield from postgresql.fresh_database(postgresql_server, template="template1")


@pytest.fixture
def copy_in_postgresql(postgresql_server):
    """Put a copy into a database by the database's own tool."""
    made = postgresql.fresh_database(postgresql_server, template="template1")
    url = next(made)

    def act(file):
        subprocess.run(["pg_restore", f"--dbname={url}", file], check=True)
        return url

    yield act
    next(made, None)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def other_url(request):
    """An empty database of each kind."""
    return request.getfixturevalue(f"other_{request.param}")


@pytest.fixture
def sums():
    """Sum up every table of a database, but those that tell of the restore itself."""

    def act(url):
        engine = connect(url)
        with reading(), engine.connect() as connection:
            found = {
                shape.name: (total.rows, total.sha256)
                for shape in rows.shapes(connection)
                if shape.name not in {"restoration", "journal_entry"}
                for total in (rows.sum_of(connection, shape),)
            }
        engine.dispose()
        return found

    return act


@pytest.fixture
def asked(other_url):
    """Open a session on the database that was restored."""
    opened = []

    def act(url=other_url):
        engine = connect(url, KEYRING)
        opened.append(engine)
        return sessions(engine)()

    yield act
    for each in opened:
        each.dispose()


def lines_in(instance: Path) -> list[str]:
    """What stands in the file beside the data."""
    return (instance / "since.jsonl").read_text("utf-8").splitlines()
