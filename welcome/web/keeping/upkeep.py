"""Jobs and messages: what waits, what failed, and trying it again."""

from enum import StrEnum
from typing import TypeVar

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from welcome import clock
from welcome.accounts import journal
from welcome.accounts.permissions import Permission
from welcome.jobs import access, running
from welcome.jobs.models import JobState
from welcome.messages import outbox
from welcome.messages.models import MessageState
from welcome.web.allowed import allowed, current_account
from welcome.web.database import db
from welcome.web.keeping.desk import PAGE, desk
from welcome.web.messages import flash_done, flash_problem

State = TypeVar("State", bound=StrEnum)


@desk.get("/jobs/")
@allowed(Permission.KEEP)
def list_jobs() -> ResponseReturnValue:
    """List jobs, the newest first, in one state or in any."""
    state = _state(JobState)
    listed = access.list_jobs(
        db(), state=state, before=request.args.get("before", type=int), limit=PAGE
    )
    return render_template(
        "keeping/jobs.html",
        jobs=listed,
        counts=access.count_by_state(db()),
        state=state,
        size=PAGE,
    )


@desk.post("/jobs/<int:job_id>/retry")
@allowed(Permission.KEEP)
def retry_job(job_id: int) -> ResponseReturnValue:
    """Let a failed job run once more."""
    job, actor, now = access.get_job(db(), job_id), current_account(), clock.now()
    if running.retry(db(), job, now=now):
        journal.write(
            db(), "job.retried", "job", job.id, actor=actor, now=now, kind=job.kind
        )
        db().commit()
        flash_done(_("The job will run again."))
    else:
        flash_problem(
            _(
                "Nothing was changed: only a job that failed runs again, and not while"
                " the same work waits or runs already."
            )
        )
    return redirect(url_for("keeping.list_jobs"))


@desk.post("/jobs/<int:job_id>/cancel")
@allowed(Permission.KEEP)
def cancel_job(job_id: int) -> ResponseReturnValue:
    """Cancel a job that waits or runs."""
    job = access.get_job(db(), job_id)
    if running.cancel(db(), job, actor=current_account(), now=clock.now()):
        db().commit()
        flash_done(_("The job was cancelled."))
    else:
        flash_problem(_("Nothing was changed: the job is over already."))
    return redirect(url_for("keeping.list_jobs"))


@desk.get("/messages/")
@allowed(Permission.KEEP)
def list_messages() -> ResponseReturnValue:
    """List the letters, the newest first; never what they say."""
    state = _state(MessageState)
    messages = outbox.list_messages(
        db(), state=state, before=request.args.get("before", type=int), limit=PAGE
    )
    return render_template(
        "keeping/messages.html",
        messages=messages,
        counts=outbox.count_by_state(db()),
        state=state,
        size=PAGE,
    )


@desk.post("/messages/<int:message_id>/retry")
@allowed(Permission.KEEP)
def retry_message(message_id: int) -> ResponseReturnValue:
    """Try a failed message again."""
    message = outbox.get_message(db(), message_id)
    outbox.queue_again(db(), message, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("The letter will be sent again."))
    return redirect(url_for("keeping.list_messages"))


@desk.post("/messages/<int:message_id>/discard")
@allowed(Permission.KEEP)
def discard_message(message_id: int) -> ResponseReturnValue:
    """Never send a message."""
    message = outbox.get_message(db(), message_id)
    outbox.discard(db(), message, actor=current_account(), now=clock.now())
    db().commit()
    flash_done(_("The letter will not be sent."))
    return redirect(url_for("keeping.list_messages"))


def _state(states: type[State]) -> State | None:
    """Read the state asked for; anything else means all of them."""
    asked = request.args.get("state", "")
    return states(asked) if asked in set(states) else None
