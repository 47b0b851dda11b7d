"""The coordinating desk's first page: what is due, who waits, is proposed, meets."""

from flask import render_template
from flask.typing import ResponseReturnValue

from welcome.accounts.permissions import Permission
from welcome.buddies.due import board
from welcome.buddies.models.pairings import Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.people.finding import names_of
from welcome.web.allowed import allowed
from welcome.web.coordinating import (
    lists,
    pairings,
    papers,
    proposals,
    recording,
    recruiting,
    requests,
    volunteers,
)
from welcome.web.coordinating.desk import desk, own
from welcome.web.database import db

__all__ = ["desk", "lists", "pairings", "papers", "proposals", "recording", "recruiting", "requests", "volunteers"]  # fmt: skip


@desk.get("/")
@allowed(Permission.COORDINATE)
def home() -> ResponseReturnValue:
    """Show the board."""
    scope = own()
    read = board.read(db(), scope)
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
        newcomers=names_of(db(), Newcomer, [each.newcomer_id for each in cards], scope),
        volunteers=names_of(
            db(), Volunteer, [each.volunteer_id for each in cards], scope
        ),
    )
