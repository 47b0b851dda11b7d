"""Machine drafts from the shell, by way of a worker."""

import json

from sqlmodel import select

from welcome.cli.installation import installation
from welcome.jobs.worker import Worker
from welcome.translation.models import MachineDraft


def test_a_machine_drafts_what_has_no_text(imported, run):
    code, said, _ = run("translate", "town", "--to", "pl, ar", "--engine", "pseudo")
    assert (code, said.count("a worker drafts it")) == (0, 2)
    again = run("translate", "town", "--to", "pl", "--engine", "pseudo", "--json")
    jobs = json.loads(again[1])["jobs"]
    worker = Worker(installation().settings)
    assert jobs["pl"] in worker.look()
    worker.run_job(jobs["pl"])
    with installation().sessions() as session:
        drafts = session.exec(select(MachineDraft)).all()
    assert {each.tag for each in drafts} == {"pl"}
    for wrong in (
        ("--to", "en", "--engine", "pseudo"),
        ("--to", "pl", "--engine", "x"),
    ):
        assert run("translate", "town", *wrong)[0] == 1
