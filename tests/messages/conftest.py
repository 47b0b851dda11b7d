"""A session and a moment, until the whole suite shares its own."""

from datetime import UTC, datetime

import pytest

from welcome.database import connect, sessions
from welcome.tables import metadata


@pytest.fixture
def maker(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'test.sqlite'}")
    metadata.create_all(engine)
    yield sessions(engine)
    engine.dispose()


@pytest.fixture
def session(maker):
    with maker() as opened:
        yield opened


@pytest.fixture
def now():
    return datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
