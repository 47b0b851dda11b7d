"""Jobs and letters at the keeping desk: trying again, stopping, saying what came of it."""

import pytest
from sqlmodel import select

from welcome.accounts.models import JournalEntry
from welcome.jobs.models import Job, JobState
from welcome.messages import outbox
from welcome.messages.models import Message, MessageState

DESK = "/-/keeping"
LETTER = {
    "name": "Sam",
    "place": "Town",
    "date": "4 May",
    "link": "https://x.example/i",
}


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


def test_a_failed_job_runs_again_and_a_waiting_one_is_cancelled(
    keeper, session, read, now
):
    failed = Job(kind="print", run_at=now, created_at=now, problem="no font")
    failed.state = JobState.FAILED
    waiting = Job(kind="draft", run_at=now, created_at=now)
    session.add_all([failed, waiting])
    session.commit()
    page = keeper.get(f"{DESK}/jobs/?state=failed").text
    assert "no font" in page
    assert "draft" not in page
    keeper.post(f"{DESK}/jobs/{failed.id}/retry")
    keeper.post(f"{DESK}/jobs/{waiting.id}/cancel")
    assert [each.state for each in read(Job)] == [JobState.WAITING, JobState.CANCELLED]


def test_a_failed_letter_is_sent_again_or_discarded_and_never_shown(
    keeper, session, read, now
):
    letters = [
        outbox.write(
            session, "invitation", to="sam@example.org", tag="en", now=now, **LETTER
        )
        for _ in range(2)
    ]
    for each in letters:
        each.state = MessageState.FAILED
    session.commit()
    page = keeper.get(f"{DESK}/messages/?state=failed").text
    assert "sam@example.org" in page
    assert LETTER["link"] not in page
    keeper.post(f"{DESK}/messages/{letters[0].id}/retry")
    keeper.post(f"{DESK}/messages/{letters[1].id}/discard")
    states = [each.state for each in read(Message)]
    assert states == [MessageState.QUEUED, MessageState.DISCARDED]


def test_a_letter_that_waits_is_not_queued_twice(keeper, session, now):
    letter = outbox.write(
        session, "invitation", to="sam@example.org", tag="en", now=now, **LETTER
    )
    session.commit()
    assert keeper.post(f"{DESK}/messages/{letter.id}/retry").status_code == 409
