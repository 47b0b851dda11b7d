"""Whether an edition's print will still come, and asking for it once more."""

from collections.abc import Sequence
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
    return find_problems(session, [edition]).get(edition.id, "")


def find_problems(session: Session, editions: Sequence[Edition]) -> dict[int, str]:
    """Find it for many editions by id, in two queries; only those that have one."""
    printed = artifacts.having(session, editions, ArtifactKind.PRINT)
    jobs = _last_jobs(session, editions)
    found = {
        edition.id: _problem_of(edition, jobs.get(key_of(edition.id)))
        for edition in editions
        if edition.id not in printed
    }
    return {edition_id: problem for edition_id, problem in found.items() if problem}


def _problem_of(edition: Edition, job: Job | None) -> str:
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
    job = _last_jobs(session, [edition]).get(key_of(edition.id))
    if job is None or not running.retry(session, job, now=now):
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


def _last_jobs(session: Session, editions: Sequence[Edition]) -> dict[str | None, Job]:
    """Give the editions' newest print jobs by key; a live one is always the newest."""
    keys = [key_of(edition.id) for edition in editions]
    wanted = select(Job).where(col(Job.unique_key).in_(keys)).order_by(col(Job.id))
    return {job.unique_key: job for job in session.exec(wanted)}
