"""One job: the row is the truth, the queue library only carries the wake-up."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from welcome.database import Base, UtcDateTime, choice, json_dict

LIVE = "state IN ('waiting', 'running')"
LONGEST_KEY = 200


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


MOVES: dict[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.RUNNING: frozenset(
        {JobState.WAITING, JobState.DONE, JobState.FAILED, JobState.CANCELLED}
    ),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.WAITING}),
    JobState.CANCELLED: frozenset(),
}


def states_before(state: JobState) -> frozenset[JobState]:
    """Return the states from which a job may move to this one."""
    return frozenset(old for old, after in MOVES.items() if state in after)


class Job(Base, table=True):
    """A piece of work; a lease says who has it, an expired lease frees it."""

    __tablename__ = "job"
    __table_args__ = (
        sa.Index("ix_job_due", "state", "run_at"),
        sa.Index(
            "uq_job_live",
            "unique_key",
            unique=True,
            sqlite_where=sa.text(LIVE),
            postgresql_where=sa.text(LIVE),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    kind: str = Field(max_length=60)
    args: dict[str, Any] = Field(default_factory=dict, sa_type=json_dict())
    unique_key: str | None = Field(default=None, max_length=LONGEST_KEY)
    state: JobState = Field(default=JobState.WAITING, sa_type=choice(JobState))
    attempts: int = 0
    max_attempts: int = 5
    run_at: datetime = Field(sa_type=UtcDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lease_token: str | None = Field(default=None, max_length=32)
    done_steps: int = 0
    all_steps: int | None = None
    problem: str = Field(default="", max_length=4000)
    asked_by: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    # When the attempt that runs, or ran last, began.
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
