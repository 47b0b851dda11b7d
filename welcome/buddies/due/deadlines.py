"""Who was asked is reminded, and what nobody answers lapses."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.buddies import noting, tasks
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import exits, letters, turns
from welcome.buddies.lifecycle.exits import ASKED
from welcome.buddies.links import About
from welcome.buddies.models.desk import TaskKind
from welcome.buddies.models.pairings import Pairing, PairingState, Side
from welcome.buddies.models.people import Newcomer, PausedBy, Volunteer, VolunteerState
from welcome.buddies.models.requests import (
    BuddyRequest,
    Hold,
    HoldReason,
    RequestState,
)
from welcome.buddies.people import requests, volunteers
from welcome.buddies.people.volunteers import Pause
from welcome.buddies.scheme import Scheme

# So many proposals without an answer in a row.
SILENT_NEWCOMER = 3
SILENT_VOLUNTEER = 2


def remind(
    session: Session, pairing: Pairing, scheme: Scheme, *, now: datetime
) -> None:
    """Remind who was asked; raises MoveRefused where no reminder is due.

    Of reminders that were missed only one goes.
    """
    turns.take(session, pairing)
    asked_at, side = pairing.asked_at, ASKED.get(pairing.state)
    passed = scheme.days.count_passed(asked_at, now) if asked_at else 0
    if side is None or passed <= pairing.reminders:
        raise MoveRefused(state=pairing.state.value, wanted=pairing.state.value)
    pairing.reminders = passed
    session.flush()
    letters.remind(session, pairing, side, scheme, now=now)


def expire(
    session: Session, pairing: Pairing, scheme: Scheme, *, now: datetime
) -> None:
    """Let a proposal lapse that nobody answered in time; raises MoveRefused.

    Who is silent again and again is asked no more until somebody spoke with them.
    """
    turns.take_all_of(session, pairing.volunteer_id)
    request = turns.take(session, pairing)
    side = ASKED.get(pairing.state)
    if side is None or pairing.expires_at is None or pairing.expires_at > now:
        raise MoveRefused(state=pairing.state.value, wanted=PairingState.EXPIRED.value)
    told = exits.TOLD.get(pairing.state, tuple(Side))
    exits.leave(session, pairing, PairingState.EXPIRED, {exits.STATE_OF[side]}, now=now)
    about = About("pairing", pairing.id)
    tasks.raise_task(session, TaskKind.NOBODY_ANSWERED, pairing.lead_id, about, now=now)
    letters.say_no_longer(session, pairing, told, scheme, now=now)
    if side is Side.VOLUNTEER:
        _count_silent_volunteer(session, pairing, scheme, now)
    else:
        _count_silent_newcomer(session, request, scheme, now)


def is_past(today: date) -> sa.ColumnElement[bool]:
    """Ask for pairs that were to end, and whose last day passed."""
    return sa.and_(
        col(Pairing.state) == PairingState.ENDING, col(Pairing.ends_on) < today
    )


def note_last_day(
    session: Session, pairing: Pairing, scheme: Scheme, *, now: datetime
) -> None:
    """Have somebody look at a pair whose last day passed; raises MoveRefused.

    How it ended only they can say, so that nothing ends by itself.
    """
    turns.take(session, pairing)
    ends_on = pairing.ends_on
    is_ending = pairing.state is PairingState.ENDING
    if not is_ending or ends_on is None or ends_on >= scheme.today(now):
        raise MoveRefused(state=pairing.state.value, wanted=PairingState.ENDED.value)
    about = About("pairing", pairing.id)
    tasks.raise_task(session, TaskKind.LAST_DAY_PASSED, pairing.lead_id, about, now=now)


def _count_silent_volunteer(
    session: Session, pairing: Pairing, scheme: Scheme, now: datetime
) -> None:
    volunteer = session.get_one(Volunteer, pairing.volunteer_id)
    volunteer.unanswered += 1
    session.flush()
    is_cleared = volunteer.state is VolunteerState.CLEARED
    if is_cleared and volunteer.unanswered >= SILENT_VOLUNTEER:
        why = Pause(PausedBy.SILENCE)
        volunteers.pause(session, volunteer, why, scheme, actor=None, now=now)


def _count_silent_newcomer(
    session: Session, request: BuddyRequest, scheme: Scheme, now: datetime
) -> None:
    request.unanswered += 1
    session.flush()
    is_open = request.state is RequestState.OPEN
    if is_open and request.unanswered >= SILENT_NEWCOMER:
        why = Hold(HoldReason.NO_CONTACT)
        requests.hold(session, request, why, scheme, actor=None, now=now)
        newcomer = session.get_one(Newcomer, request.newcomer_id)
        kind, home = TaskKind.CANNOT_BE_REACHED, newcomer.organisation_id
        about = About(noting.SUBJECTS[BuddyRequest], request.id)
        tasks.raise_task(session, kind, home, about, now=now)
