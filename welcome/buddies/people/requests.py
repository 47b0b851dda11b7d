"""Requests: opened, held, resumed, and the ways in which they are over."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import links, moving, noting
from welcome.buddies.errors import MoveRefused, PersonErased
from welcome.buddies.lifecycle import exits, seats, turns
from welcome.buddies.lifecycle.exits import Ending
from welcome.buddies.links import About
from welcome.buddies.models.pairings import Outcome, PairingState
from welcome.buddies.models.people import Area, Newcomer
from welcome.buddies.models.requests import (
    REQUEST_MOVES,
    BuddyRequest,
    Hold,
    RequestSource,
    RequestState,
)
from welcome.buddies.noting import Heard
from welcome.buddies.people.errors import RequestThere
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.buddies.scheme import Scheme

LIVE = frozenset({RequestState.OPEN, RequestState.ON_HOLD, RequestState.PAIRED})


@dataclass(frozen=True)
class Wanted:
    """What is asked for: who for, by whom, how many buddies, and how urgent it is."""

    source: RequestSource
    role: BuddyRole = BuddyRole.ADULT
    adults: int = 1
    buddies: int = 1
    urgency: int = 0
    urgency_reason: str | None = None


def open_request(
    session: Session,
    newcomer: Newcomer,
    wanted: Wanted,
    *,
    actor: Account | None,
    now: datetime,
) -> BuddyRequest:
    """Let a newcomer wait for a buddy from now on; raises RequestThere."""
    turns.take_newcomer(session, newcomer.id)
    _refuse_second(session, newcomer.id)
    made = BuddyRequest(
        newcomer_id=newcomer.id,
        moved_at=now,
        source=wanted.source,
        role=wanted.role,
        adults=wanted.adults,
        buddies=wanted.buddies,
        urgency=wanted.urgency,
        urgency_reason=wanted.urgency_reason,
        waiting_since=now,
    )
    session.add(made)
    session.flush()
    noting.write(session, "request.opened", made, actor=actor, now=now)
    return made


@dataclass(frozen=True)
class Week:
    """When a newcomer is free (a mask of `times`), and where they live."""

    times: int
    area: Area | None
    heard: Heard | None = None


def change_week(
    session: Session,
    request: BuddyRequest,
    week: Week,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Change when and where a newcomer can meet; pairings that there are go on."""
    newcomer = session.get_one(Newcomer, request.newcomer_id)
    newcomer.times = week.times
    newcomer.area_id = week.area.id if week.area else None
    session.add(newcomer)
    session.flush()
    noting.write(
        session, "request.week_changed", request, actor=actor, now=now, heard=week.heard
    )


def hold(
    session: Session,
    request: BuddyRequest,
    why: Hold,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Look for nobody for a while, and take back what was not agreed on.

    What safeguarding holds stays held. Raises MoveRefused.
    """
    request = turns.take_request(session, request.id)
    _move(session, request, RequestState.ON_HOLD, now)
    request.hold_reason = why.reason
    request.look_again_on = why.day(scheme.today(now))
    session.flush()
    for each in turns.list_live_for(session, request.id):
        if not seats.is_filled_by(each) and each.state is not PairingState.HELD:
            exits.withdraw(session, each, scheme, actor=None, now=now)
    noting.write(
        session, "request.held", request, actor=actor, now=now, reason=why.reason.value
    )


def resume(
    session: Session,
    request: BuddyRequest,
    heard: Heard | None = None,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Look for somebody again, with the waiting time there was; raises MoveRefused."""
    request = turns.take_request(session, request.id)
    if request.state is not RequestState.ON_HOLD:
        raise MoveRefused(state=request.state.value, wanted=RequestState.OPEN.value)
    _open_again(session, request, now)
    noting.write(session, "request.resumed", request, actor=actor, now=now, heard=heard)


def withdraw(
    session: Session,
    request: BuddyRequest,
    ending: Ending,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """End a request as the newcomer wishes, and what it led to; raises MoveRefused."""
    request = turns.take_request(session, request.id)
    _move(session, request, RequestState.WITHDRAWN, now)
    _close(session, request, ending.outcome, scheme, now)
    noting.write(
        session, "request.withdrawn", request, actor=actor, now=now, heard=ending.heard
    )


def refer_on(
    session: Session,
    request: BuddyRequest,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """End a request that another service serves better; raises MoveRefused."""
    request = turns.take_request(session, request.id)
    _move(session, request, RequestState.REFERRED_ON, now)
    _close(session, request, Outcome.OTHER_SERVICE, scheme, now)
    noting.write(session, "request.referred_on", request, actor=actor, now=now)


def expire(
    session: Session,
    request: BuddyRequest,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """End the request of somebody who cannot be reached; raises MoveRefused."""
    request = turns.take_request(session, request.id)
    _move(session, request, RequestState.EXPIRED, now)
    _close(session, request, Outcome.NO_CONTACT_BY_NEWCOMER, scheme, now)
    noting.write(session, "request.expired", request, actor=actor, now=now)


def reopen(
    session: Session,
    request: BuddyRequest,
    heard: Heard | None = None,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Look for somebody again after an ending, with the waiting time there was.

    Raises MoveRefused, also where every seat is filled, and RequestThere.
    """
    turns.take_newcomer(session, request.newcomer_id)
    request = turns.take_request(session, request.id)
    filled = seats.count_filled(session, request)
    if request.state is RequestState.ON_HOLD or filled >= request.buddies:
        raise MoveRefused(state=request.state.value, wanted=RequestState.OPEN.value)
    if request.state not in LIVE:
        _refuse_second(session, request.newcomer_id)
    _open_again(session, request, now)
    noting.write(
        session, "request.reopened", request, actor=actor, now=now, heard=heard
    )


def _move(
    session: Session, request: BuddyRequest, state: RequestState, now: datetime
) -> None:
    moving.move(session, request, REQUEST_MOVES, state, now=now)


def _open_again(session: Session, request: BuddyRequest, now: datetime) -> None:
    _move(session, request, RequestState.OPEN, now)
    request.hold_reason = request.look_again_on = request.closed_at = None
    request.unanswered = 0
    session.flush()


def _close(
    session: Session,
    request: BuddyRequest,
    outcome: Outcome,
    scheme: Scheme,
    now: datetime,
) -> None:
    """Take back what was not begun, and end what was, once the request is over.

    Older links end; the letters of these endings bring new ones.
    """
    request.closed_at = now
    links.end_all(session, About(noting.SUBJECTS[BuddyRequest], request.id), now=now)
    session.flush()
    begun = {PairingState.INTRODUCED, PairingState.MEETING, PairingState.ENDING}
    for each in turns.list_live_for(session, request.id):
        if seats.stage(each) in begun:
            exits.end(session, each, Ending(outcome), scheme, actor=None, now=now)
        else:
            exits.withdraw(session, each, scheme, actor=None, now=now)


def _refuse_second(session: Session, newcomer_id: int) -> None:
    """Raise RequestThere where a newcomer has a request that is not over.

    Raises PersonErased where nothing is known of the newcomer any more.
    """
    erased = select(Newcomer.erased_at).where(Newcomer.id == newcomer_id)
    if session.exec(erased).one() is not None:
        raise PersonErased
    live = select(BuddyRequest.id).where(
        BuddyRequest.newcomer_id == newcomer_id, col(BuddyRequest.state).in_(LIVE)
    )
    if session.exec(live).first() is not None:
        raise RequestThere
