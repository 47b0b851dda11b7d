"""The ways out of a pairing: each gives the volunteer's place back, once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import links, moving, noting
from welcome.buddies.lifecycle import letters, places, seats, turns
from welcome.buddies.links import About
from welcome.buddies.models.pairings import (
    HOLDS_PLACE,
    PAIRING_MOVES,
    DeclineReason,
    Outcome,
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.models.people import Volunteer
from welcome.buddies.models.requests import Block, BlockReason
from welcome.buddies.noting import Heard
from welcome.buddies.scheme import Scheme

# Nothing is written by itself where the safeguarding lead speaks with both, or where
# somebody's record goes.
SILENT = frozenset({Outcome.SAFEGUARDING, Outcome.ERASED})
# Who was asked last, and may say no.
ASKED = {
    PairingState.VOLUNTEER_ASKED: Side.VOLUNTEER,
    PairingState.NEWCOMER_ASKED: Side.NEWCOMER,
}
STATE_OF = {side: state for state, side in ASKED.items()}
# Who knows of a pairing that stands there.
TOLD: dict[PairingState, tuple[Side, ...]] = {
    PairingState.DRAFT: (),
    PairingState.VOLUNTEER_ASKED: (Side.VOLUNTEER,),
}


@dataclass(frozen=True)
class No:
    """Who says no, and why, if they want to say; neither is shown to the other."""

    side: Side
    reason: DeclineReason = DeclineReason.UNSAID


@dataclass(frozen=True)
class Ending:
    """How something ended, whether the newcomer would like somebody else, who said so."""

    outcome: Outcome
    wants_another: bool = False
    heard: Heard | None = None


def decline(
    session: Session,
    pairing: Pairing,
    no: No,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Take somebody's no: the two are never asked about each other again.

    The request waits on, as long as it has waited already. Only who is being asked may
    say no; raises MoveRefused.
    """
    request = turns.take(session, pairing)
    leave(
        session, pairing, PairingState.DECLINED, {STATE_OF[no.side]}, now=now,
        said_no=no.side, said_why=no.reason,
    )  # fmt: skip
    if no.side is Side.NEWCOMER:
        request.unanswered = 0
        told = [Side.VOLUNTEER]
    else:
        session.get_one(Volunteer, pairing.volunteer_id).unanswered = 0
        told = []
    session.flush()
    block(session, pairing, BlockReason.SAID_NO, actor=actor, now=now)
    letters.say_no_longer(session, pairing, told, scheme, now=now)
    noting.write(
        session, "pairing.declined", pairing, actor=actor, now=now, side=no.side.value
    )


def withdraw(
    session: Session,
    pairing: Pairing,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Take a pairing back before they met; the request waits on. Raises MoveRefused."""
    request = turns.take(session, pairing)
    stage, was_filled = seats.stage(pairing), seats.is_filled_by(pairing)
    leave(
        session, pairing, PairingState.WITHDRAWN,
        moves_to(PairingState.WITHDRAWN), now=now,
    )  # fmt: skip
    if was_filled:
        seats.empty(session, request, wants_another=True, now=now)
    told = TOLD.get(stage, tuple(Side))
    letters.say_no_longer(session, pairing, told, scheme, now=now)
    noting.write(session, "pairing.withdrawn", pairing, actor=actor, now=now)


def end(
    session: Session,
    pairing: Pairing,
    ending: Ending,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """End a pairing of two who agreed; raises MoveRefused.

    Nobody is written to after an ending that was announced. The two are not drafted
    together again.
    """
    request = turns.take(session, pairing)
    stage, was_filled = seats.stage(pairing), seats.is_filled_by(pairing)
    leave(
        session, pairing, PairingState.ENDED, moves_to(PairingState.ENDED), now=now,
        outcome=ending.outcome,
    )  # fmt: skip
    if was_filled:
        seats.empty(session, request, wants_another=ending.wants_another, now=now)
    block(session, pairing, BlockReason.ENDED, actor=actor, now=now)
    if stage is not PairingState.ENDING and ending.outcome not in SILENT:
        told = TOLD.get(stage, tuple(Side))
        letters.say_no_longer(session, pairing, told, scheme, now=now)
    noting.write(
        session, "pairing.ended", pairing, actor=actor, now=now, heard=ending.heard,
        outcome=(pairing.told_outcome or ending.outcome).value,
    )  # fmt: skip


def leave(
    session: Session,
    pairing: Pairing,
    state: PairingState,
    allowed: Collection[PairingState],
    *,
    now: datetime,
    **values: object,
) -> None:
    """Move a pairing out, give its place back and end its links; raises MoveRefused.

    For the ways out alone. Whoever calls holds the request.
    """
    was = pairing.state
    moving.move(
        session, pairing, PAIRING_MOVES, state, now=now,
        only_from=frozenset({was} & set(allowed)),
        expires_at=None, asks_on=None, ended_at=now, **values,
    )  # fmt: skip
    if was in HOLDS_PLACE:
        places.release(session, pairing.volunteer_id)
    links.end_all(session, About("pairing", pairing.id), now=now)


def block(
    session: Session,
    pairing: Pairing,
    reason: BlockReason,
    *,
    actor: Account | None,
    now: datetime,
) -> Block:
    """Never bring the two of a pairing together again; the first reason stays.

    Whoever calls holds the request.
    """
    asked = select(Block).where(
        Block.newcomer_id == pairing.newcomer_id,
        col(Block.volunteer_id) == pairing.volunteer_id,
    )
    made = session.exec(asked).one_or_none()
    if made is None:
        made = Block(
            newcomer_id=pairing.newcomer_id,
            volunteer_id=pairing.volunteer_id,
            reason=reason,
            set_by_id=actor.id if actor else None,
            set_at=now,
        )
        session.add(made)
        session.flush()
    return made


def moves_to(state: PairingState) -> frozenset[PairingState]:
    """Name the states from which a pairing may go to another."""
    return frozenset(old for old, after in PAIRING_MOVES.items() if state in after)
