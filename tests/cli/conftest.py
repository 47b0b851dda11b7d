"""What tests of commands share: an installation's folder, and typing commands on it."""

import shutil

import pytest

from tests import packs_on_disk
from tests.cli.sheets import Folder
from welcome import config
from welcome.cli import commands
from welcome.cli.installation import installation


@pytest.fixture
def instance(tmp_path, monkeypatch):
    """An installation's folder, still empty."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("WELCOME_INSTANCE", str(folder))
    monkeypatch.setenv("WELCOME_SITE_URL", "https://welcome.example.org")
    monkeypatch.setenv("WELCOME_TRUSTED_PROXIES", "1")
    # Flask sets it for its own commands; it must not outlive the test.
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    installation.cache_clear()
    yield folder
    installation().engine.dispose()
    installation.cache_clear()


@pytest.fixture
def ready(instance, empty_database):
    """An installation with its keys and tables."""
    config.make_secrets(instance, database_exists=False)
    shutil.copy(empty_database, instance / "welcome.sqlite")
    return instance


@pytest.fixture
def run(instance, monkeypatch, capsys):
    """Type a command; give its exit code, what it says, and what it complains of."""

    def act(*words):
        monkeypatch.setattr("sys.argv", ["welcome", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            commands.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return act


@pytest.fixture
def town(tmp_path):
    return packs_on_disk.write_files(
        tmp_path / "files" / "town", packs_on_disk.TOWN | packs_on_disk.URDU
    )


@pytest.fixture
def imported(ready, run, town):
    assert run("content", "import", town)[0] == 0


@pytest.fixture
def folder(tmp_path, run):
    """A folder with two spreadsheets, and no installation."""
    place = tmp_path / "sheets"
    place.mkdir()
    return Folder(place, run)
