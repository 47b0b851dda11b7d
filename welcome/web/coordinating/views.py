"""The coordinating desk's first page: what is due, who waits, is proposed, meets."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from welcome.accounts.access import names
from welcome.accounts.permissions import Permission
from welcome.buddies.due import board
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people.finding import names_of
from welcome.web.allowed import allowed, current_account
from welcome.web.coordinating import (
    apart,
    importing,
    lists,
    pairings,
    papers,
    proposals,
    recording,
    recruiting,
    requests,
    tasks,
    volunteers,
)
from welcome.web.coordinating.desk import desk, moment, own
from welcome.web.database import db

__all__ = ["apart", "desk", "importing", "lists", "pairings", "papers", "proposals", "recording", "recruiting", "requests", "tasks", "volunteers"]  # fmt: skip


@desk.get("/")
@allowed(Permission.COORDINATE)
def home() -> ResponseReturnValue:
    """Show the board."""
    scope = own()
    only_mine = request.args.get("tasks") == "mine"
    read = board.read(
        db(), scope, moment().today, mine=current_account() if only_mine else None
    )
    assigned = [each.assigned_to_id for each in read.tasks if each.assigned_to_id]
    cards = [
        each
        for column in (read.proposed, read.meeting)
        for each in column.cards
        if isinstance(each, Pairing)
    ]
    return render_template(
        "coordinating/home.html",
        board=read,
        has_organisation=bool(scope),
        only_mine=only_mine,
        about=tasks.find_pages(read.tasks),
        colleagues=names(db(), assigned),
        newcomers=names_of(db(), Newcomer, [each.newcomer_id for each in cards], scope),
        volunteers=names_of(
            db(), Volunteer, [each.volunteer_id for each in cards], scope
        ),
    )
