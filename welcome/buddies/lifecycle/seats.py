"""A request has one seat or two; it is paired when each is filled by two who agreed."""

from datetime import datetime

from sqlmodel import Session

from welcome.buddies import moving
from welcome.buddies.lifecycle import turns
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.requests import (
    REQUEST_MOVES,
    BuddyRequest,
    RequestState,
)

FILLS = frozenset(
    {
        PairingState.AGREED,
        PairingState.INTRODUCED,
        PairingState.MEETING,
        PairingState.ENDING,
    }
)


def stage(pairing: Pairing) -> PairingState:
    """Say where a pairing stands, or stood before it was held."""
    if pairing.state is PairingState.HELD and pairing.held_from:
        return PairingState(pairing.held_from)
    return pairing.state


def is_filled_by(pairing: Pairing) -> bool:
    """Say whether both agreed, and it is not over."""
    return stage(pairing) in FILLS


def count_filled(session: Session, request: BuddyRequest) -> int:
    """Count the seats that are filled; whoever asks holds the request."""
    return sum(map(is_filled_by, turns.list_live_for(session, request.id)))


def fill(session: Session, request: BuddyRequest, *, now: datetime) -> None:
    """Note that both agreed: nobody is looked for once every seat is filled."""
    if count_filled(session, request) >= request.buddies:
        moving.move(
            session, request, REQUEST_MOVES, RequestState.PAIRED, now=now, unanswered=0
        )


def empty(
    session: Session, request: BuddyRequest, *, wants_another: bool, now: datetime
) -> None:
    """Note that a filled seat is empty again: they go on waiting, or it is over.

    The waiting time stays what it was.
    """
    session.refresh(request)
    if request.state is not RequestState.PAIRED:
        return
    if wants_another:
        moving.move(
            session, request, REQUEST_MOVES, RequestState.OPEN, now=now, unanswered=0
        )
    elif count_filled(session, request) == 0:
        moving.move(
            session, request, REQUEST_MOVES, RequestState.CLOSED, now=now, closed_at=now
        )
