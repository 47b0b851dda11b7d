"""Drafts: pairs that a coordinator looks at before anybody is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.accounts.models import Account
from welcome.buddies import noting
from welcome.buddies.errors import MoveRefused, SeatTaken
from welcome.buddies.lifecycle import exits, turns
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import (
    Block,
    BlockReason,
    BuddyRequest,
    RequestState,
)
from welcome.buddies.scheme import Scheme


@dataclass(frozen=True)
class Suited:
    """How well two suit each other, and the run of the matcher that found them."""

    score: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    run_id: int | None = None


UNKNOWN = Suited()


def draft(
    session: Session,
    request: BuddyRequest,
    volunteer: Volunteer,
    suited: Suited = UNKNOWN,
    *,
    actor: Account | None,
    now: datetime,
) -> Pairing:
    """Put a volunteer beside a request, on the first free seat; nobody is told.

    Raises MoveRefused where the request is not open, SeatTaken where no seat is free or
    the volunteer sits on one.
    """
    request = turns.take_request(session, request.id)
    if request.state is not RequestState.OPEN:
        raise MoveRefused(state=request.state.value, wanted=PairingState.DRAFT.value)
    live = turns.list_live_for(session, request.id)
    free = set(range(1, request.buddies + 1)) - {each.seat for each in live}
    if not free or any(each.volunteer_id == volunteer.id for each in live):
        raise SeatTaken
    newcomer = session.get_one(Newcomer, request.newcomer_id)
    made = Pairing(
        request_id=request.id,
        newcomer_id=request.newcomer_id,
        volunteer_id=volunteer.id,
        seat=min(free),
        moved_at=now,
        lead_id=newcomer.organisation_id,
        score=suited.score,
        parts=dict(suited.parts),
        run_id=suited.run_id,
    )
    session.add(made)
    session.flush()
    noting.write(
        session, "pairing.drafted", made, actor=actor, now=now, volunteer=volunteer.id
    )
    return made


def pin(
    session: Session, pairing: Pairing, *, actor: Account | None, now: datetime
) -> None:
    """Keep a draft whatever the matcher finds; raises MoveRefused."""
    _change(session, pairing, is_pinned=True)
    noting.write(session, "pairing.pinned", pairing, actor=actor, now=now)


def unpin(
    session: Session, pairing: Pairing, *, actor: Account | None, now: datetime
) -> None:
    """Let the matcher change a draft again; raises MoveRefused."""
    _change(session, pairing, is_pinned=False)
    noting.write(session, "pairing.unpinned", pairing, actor=actor, now=now)


def swap(
    session: Session,
    pairing: Pairing,
    volunteer: Volunteer,
    suited: Suited = UNKNOWN,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Put another volunteer into a draft; raises MoveRefused and SeatTaken."""
    turns.take(session, pairing)
    live = turns.list_live_for(session, pairing.request_id)
    if any(each.volunteer_id == volunteer.id for each in live):
        raise SeatTaken
    before = pairing.volunteer_id
    _change(
        session,
        pairing,
        volunteer_id=volunteer.id,
        score=suited.score,
        parts=dict(suited.parts),
        run_id=suited.run_id,
        moved_at=now,
    )
    noting.write(
        session, "pairing.swapped", pairing, actor=actor, now=now, before=before,
        volunteer=volunteer.id,
    )  # fmt: skip


def forbid(
    session: Session,
    pairing: Pairing,
    scheme: Scheme,
    *,
    actor: Account | None,
    now: datetime,
) -> Block:
    """Withdraw a draft, and never bring the two together; raises MoveRefused."""
    turns.take(session, pairing)
    if pairing.state is not PairingState.DRAFT:
        raise MoveRefused(
            state=pairing.state.value, wanted=PairingState.WITHDRAWN.value
        )
    exits.withdraw(session, pairing, scheme, actor=None, now=now)
    made = exits.block(session, pairing, BlockReason.COORDINATOR, actor=actor, now=now)
    noting.write(session, "pairing.forbidden", pairing, actor=actor, now=now)
    return made


def _change(session: Session, pairing: Pairing, **values: object) -> None:
    """Change what is still a draft; raises MoveRefused."""
    changed = session.exec(
        sa.update(Pairing)
        .where(col(Pairing.id) == pairing.id, col(Pairing.state) == PairingState.DRAFT)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.refresh(pairing)
    if changed.rowcount != 1:
        raise MoveRefused(state=pairing.state.value, wanted=PairingState.DRAFT.value)
