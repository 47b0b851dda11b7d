"""Jobs at the keeping desk: trying again, cancelling, and saying what came of it."""

import pytest
from sqlmodel import select

from welcome.accounts.models import JournalEntry
from welcome.jobs.models import Job, JobState

DESK = "/-/keeping"


@pytest.fixture
def keeper(signed_in_as, cast):
    return signed_in_as(cast.administrator)


@pytest.fixture
def put(maker, now):
    """Write a job in a state."""

    def written(state, key=None):
        job = Job(kind="print", state=state, unique_key=key, run_at=now, created_at=now)
        with maker.begin() as session:
            session.add(job)
            session.flush()
        return job.id

    return written


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED, JobState.CANCELLED])
def test_what_is_over_is_not_said_to_be_cancelled(keeper, put, maker, state):
    page = keeper.post(f"{DESK}/jobs/{put(state)}/cancel", follow_redirects=True)
    assert "the job is over already" in page.text
    assert "The job was cancelled." not in page.text
    with maker() as session:
        assert session.exec(select(Job.state)).one() is state
        assert "job.cancelled" not in session.exec(select(JournalEntry.act)).all()


def test_what_waits_already_does_not_run_twice(keeper, put, maker):
    failed = put(JobState.FAILED, "print:1")
    put(JobState.WAITING, "print:1")
    page = keeper.post(f"{DESK}/jobs/{failed}/retry", follow_redirects=True)
    assert "the same work waits or runs already" in page.text
    assert "The job will run again." not in page.text
    with maker() as session:
        assert session.get_one(Job, failed).state is JobState.FAILED
