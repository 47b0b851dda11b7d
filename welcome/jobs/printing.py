"""Whether an edition's print will still come, and asking for it once more."""

from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.editions import artifacts
from welcome.editions.models import ArtifactKind, Edition
from welcome.jobs import queue, running
from welcome.jobs.models import Job, JobState

KIND = "print"


def key_of(edition_id: int) -> str:
    """Name the job that prints an edition."""
    return f"{KIND}:{edition_id}"


def find_problem(session: Session, edition: Edition) -> str:
    """Find why an edition has no print and gets none by itself; empty if it does."""
    if artifacts.find(session, edition, ArtifactKind.PRINT):
        return ""
    job = _find_last(session, edition)
    if job and job.state in queue.LIVE_STATES:
        return ""
    failed = job.problem if job and job.state is JobState.FAILED else ""
    return edition.problem or failed


def print_again(
    session: Session, edition: Edition, *, actor: Account | None, now: datetime
) -> Job:
    """Have an edition printed once more, whatever went wrong before."""
    edition.problem = ""
    session.add(edition)
    job = _find_last(session, edition)
    if job and job.state is JobState.FAILED:
        running.retry(session, job, now=now)
    else:
        job = queue.enqueue(
            session,
            KIND,
            unique_key=key_of(edition.id),
            asked_by=actor,
            now=now,
            edition_id=edition.id,
        )
    journal.write(
        session,
        "print.asked_again",
        "edition",
        edition.id,
        actor=actor,
        now=now,
        tag=edition.tag,
        number=edition.number,
    )
    return job


def _find_last(session: Session, edition: Edition) -> Job | None:
    """Find the edition's newest print job; a live one is always the newest."""
    wanted = select(Job).where(Job.unique_key == key_of(edition.id))
    return session.exec(wanted.order_by(col(Job.id).desc())).first()
