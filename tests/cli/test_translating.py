"""Machine drafts from the shell, by way of a worker."""

import json
import threading

import pytest
from sqlmodel import select

from welcome.cli.installation import installation
from welcome.jobs.worker import Worker
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
    ],
)
def test_what_cannot_be_drafted_is_refused_before_any_job(imported, run, wrong, said):
    code, _, complaint = run("translate", "town", *wrong)
    assert (code, said in complaint) == (1, True)
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
    code, said, complaint = run("translate", "town", "--to", "pl", *PSEUDO, "--wait")
    assert (code, complaint) == (0, "")
    assert "Drafting" in said
    assert drafted() == {"pl"}


def test_who_waits_is_told_what_went_wrong(monkeypatch, working, run):
    # No such engine where the worker is.
    monkeypatch.setattr("welcome.translation.machine.working.ask", _ask_for_nobody)
    code, _, complaint = run("translate", "town", "--to", "pl", *PSEUDO, "--wait")
    assert code == 1
    assert "There is no translation engine of that name." in complaint


def _ask_for_nobody(settings, _name, task):
    asked = {"settings": {"instance": str(settings.instance)}, "engine": "nobody"}
    return (
        json.dumps(asked | {"task": {"texts": list(task.texts), "source": "en"}}) + "\n"
    )
