"""The keeping desk's first page: what needs a hand."""

from flask import render_template
from flask.typing import ResponseReturnValue

from welcome import clock
from welcome.accounts import access
from welcome.accounts.models import AccountState
from welcome.accounts.permissions import Permission
from welcome.jobs import access as jobs
from welcome.jobs.models import JobState
from welcome.messages import outbox
from welcome.messages.models import MessageState
from welcome.web.allowed import allowed
from welcome.web.database import db
from welcome.web.keeping import languages, people, record, upkeep
from welcome.web.keeping.desk import desk

__all__ = ["desk", "languages", "people", "record", "upkeep"]


@desk.get("/")
@allowed(Permission.KEEP)
def home() -> ResponseReturnValue:
    """Show what failed or waits, each number linked to its list."""
    now = clock.now()
    states = [
        access.account_state(account, now)
        for account, _grants in access.list_accounts(db())
    ]
    return render_template(
        "keeping/home.html",
        failed_jobs=jobs.count_by_state(db())[JobState.FAILED],
        failed_messages=outbox.count_by_state(db())[MessageState.FAILED],
        locked=states.count(AccountState.LOCKED),
        invited=states.count(AccountState.INVITED),
    )
