"""Who is silent for long waits no more: a request on hold, an application, a pause.

A newcomer who waits, and of whom nothing was heard for long, is asked by a coordinator.
What is kept of them goes later, by the clocks of retention.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.buddies import noting
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import turns
from welcome.buddies.lifecycle.exits import Ending
from welcome.buddies.links import About
from welcome.buddies.models.clearing import Clearance, Referee
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import OVER, Outcome, Pairing
from welcome.buddies.models.people import (
    Newcomer,
    PausedBy,
    Volunteer,
    VolunteerState,
)
from welcome.buddies.models.requests import BuddyRequest, HoldReason, RequestState
from welcome.buddies.people import requests, volunteers
from welcome.buddies.scheme import Days, Scheme
from welcome.buddies.tasks import raise_task

REQUEST = noting.SUBJECTS[BuddyRequest]
APPLIES = (VolunteerState.APPLIED, VolunteerState.CLEARING)


def is_request_due(now: datetime, days: Days) -> sa.ColumnElement[bool]:
    """Ask for requests on hold of newcomers who could not be reached for long."""
    long_ago = now - timedelta(days=days.lapse)
    heard = sa.exists().where(
        col(Newcomer.id) == col(BuddyRequest.newcomer_id),
        col(Newcomer.heard_at) > long_ago,
    )
    live = sa.exists().where(
        col(Pairing.request_id) == col(BuddyRequest.id), col(Pairing.state).not_in(OVER)
    )
    return sa.and_(
        col(BuddyRequest.state) == RequestState.ON_HOLD,
        col(BuddyRequest.hold_reason) == HoldReason.NO_CONTACT,
        col(BuddyRequest.moved_at) <= long_ago,
        ~heard,
        ~live,
    )


def is_wait_due(now: datetime, days: Days) -> sa.ColumnElement[bool]:
    """Ask for open requests of newcomers of whom nothing was heard for long.

    Not where somebody is on the way to them, or was to ask them not long ago.
    """
    long_ago = now - timedelta(days=days.still_free)
    silent = sa.exists().where(
        col(Newcomer.id) == col(BuddyRequest.newcomer_id),
        col(Newcomer.erased_at).is_(None),
        col(Newcomer.heard_at) <= long_ago,
    )
    live = sa.exists().where(
        col(Pairing.request_id) == col(BuddyRequest.id), col(Pairing.state).not_in(OVER)
    )
    told = sa.exists().where(
        col(Task.kind) == TaskKind.REACH_BY_HAND,
        col(Task.subject) == REQUEST,
        col(Task.subject_id) == col(BuddyRequest.id),
        sa.or_(
            col(Task.done_at).is_(None),
            col(Task.done_at) > long_ago,
        ),
    )
    return sa.and_(
        col(BuddyRequest.state) == RequestState.OPEN,
        col(BuddyRequest.moved_at) <= long_ago,
        silent,
        ~live,
        ~told,
    )


def is_volunteer_due(now: datetime, days: Days) -> sa.ColumnElement[bool]:
    """Ask for volunteers whose application or pause stands still for long.

    A pause of their own with a day on which it ends is not among them.
    """
    long_ago = now - timedelta(days=days.lapse)
    live = sa.exists().where(
        col(Pairing.volunteer_id) == col(Volunteer.id), col(Pairing.state).not_in(OVER)
    )
    returns = sa.and_(
        col(Volunteer.paused_by) == PausedBy.THEMSELVES,
        col(Volunteer.back_on).is_not(None),
    )
    seen = sa.exists().where(
        col(Clearance.volunteer_id) == col(Volunteer.id),
        col(Clearance.recorded_at) > long_ago,
    )
    named = sa.exists().where(
        col(Referee.volunteer_id) == col(Volunteer.id), col(Referee.moved_at) > long_ago
    )
    pauses = sa.and_(col(Volunteer.state) == VolunteerState.PAUSED, ~returns)
    return sa.and_(
        sa.or_(col(Volunteer.state).in_(APPLIES), pauses),
        col(Volunteer.erased_at).is_(None),
        col(Volunteer.moved_at) <= long_ago,
        col(Volunteer.heard_at) <= long_ago,
        ~seen,
        ~named,
        ~live,
    )


def lapse_request(
    session: Session, request: BuddyRequest, scheme: Scheme, *, now: datetime
) -> None:
    """End the request of somebody who is silent; raises MoveRefused."""
    request = turns.take_request(session, request.id)
    asked = select(BuddyRequest.id).where(
        BuddyRequest.id == request.id, is_request_due(now, scheme.days)
    )
    if session.exec(asked).first() is None:
        raise MoveRefused(state=request.state.value, wanted=RequestState.EXPIRED.value)
    requests.expire(session, request, scheme, actor=None, now=now)


def have_asked(
    session: Session, request: BuddyRequest, scheme: Scheme, *, now: datetime
) -> None:
    """Have somebody ask a newcomer whether they still wait; raises MoveRefused."""
    request = turns.take_request(session, request.id)
    asked = select(BuddyRequest.id).where(
        BuddyRequest.id == request.id, is_wait_due(now, scheme.days)
    )
    if session.exec(asked).first() is None:
        raise MoveRefused(state=request.state.value, wanted=request.state.value)
    home = session.get_one(Newcomer, request.newcomer_id).organisation_id
    about = About(REQUEST, request.id)
    raise_task(session, TaskKind.REACH_BY_HAND, home, about, now=now)


def lapse_volunteer(
    session: Session, volunteer: Volunteer, scheme: Scheme, *, now: datetime
) -> None:
    """Let a volunteer go who is silent; raises MoveRefused."""
    turns.take_all_of(session, volunteer.id)
    asked = select(Volunteer.id).where(
        Volunteer.id == volunteer.id, is_volunteer_due(now, scheme.days)
    )
    if session.exec(asked).first() is None:
        raise MoveRefused(state=volunteer.state.value, wanted=VolunteerState.LEFT.value)
    ending = Ending(Outcome.NO_CONTACT_BY_VOLUNTEER)
    volunteers.leave(session, volunteer, ending, scheme, actor=None, now=now)
