"""`welcome buddies verify`: the proof of a run that is kept, or what is wrong with it."""

import json

import pytest
from sqlmodel import select

from tests.buddies import rows
from welcome import clock
from welcome.buddies.models.desk import Run
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope
from welcome.cli.installation import installation


@pytest.fixture
def kept(ready) -> str:
    with installation().sessions() as session:
        town = rows.crowded(session, clock.now(), 4)
        scope = Scope(town.everywhere, town.everywhere)
        made = runs.run(session, scope, rows.SCHEME, actor=None, now=town.now)
        session.commit()
        return made.run.public_id


def test_a_run_is_proved_once_more(kept, run):
    code, said, _ = run("buddies", "verify", kept, "--json")
    assert code == 0
    assert json.loads(said)["matched"] > 3


def test_a_run_that_was_changed_is_not(kept, run):
    with installation().sessions.begin() as session:
        changed = session.exec(select(Run)).one()
        changed.result = {**changed.result, "pairs": changed.result["pairs"][1:]}
    code, said, complained = run("buddies", "verify", kept)
    assert code == 1
    assert "stands" not in said
    assert complained


def test_a_run_that_nobody_made_is_not_there(ready, run):
    code, _said, complained = run("buddies", "verify", "nothing")
    assert code == 1
    assert complained
