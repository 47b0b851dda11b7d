"""Asking for machine drafts of a pack, and how far they are."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.jobs import queue
from welcome.jobs.models import Job, JobState
from welcome.packs.access import get_pack
from welcome.packs.models import Pack
from welcome.translation.drafting import refuse_not_offered
from welcome.translation.drafting_by_machine import Order
from welcome.translation.errors import NoRoute
from welcome.translation.machine.engine import Engine

KIND = "draft"
# Looked through for a pack's own: older ones are of no interest any more.
MOST_RECENT = 50


def ask(
    session: Session,
    order: Order,
    engine: Engine,
    *,
    actor: Account | None,
    now: datetime,
) -> Job:
    """Write the job that drafts a pack with its order's engine; a live one is returned.

    Raises NoSuchPack, LocaleNotOffered, or NoRoute where the engine knows no way.
    """
    pack, tags = get_pack(session, order.slug), list(order.tags)
    for tag in tags:
        refuse_not_offered(pack, tag)
        if engine.find_route(pack.source_tag, tag) is None:
            raise NoRoute(engine=engine.name, source=pack.source_tag, target=tag)
    asked: dict[str, Any] = {"tags": tags, "engine": order.engine}
    job = queue.enqueue(
        session,
        KIND,
        unique_key=f"{KIND}:{order.engine}:{pack.slug}:{','.join(tags)}:{order.anew:d}",
        asked_by=actor,
        now=now,
        pack=pack.slug,
        anew=order.anew,
        **asked,
    )
    asked |= {"job": job.id}
    journal.write(
        session, "drafts.asked", "pack", pack.id, actor=actor, now=now, **asked
    )
    return job


def list_asked(session: Session, pack: Pack) -> list[Job]:
    """List the live jobs that draft a pack, the oldest first; then what was over last."""
    ours = select(Job).where(Job.kind == KIND)
    is_live = col(Job.state).in_(queue.LIVE_STATES)
    live = session.exec(ours.where(is_live).order_by(col(Job.id)))
    found = [job for job in live if is_of(job, pack)]
    ended = col(Job.finished_at).desc()
    over = session.exec(ours.where(~is_live).order_by(ended).limit(MOST_RECENT))
    newest = next((job for job in over if is_of(job, pack)), None)
    return [*found, newest] if newest else found


def is_of(job: Job, pack: Pack) -> bool:
    """Tell whether a job drafts a pack."""
    return job.kind == KIND and job.args.get("pack") == pack.slug


def find_rest(job: Job, now: datetime) -> timedelta | None:
    """Say how long a running job will take still, going by what it has done."""
    if job.state is not JobState.RUNNING or job.started_at is None:
        return None
    if not job.done_steps or not job.all_steps:
        return None
    return (now - job.started_at) / job.done_steps * (job.all_steps - job.done_steps)
