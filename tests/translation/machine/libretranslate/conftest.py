"""A loopback server, and the engine whose address is set to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.translation.machine.libretranslate.servers import Stub, serving
from welcome.config import Settings
from welcome.translation.machine.libretranslate import knowing
from welcome.translation.machine.libretranslate.asking import Limits
from welcome.translation.machine.libretranslate.engine import LibreTranslateEngine

QUICK = Limits(seconds=5, wait=0.01, longest_wait=0.05, whole=10)
KEY = "k3y-of-ours"


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    """No test knows what the server of another one said."""
    knowing.server_at.cache_clear()
    yield
    knowing.server_at.cache_clear()


@pytest.fixture
def server() -> Iterator[Stub]:
    with serving(Stub()) as started:
        yield started


Make = Callable[..., LibreTranslateEngine]


@pytest.fixture
def make(tmp_path: Path, server: Stub) -> Make:
    """Make an engine with other limits, or another address."""

    def made(limits: Limits = QUICK, address: str = "", key: str = KEY):
        settings = Settings(
            instance=tmp_path,
            libretranslate_address=address or server.address,
            libretranslate_key=key,
        )
        return LibreTranslateEngine(settings, limits)

    return made


@pytest.fixture
def libre(make: Make) -> LibreTranslateEngine:
    return make()
