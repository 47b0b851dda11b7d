"""Asking: the volunteer first, then the newcomer, each in their own time.

A volunteer is asked about one newcomer at a time. A newcomer is asked about one
volunteer for each seat of their request.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import moving, noting
from welcome.buddies.errors import AskedAlready, MoveRefused, PerhapsNamed
from welcome.buddies.gathering import Moment
from welcome.buddies.lifecycle import letters, places, possible, seats, turns
from welcome.buddies.models.pairings import (
    PAIRING_MOVES,
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.models.people import Volunteer
from welcome.buddies.models.requests import RequestState
from welcome.buddies.scheme import Scheme


def ask_volunteer(
    session: Session,
    pairing: Pairing,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
    is_somebody_else: bool = False,
) -> None:
    """Send a draft to its volunteer and take the place, in one transaction.

    `is_somebody_else`: whoever acts looked at the names of those who must never know.
    Raises MoveRefused, NotPossible, PerhapsNamed, NoPlaceFree and AskedAlready.
    """
    request = turns.take(session, pairing)
    if request.state is not RequestState.OPEN:
        raise MoveRefused(
            state=request.state.value, wanted=PairingState.VOLUNTEER_ASKED.value
        )
    _move(
        session, pairing, PairingState.VOLUNTEER_ASKED, PairingState.DRAFT, scheme, now
    )
    possible.check(session, pairing, Moment(now, scheme.today(now)))
    if not is_somebody_else and possible.is_perhaps_named(session, pairing):
        raise PerhapsNamed
    places.take(session, pairing.volunteer_id)
    check_asked_once(session, pairing)
    letters.propose(session, pairing, Side.VOLUNTEER, scheme, now=now)
    noting.write(session, "pairing.volunteer_asked", pairing, actor=actor, now=now)


def volunteer_agrees(
    session: Session,
    pairing: Pairing,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Take the volunteer's yes, and ask the newcomer at once; raises MoveRefused."""
    turns.take(session, pairing)
    _move(
        session, pairing, PairingState.NEWCOMER_ASKED, PairingState.VOLUNTEER_ASKED,
        scheme, now,
    )  # fmt: skip
    session.get_one(Volunteer, pairing.volunteer_id).unanswered = 0
    session.flush()
    letters.propose(session, pairing, Side.NEWCOMER, scheme, now=now)
    noting.write(session, "pairing.volunteer_agreed", pairing, actor=actor, now=now)


def ask_newcomer(
    session: Session,
    pairing: Pairing,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Ask the newcomer anew, who then has all the days again; raises MoveRefused."""
    turns.take(session, pairing)
    if pairing.state is not PairingState.NEWCOMER_ASKED:
        raise MoveRefused(
            state=pairing.state.value, wanted=PairingState.NEWCOMER_ASKED.value
        )
    start_waiting(session, pairing, scheme, now=now)
    letters.propose(session, pairing, Side.NEWCOMER, scheme, now=now)
    noting.write(session, "pairing.newcomer_asked", pairing, actor=actor, now=now)


def newcomer_agrees(
    session: Session,
    pairing: Pairing,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Take the newcomer's yes: both agreed, the seat is filled. Raises MoveRefused."""
    request = turns.take(session, pairing)
    _move(
        session, pairing, PairingState.AGREED, PairingState.NEWCOMER_ASKED, scheme, now
    )
    request.unanswered = 0
    session.flush()
    seats.fill(session, request, now=now)
    noting.write(session, "pairing.newcomer_agreed", pairing, actor=actor, now=now)


def start_waiting(
    session: Session, pairing: Pairing, scheme: Scheme, *, now: datetime
) -> None:
    """Let the days in which somebody has to answer begin now."""
    pairing.asked_at = now
    pairing.expires_at = now + timedelta(days=scheme.days.answer)
    pairing.reminders = 0
    session.add(pairing)
    session.flush()


def check_asked_once(session: Session, pairing: Pairing) -> None:
    """Raise AskedAlready where the volunteer is being asked about somebody else.

    Whoever calls holds the volunteer, so that two cannot ask at once.
    """
    others = select(Pairing.id).where(
        Pairing.volunteer_id == pairing.volunteer_id,
        Pairing.state == PairingState.VOLUNTEER_ASKED,
        col(Pairing.id) != pairing.id,
    )
    if session.exec(others).first() is not None:
        raise AskedAlready


def _move(
    session: Session,
    pairing: Pairing,
    state: PairingState,
    before: PairingState,
    scheme: Scheme,
    now: datetime,
) -> None:
    """Move a pairing along, and start the days in which an answer is waited for."""
    is_asking = state is not PairingState.AGREED
    moving.move(
        session, pairing, PAIRING_MOVES, state, now=now,
        only_from=frozenset({before}),
        asked_at=now if is_asking else pairing.asked_at,
        expires_at=now + timedelta(days=scheme.days.answer) if is_asking else None,
        reminders=0,
    )  # fmt: skip
