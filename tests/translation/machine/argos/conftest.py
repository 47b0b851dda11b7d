"""What tests of Argos share: the real tiny packages, installed once for each test run."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from welcome.config import Settings
from welcome.translation.machine.argos.engine import ArgosEngine
from welcome.translation.machine.argos.installing import install

MODELS = Path("content/models")
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def package(name: str) -> Path:
    (found,) = MODELS.glob(f"translate-{name}-*.argosmodel")
    return found


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation with every tiny package."""
    settings = Settings(instance=tmp_path_factory.mktemp("argos"))
    for file in sorted(MODELS.glob("*.argosmodel")):
        install(file, settings, now=NOW)
    return settings


@pytest.fixture
def there(shelf: Settings, tmp_path: Path) -> Settings:
    """The same, for a test that changes it."""
    shutil.copytree(shelf.models, tmp_path / "models")
    return Settings(instance=tmp_path)


@pytest.fixture
def bare(tmp_path: Path) -> Settings:
    """An installation without packages."""
    return Settings(instance=tmp_path)


@pytest.fixture
def engine(shelf: Settings) -> ArgosEngine:
    return ArgosEngine(shelf)
