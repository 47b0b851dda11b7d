"""Finding jobs."""

from sqlmodel import Session, col, func, select

from welcome.errors import NotFound
from welcome.jobs.models import Job, JobState


def get_job(session: Session, job_id: int) -> Job:
    """Return a job; raises NotFound."""
    found = session.get(Job, job_id)
    if found is None:
        raise NotFound(job=job_id)
    return found


def list_jobs(
    session: Session,
    *,
    state: JobState | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Job]:
    """Return the newest jobs first, in one state or in any."""
    asked = select(Job).order_by(col(Job.id).desc()).limit(limit)
    if state is not None:
        asked = asked.where(Job.state == state)
    if before is not None:
        asked = asked.where(col(Job.id) < before)
    return list(session.exec(asked))


def count_by_state(session: Session) -> dict[JobState, int]:
    """Count the jobs in every state."""
    asked = select(Job.state, func.count()).group_by(col(Job.state))
    found = dict(session.exec(asked).all())
    return {state: found.get(state, 0) for state in JobState}
