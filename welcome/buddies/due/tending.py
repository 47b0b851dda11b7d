"""What the days bring: one cheap question says what is due, one act does each.

Every act is refused where it is not due any more, so that doing one twice harms nothing.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.buddies import days as policy
from welcome.buddies.clearances import clearing, references
from welcome.buddies.due import deadlines, lapsing
from welcome.buddies.errors import NotCleared
from welcome.buddies.lifecycle import checkins
from welcome.buddies.lifecycle.checkins import GOES_ON
from welcome.buddies.lifecycle.exits import ASKED
from welcome.buddies.models.clearing import ClearedFor, Referee
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import CheckIn, CheckInState, Pairing, PairingState
from welcome.buddies.models.people import PausedBy, Volunteer, VolunteerState
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.people import still_free, volunteers
from welcome.buddies.scheme import Days, Scheme
from welcome.messages.ways import GREENWICH

MOST = 100


class Tending(StrEnum):
    """What may be due."""

    REMIND = "remind"
    EXPIRE = "expire"
    ASK = "ask"
    MISS = "miss"
    COME_BACK = "come-back"
    SETTLE = "settle"
    ASK_REFEREE = "ask-referee"
    ASK_IF_FREE = "ask-if-free"
    ASK_WHO_WAITS = "ask-who-waits"
    LAST_DAY = "last-day"
    LAPSE_REQUEST = "lapse-request"
    LAPSE_VOLUNTEER = "lapse-volunteer"


class Due(NamedTuple):
    """An act, and the row it is for."""

    act: Tending
    subject_id: int


def list_due(session: Session, now: datetime, zone: ZoneInfo = GREENWICH) -> list[Due]:
    """List what is due; days are those of the place, hours are kept elsewhere."""
    today, days = now.astimezone(zone).date(), policy.read(session)
    parts = [
        _rows(Tending.EXPIRE, Pairing.id, _has_lapsed(now)),
        _rows(Tending.REMIND, Pairing.id, _lacks_a_reminder(now, days)),
        _rows(Tending.ASK, Pairing.id, _is_to_be_asked(today)),
        _rows(Tending.LAST_DAY, Pairing.id, _has_passed(today)),
        _rows(Tending.MISS, CheckIn.id, _is_missed(today, days)),
        _rows(
            Tending.COME_BACK,
            Volunteer.id,
            sa.and_(
                col(Volunteer.state) == VolunteerState.PAUSED,
                col(Volunteer.paused_by) == PausedBy.THEMSELVES,
                col(Volunteer.back_on) <= today,
            ),
        ),
        _rows(Tending.SETTLE, ClearedFor.volunteer_id, col(ClearedFor.until) < today),
        _rows(
            Tending.LAPSE_REQUEST, BuddyRequest.id, lapsing.is_request_due(now, days)
        ),
        _rows(Tending.ASK_WHO_WAITS, BuddyRequest.id, lapsing.is_wait_due(now, days)),
        _rows(
            Tending.LAPSE_VOLUNTEER, Volunteer.id, lapsing.is_volunteer_due(now, days)
        ),
        _rows(Tending.ASK_IF_FREE, Volunteer.id, still_free.is_due(now, days)),
    ]
    found = session.connection().execute(sa.union_all(*parts).limit(MOST))
    due = [Due(Tending(each.act), each.subject_id) for each in found]
    due += [
        Due(Tending.ASK_REFEREE, each)
        for each in references.list_to_remind(session, now)
    ]
    # Whoever is cleared for two roles stands there twice.
    return list(dict.fromkeys(due))


def tend(session: Session, due: Due, scheme: Scheme, *, now: datetime) -> None:
    """Do what is due; raises MoveRefused where it is not, any more."""
    if due.act in _OF_VOLUNTEERS:
        volunteer = session.get_one(Volunteer, due.subject_id)
        _OF_VOLUNTEERS[due.act](session, volunteer, scheme, now)
    elif due.act in _OF_PAIRINGS:
        pairing = session.get_one(Pairing, due.subject_id)
        _OF_PAIRINGS[due.act](session, pairing, scheme, now=now)
    elif due.act in _OF_REQUESTS:
        request = session.get_one(BuddyRequest, due.subject_id)
        _OF_REQUESTS[due.act](session, request, scheme, now=now)
    elif due.act is Tending.ASK_REFEREE:
        referee = session.get_one(Referee, due.subject_id)
        references.remind(session, referee, scheme, now=now)
    else:
        check_in = session.get_one(CheckIn, due.subject_id)
        checkins.mark_missed(session, check_in, now=now)


def _settle(
    session: Session, volunteer: Volunteer, scheme: Scheme, now: datetime
) -> None:
    """Let somebody whose clearance ran out be asked no more."""
    clearing.settle(session, volunteer, today=scheme.today(now), now=now)


def _let_come_back(
    session: Session, volunteer: Volunteer, scheme: Scheme, now: datetime
) -> None:
    """End a pause, or say what it waits for now."""
    try:
        volunteers.come_back(session, volunteer, None, scheme, actor=None, now=now)
    except NotCleared:
        volunteer.paused_by = PausedBy.CLEARANCE
        session.flush()


def _ask_if_free(
    session: Session, volunteer: Volunteer, scheme: Scheme, now: datetime
) -> None:
    """Ask somebody who was not heard of for long, or pause them."""
    still_free.ask(session, volunteer, scheme, now=now)


def _let_go(
    session: Session, volunteer: Volunteer, scheme: Scheme, now: datetime
) -> None:
    """End an application or a pause of somebody who is silent."""
    lapsing.lapse_volunteer(session, volunteer, scheme, now=now)


_OF_VOLUNTEERS = {
    Tending.COME_BACK: _let_come_back,
    Tending.SETTLE: _settle,
    Tending.ASK_IF_FREE: _ask_if_free,
    Tending.LAPSE_VOLUNTEER: _let_go,
}
_OF_REQUESTS = {
    Tending.ASK_WHO_WAITS: lapsing.have_asked,
    Tending.LAPSE_REQUEST: lapsing.lapse_request,
}
_OF_PAIRINGS = {
    Tending.ASK: checkins.ask_both,
    Tending.EXPIRE: deadlines.expire,
    Tending.LAST_DAY: deadlines.note_last_day,
    Tending.REMIND: deadlines.remind,
}


def _rows(
    act: Tending, subject_id: int, condition: sa.ColumnElement[bool]
) -> sa.Select[str, int]:
    name: sa.Label[str] = sa.literal(act.value).label("act")
    row: sa.Label[int] = col(subject_id).label("subject_id")
    return sa.select(name, row).where(condition)


def _is_to_be_asked(today: date) -> sa.ColumnElement[bool]:
    """Ask for pairs that go on, until their last day."""
    return sa.and_(
        col(Pairing.asks_on) <= today,
        col(Pairing.state).in_(GOES_ON),
        sa.or_(col(Pairing.ends_on).is_(None), col(Pairing.ends_on) >= today),
    )


def _has_passed(today: date) -> sa.ColumnElement[bool]:
    """Ask for pairs whose last day passed, unless somebody was told of this ending."""
    told = sa.select(col(Task.id)).where(
        col(Task.kind) == TaskKind.LAST_DAY_PASSED,
        col(Task.subject) == "pairing",
        col(Task.subject_id) == col(Pairing.id),
        sa.or_(
            col(Task.done_at).is_(None), col(Task.raised_at) >= col(Pairing.moved_at)
        ),
    )
    return sa.and_(deadlines.is_past(today), ~told.exists())


def _has_lapsed(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(col(Pairing.state).in_(ASKED), col(Pairing.expires_at) <= now)


def _lacks_a_reminder(now: datetime, days: Days) -> sa.ColumnElement[bool]:
    """Ask for fewer reminders than days of reminders that have come."""
    short = [
        sa.and_(
            col(Pairing.reminders) <= nth,
            col(Pairing.asked_at) <= now - timedelta(days=day),
        )
        for nth, day in enumerate(days.reminders)
    ]
    return sa.and_(
        col(Pairing.state).in_(ASKED),
        col(Pairing.expires_at) > now,
        sa.or_(sa.false(), *short),
    )


def _is_missed(today: date, days: Days) -> sa.ColumnElement[bool]:
    held = sa.select(col(Pairing.id)).where(
        col(Pairing.state) == PairingState.HELD,
        col(Pairing.id) == col(CheckIn.pairing_id),
    )
    return sa.and_(
        col(CheckIn.state).in_((CheckInState.DUE, CheckInState.ASKED)),
        col(CheckIn.due_on) <= today - timedelta(days=days.tell),
        ~held.exists(),
    )
