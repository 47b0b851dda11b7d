"""What an installation leans on is stopped, and started again under running processes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import postgresql
from tests.faults import installation as installations
from tests.faults import killing, lengths
from tests.faults.clients import Answer
from tests.faults.installation import Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.report import Fault
from tests.faults.townspeople import (
    Publisher,
    Reader,
    Translator,
    at_work,
    revision_of,
    unit_forms,
    unit_of,
)
from tests.postgresql import Server
from welcome.database import reading
from welcome.jobs.models import Job, JobState

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
SECONDS_TO_COME_BACK = 60
TEXT = "متن جو کھونا نہیں چاہیے"


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL of the story's own, to be stopped."""
    yield from postgresql.start()


@pytest.fixture
def own_database(server: Server) -> Iterator[str]:
    """An empty database on that server."""
    yield from postgresql.fresh_database(server, "template0")


@pytest.fixture
def in_postgresql(own_database: str, tmp_path: Path) -> Iterator[Installation]:
    """An installation whose database is there."""
    folder = tmp_path / "in-postgresql"
    folder.mkdir()
    given = {"WELCOME_DATABASE_URL": own_database}
    installations.prepare(folder, **given)
    opened = Installation(folder, given)
    try:
        yield opened
    finally:
        opened.end()


@pytest.mark.postgresql
def test_postgresql(in_postgresql: Installation, server: Server, fault: Fault) -> None:
    installation, memory = in_postgresql, Memory()
    dice = lengths.dice("postgresql")
    installation.serve()
    installation.work()
    reader = Reader(installation.port)
    translator = Translator(installation.port).sign_in("translator.ur@example.org")
    publisher = Publisher(installation.port).sign_in("publisher@example.org")
    [form, *_] = unit_forms(translator.open("doctor"))
    court = Court(installation, fault, memory)
    with at_work([reader], fault, memory, dice), _nobody_ends(installation):
        server.stop()
        fault.note("stopped, and started again")
        _tells_of_it(translator.open("doctor"))
        refused = translator.send(form, TEXT)
        _tells_of_it(refused)
        assert TEXT in refused.text
        read = memory.answers.total()
        _wait_for(lambda: memory.answers.total() > read + 5)
        server.start_again()
        _wait_for(lambda: translator.open("doctor").code == 200)
        saved = translator.send(form, TEXT)
        assert saved.code == 302, saved.text
        memory.told_saved(unit_of(form), TEXT, revision_of(form))
        publisher.act(fault, memory, dice)
        _wait_for(lambda: _is_done(installation, memory.jobs[-1]))
    court.rest(later=lengths.IS_LONG)
    court.judge_history()


@contextmanager
def _nobody_ends(installation: Installation) -> Iterator[None]:
    """See that who serves and who works go on as they are."""
    before = [
        *killing.descendants(installation.running["web"].pid),
        *killing.descendants(installation.running["worker"].pid),
    ]
    yield
    ended = [each for each in before if not killing.is_alive(each)]
    assert not ended, installation.last_words()


def _tells_of_it(answer: Answer) -> None:
    assert answer.code == 503, answer.text
    assert "try again in a minute" in answer.text


def _wait_for(happened: Callable[[], object]) -> None:
    assert killing.wait_until(happened, SECONDS_TO_COME_BACK, step=0.2)


def _is_done(installation: Installation, job_id: int) -> bool:
    with reading(), installation.sessions() as session:
        return session.get_one(Job, job_id).state is JobState.DONE
