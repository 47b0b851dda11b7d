"""The journal, page by page."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from welcome.accounts import access, journal
from welcome.accounts.permissions import Permission
from welcome.web.allowed import allowed
from welcome.web.database import db
from welcome.web.keeping.desk import PAGE, desk


@desk.get("/journal/")
@allowed(Permission.KEEP)
def read_journal() -> ResponseReturnValue:
    """Show who did what to what, the newest first."""
    subject = request.args.get("subject", "")[:40].strip()
    number = request.args.get("number", type=int)
    actor_id = request.args.get("actor", type=int)
    entries = journal.list_entries(
        db(),
        subject=(subject, number) if subject and number else subject or None,
        actor=access.get_account(db(), actor_id) if actor_id else None,
        before=request.args.get("before", type=int),
        limit=PAGE,
    )
    return render_template(
        "keeping/journal.html",
        entries=entries,
        names=access.names(db(), [each.actor_id for each in entries if each.actor_id]),
        subjects=journal.list_subjects(db()),
        people=access.list_accounts(db()),
        asked={"subject": subject, "number": number, "actor": actor_id},
        size=PAGE,
    )
