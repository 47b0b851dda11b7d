"""A publishing job that was cancelled, or that another worker took, publishes nothing."""

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from welcome import clock
from welcome.editions import web_edition
from welcome.editions.models import Edition, EditionState
from welcome.jobs import queue, running
from welcome.jobs.handlers import HANDLERS
from welcome.jobs.models import Job, JobState

LOSSES = {
    "cancelled": {"state": JobState.CANCELLED},
    "taken": {"lease_token": "somebody else"},
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("tags", [["en"], ["en", "ar"]], ids=len)
def test_readers_keep_what_they_have(
    session, maker, settings, pack, monkeypatch, loss, tags
):
    asked = queue.enqueue(session, "publish", now=clock.now(), pack="town", tags=tags)
    session.commit()
    real = web_edition.build

    def lose(*args):
        with maker.begin() as other:
            mine = sa.update(Job).where(col(Job.id) == asked.id)
            other.connection().execute(mine.values(**LOSSES[loss]))
        return real(*args)

    monkeypatch.setattr(web_edition, "build", lose)

    assert not running.run(maker, settings, HANDLERS, asked.id)

    with maker() as after:
        states = set(after.exec(select(Edition.state)))
        job = after.get_one(Job, asked.id)
    assert states == {EditionState.PREPARING}
    assert job.state == LOSSES[loss].get("state", JobState.RUNNING)
