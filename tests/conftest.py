"""What every test may ask for: a clock that stands, databases, the cast, a pack."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import Engine
from sqlmodel import Session

from tests import object_store as object_stores
from tests import packs_on_disk, postgresql
from tests.object_store import ObjectStore
from tests.page_laws import LawfulClient
from tests.redis_server import Redis
from welcome.accounts.models import Account
from welcome.cli import cast as fictions
from welcome.config import Secrets, Settings
from welcome.database import Sessions, connect, sessions
from welcome.migrations import schema
from welcome.packs import content
from welcome.packs.models import Pack
from welcome.sealing import Keyring
from welcome.since.noting import keep_since

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SECRETS = Secrets(
    session="for tests only " * 3,
    password_salt="salt for tests",
    field_encryption="for tests only " * 3,
    blind_index="for tests only " * 3,
)
KEYRING = Keyring(SECRETS.field_encryption, SECRETS.blind_index)


@pytest.fixture(scope="session")
def empty_database() -> Iterator[Path]:
    """A SQLite file with every step taken, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="welcome-tests-"))
    engine = connect(f"sqlite:///{folder / 'empty.sqlite'}")
    schema.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    engine.dispose()
    yield folder / "empty.sqlite"
    shutil.rmtree(folder)


@pytest.fixture
def now() -> datetime:
    """The moment at which every test happens."""
    return NOW


KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


@pytest.fixture
def sqlite_database(empty_database: Path, tmp_path: Path) -> str:
    """A fresh SQLite file."""
    file = tmp_path / "welcome.sqlite"
    shutil.copy(empty_database, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_database(postgresql_server: postgresql.Server) -> Iterator[str]:
    """A fresh PostgreSQL database."""
    yield from postgresql.fresh_database(postgresql_server)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    """The PostgreSQL that this test run starts itself."""
    yield from postgresql.start()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    """A Redis of our own."""
    made = Redis(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine of a fresh database."""
    made = connect(database_url, KEYRING)
    yield made
    made.dispose()


@pytest.fixture
def maker(engine: Engine, tmp_path: Path) -> Sessions:
    """The maker of sessions on a fresh database, as an installation has it."""
    made = sessions(engine)
    keep_since(made, tmp_path / "instance")
    return made


@pytest.fixture
def session(maker: Sessions) -> Iterator[Session]:
    """A session on a fresh database."""
    with maker() as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """An installation in a temporary folder."""
    return Settings(
        instance=tmp_path / "instance",
        content=tmp_path / "content",
        database_url=database_url,
        site_url="https://welcome.example.org",
        testing=True,
        secrets=SECRETS,
    )


@pytest.fixture(scope="session")
def object_store() -> Iterator[ObjectStore]:
    """A server that speaks S3, on this machine."""
    yield from object_stores.running()


@pytest.fixture
def shared(
    settings: Settings, object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """An installation whose editions are kept in a store, each test's apart."""
    for name in set(os.environ) - set(object_stores.environment()):
        monkeypatch.delenv(name)
    for name, value in object_stores.environment().items():
        monkeypatch.setenv(name, value)
    return replace(
        settings,
        editions_store=f"s3://{object_stores.BUCKET}/{uuid4().hex}",
        editions_store_address=object_store.address,
    )


@pytest.fixture
def cast(session: Session, now: datetime) -> SimpleNamespace:
    """The cast, committed, so that requests of their own find it.

    They all read English here; the stories in a browser are told in Arabic too.
    """
    people = fictions.assemble(session, now=now, password_hash="")
    for account in people.values():
        account.interface_tag = "en"
    session.commit()
    return SimpleNamespace(**people)


@pytest.fixture
def pack(session: Session, tmp_path: Path, now: datetime) -> Pack:
    """A small pack of three pages in four locales, committed, nothing translated."""
    folder = packs_on_disk.write_town(tmp_path / "content" / "town")
    loaded = content.load(session, content.read(folder), actor=None, now=now)
    session.commit()
    return loaded.pack


@pytest.fixture
def app(settings: Settings, maker: Sessions) -> Flask:
    """The web application; every page its clients open must obey the page laws."""
    made: Flask = import_module("welcome.app").create_app(settings, maker)
    made.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    made.test_client_class = LawfulClient
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def signed_in_as(app: Flask) -> Callable[[Account], FlaskClient]:
    """Open the site as one of the accounts."""

    def sign_in(account: Account) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie.update(
                _user_id=account.fs_uniquifier, _fresh=True, fs_cc="set", fs_gexp=0
            )
        return client

    return sign_in


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No WELCOME_ variable of the machine reaches a test."""
    for name in [name for name in os.environ if name.startswith("WELCOME_")]:
        monkeypatch.delenv(name)
