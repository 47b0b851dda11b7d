"""Machine drafts from the shell, by way of a worker."""

import json
import threading
from itertools import count

import pytest
import sqlalchemy as sa
from sqlmodel import select

from welcome.cli.installation import installation
from welcome.editions import problems
from welcome.jobs.models import Job, JobState
from welcome.jobs.worker import Worker
from welcome.translation.errors import EngineAway
from welcome.translation.models import MachineDraft

PSEUDO = ("--engine", "pseudo")


def drafted() -> set[str]:
    with installation().sessions() as session:
        return {each.tag for each in session.exec(select(MachineDraft))}


def test_a_machine_drafts_what_has_no_text(imported, run):
    code, said, _ = run("translate", "town", "--to", "pl, ar,pl", *PSEUDO)
    assert (code, "drafts pl, ar" in said) == (0, True)
    again = run("translate", "town", "--to", "pl,ar", *PSEUDO, "--json")
    told = json.loads(again[1])
    assert (told["tags"], told["engine"]) == (["pl", "ar"], "pseudo")
    worker = Worker(installation().settings)
    # The same once more is the same job.
    assert worker.look() == [told["job"]]
    worker.run_job(told["job"])
    assert drafted() == {"pl", "ar"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--to", "en", *PSEUDO), "language"),
        (("--to", "pl", "--engine", "x"), "engine"),
        (("--to", " ,", *PSEUDO), "no locale"),
    ],
)
def test_what_cannot_be_drafted_is_refused_before_any_job(imported, run, wrong, said):
    code, _, complaint = run("translate", "town", *wrong)
    assert (code > 0, said in complaint) == (True, True)
    assert Worker(installation().settings).look() == []


@pytest.fixture
def working(imported):
    """A worker that does the first job it finds."""
    worker = Worker(installation().settings)

    def work():
        while not (found := worker.look()):
            pass
        worker.run_job(found[0])

    thread = threading.Thread(target=work)
    thread.start()
    yield
    thread.join()


@pytest.mark.usefixtures("working")
def test_who_waits_is_told_when_it_is_done(run):
    asked = ("translate", "town", "--to", "pl", *PSEUDO, "--wait", "--json")
    code, said, beside = run(*asked)
    assert (code, json.loads(said)["tags"]) == (0, ["pl"])
    assert "Drafting" in beside
    assert drafted() == {"pl"}


def test_who_waits_is_told_what_went_wrong(monkeypatch, working, run):
    # No such engine where the worker is.
    monkeypatch.setattr("welcome.translation.machine.working.ask", _ask_for_nobody)
    code, _, complaint = run("translate", "town", "--to", "pl", *PSEUDO, "--wait")
    assert code == 1
    assert "There is no translation engine of that name." in complaint


def test_who_waits_is_told_once_what_holds_it_up(imported, run, monkeypatch):
    looks = count()

    def pass_time(_seconds):
        """Let a server be away, then another, and then let somebody stop the job."""
        number = next(looks)
        address = f"http://{number // 3}.example.org"
        values = {"problem": problems.keep(EngineAway(address=address, reason=""), 400)}
        if number > 5:
            values = {"state": JobState.CANCELLED}
        with installation().sessions.begin() as session:
            session.connection().execute(sa.update(Job).values(**values))

    monkeypatch.setattr("welcome.cli.translating.time.sleep", pass_time)
    asked = ("translate", "town", "--to", "pl", *PSEUDO, "--wait")
    code, said, beside = run(*asked)
    assert (code, said.count("\n")) == (1, 1)
    assert [beside.count(f"{each}.example.org") for each in (0, 1)] == [1, 1]
    assert "cancelled" in beside
    assert beside.count("No worker is alive; start one: welcome worker") == 1


def _ask_for_nobody(settings, _name, task):
    asked = {"settings": {"instance": str(settings.instance)}, "engine": "nobody"}
    return (
        json.dumps(asked | {"task": {"texts": list(task.texts), "source": "en"}}) + "\n"
    )
