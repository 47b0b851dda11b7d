"""Everybody in lists: requests, volunteers, pairings, with search and filters."""

from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue

from welcome.accounts.permissions import Permission
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import Newcomer, Volunteer, VolunteerState
from welcome.buddies.models.requests import RequestState
from welcome.buddies.people import finding
from welcome.web.allowed import allowed
from welcome.web.coordinating.desk import desk, own, wanted
from welcome.web.database import db

State = TypeVar("State", bound=StrEnum)


@desk.get("/requests/")
@allowed(Permission.COORDINATE)
def list_requests() -> ResponseReturnValue:
    """List requests, who waits longest first."""
    state = _chosen(RequestState)
    found = finding.find_requests(db(), own(), wanted(), states=_only(state))
    return render_template(
        "coordinating/requests.html",
        found=found, wanted=wanted(), state=state, states=list(RequestState),
    )  # fmt: skip


@desk.get("/volunteers/")
@allowed(Permission.COORDINATE)
def list_volunteers() -> ResponseReturnValue:
    """List volunteers, the newest first."""
    state = _chosen(VolunteerState)
    found = finding.find_volunteers(db(), own(), wanted(), states=_only(state))
    return render_template(
        "coordinating/volunteers.html",
        found=found, wanted=wanted(), state=state, states=list(VolunteerState),
    )  # fmt: skip


@desk.get("/pairings/")
@allowed(Permission.COORDINATE)
def list_pairings() -> ResponseReturnValue:
    """List pairings, the last moved first."""
    state, scope = _chosen(PairingState), own()
    found = finding.find_pairings(db(), scope, wanted(), states=_only(state))
    return render_template(
        "coordinating/pairings.html",
        found=found, wanted=wanted(), state=state, states=list(PairingState),
        newcomers=finding.names_of(
            db(), Newcomer, [each.newcomer_id for each in found.rows], scope
        ),
        volunteers=finding.names_of(
            db(), Volunteer, [each.volunteer_id for each in found.rows], scope
        ),
    )  # fmt: skip


def _chosen(states: type[State]) -> State | None:
    asked = request.args.get("state", "")
    return next((each for each in states if each.value == asked), None)


def _only(state: State | None) -> Collection[State]:
    return () if state is None else (state,)
