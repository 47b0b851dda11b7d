"""What stories of faults share: an installation to hurt, and the report of what came of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import lengths, report
from tests.faults.installation import Installation, prepare
from tests.faults.report import Fault


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with a pack, people, and editions; to be copied."""
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def installation(prepared: Path, tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own, whose processes end with the test."""
    shutil.copytree(prepared / "instance", tmp_path / "instance")
    opened = Installation(tmp_path)
    try:
        yield opened
    finally:
        opened.end()


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
