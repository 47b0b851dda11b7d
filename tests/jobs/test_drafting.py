"""A drafting job that is broken off each time: given up only where it does not get on."""

from datetime import timedelta

import pytest

from tests.jobs.test_running import change, job
from welcome import clock
from welcome.jobs import drafting, handlers, running
from welcome.jobs.models import JobState
from welcome.translation.drafting_by_machine import Order
from welcome.translation.machine.apart import EngineBroke
from welcome.translation.machine.drafts import Made
from welcome.translation.machine.pseudo import PseudoEngine

TOO_OFTEN = 7


class Killed(BaseException):
    """What nothing in the worker hears of."""


class Breaking:
    """A drafter that breaks down after a few texts, as often as it is wanted."""

    def __init__(self, blow: BaseException, words: str) -> None:
        self.blow = blow
        self.words = words
        self.times = TOO_OFTEN
        self.asked: list[str] = []

    def __call__(self, _settings, _engine, task):
        for number, text in enumerate(task.texts):
            if number == 1 and self.times:
                self.times -= 1
                raise self.blow
            self.asked.append(text)
            yield [Made(self.words)]


@pytest.fixture
def asked(session, pack, now):
    order = Order(pack.slug, ["ur"], "pseudo", anew=True)
    made = drafting.ask(session, order, PseudoEngine(), actor=None, now=now)
    session.commit()
    return made.id


def run_again(maker, settings, job_id: int) -> None:
    """Run a job whose time has come, or whose lease is over, unless it is given up."""
    past = clock.now() - timedelta(seconds=1)
    change(maker, job_id, run_at=past, lease_until=past)
    with maker.begin() as session:
        running.contain_poison(session, clock.now())
    try:
        running.run(maker, settings, handlers.HANDLERS, job_id)
    except Killed:
        assert job(maker, job_id).state is JobState.RUNNING


@pytest.mark.parametrize("blow", [Killed(), EngineBroke("exit code -9")], ids=repr)
@pytest.mark.parametrize(
    ("words", "state"), [("draft", JobState.DONE), (" ", JobState.FAILED)]
)
def test_a_job_that_gets_on_each_time_is_not_given_up(
    maker, settings, asked, monkeypatch, blow, words, state
):
    drafter = Breaking(blow, words)
    monkeypatch.setattr(handlers, "draft_apart", drafter)
    for _ in range(TOO_OFTEN + 1):
        run_again(maker, settings, asked)
    assert job(maker, asked).state is state
    if state is JobState.DONE:
        assert len(set(drafter.asked)) == len(drafter.asked) > TOO_OFTEN
