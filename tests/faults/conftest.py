"""What stories of faults share: an installation to hurt, and the report of what came of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import postgresql
from tests.faults import lengths, report
from tests.faults.installation import Installation, prepare
from tests.faults.report import Fault


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with a pack, people, and editions; to be copied."""
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="session")
def prepared_in_postgresql(
    postgresql_server: postgresql.Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, str]]:
    """The same with its rows in PostgreSQL: the folder, and the database to be copied."""
    folder = tmp_path_factory.mktemp("prepared-in-postgresql")
    for url in postgresql.fresh_database(postgresql_server, "template1"):
        prepare(folder, **_environment(url, url))
        yield folder, str(sa.make_url(url).database)


@pytest.fixture
def database_of_its_own(
    postgresql_server: postgresql.Server, prepared_in_postgresql: tuple[Path, str]
) -> Iterator[str]:
    """A copy of what is prepared in PostgreSQL."""
    _folder, template = prepared_in_postgresql
    yield from postgresql.fresh_database(postgresql_server, template)


@pytest.fixture
def installation(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Installation]:
    """An installation of its own, whose processes end with the test.

    Its parameter names where rows and jobs lie: files, PostgreSQL, or Redis for the jobs.
    """
    where = getattr(request, "param", "files")
    if where == "files":
        folder, environment = request.getfixturevalue("prepared"), {}
    else:
        folder, _template = request.getfixturevalue("prepared_in_postgresql")
        url = request.getfixturevalue("database_of_its_own")
        queue = request.getfixturevalue("redis").url if where == "redis" else url
        environment = _environment(url, queue)
    shutil.copytree(folder / "instance", tmp_path / "instance")
    opened = Installation(tmp_path, environment, part=1 if where == "files" else 0.2)
    try:
        yield opened
    finally:
        opened.end()


def _environment(database: str, queue: str) -> dict[str, str]:
    return {"WELCOME_DATABASE_URL": database, "WELCOME_QUEUE_URL": queue}


@pytest.fixture
def fault(request: pytest.FixtureRequest) -> Iterator[Fault]:
    """The line of the report that a test is about; a broken law fails the test."""
    opened = report.fault(request.node.name.removeprefix("test_").replace("_", " "))
    yield opened
    assert not opened.broken, f"seed {lengths.SEED}\n{opened.told()}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the table after the tests."""
    if report.FAULTS:
        terminalreporter.section(f"faults (FAULTS_SEED={lengths.SEED})")
        for line in report.lines():
            terminalreporter.write_line(line)
