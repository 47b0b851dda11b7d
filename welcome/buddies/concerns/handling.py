"""Handling a concern, by one of those who may: each step is a note that stays.

Whoever calls got the concern from `concern_access`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import moving
from welcome.buddies.concerns.errors import NotDecided, StillHeld
from welcome.buddies.concerns.safeguarding import written
from welcome.buddies.errors import MoveRefused, NothingSaid
from welcome.buddies.models.concerns import (
    CONCERN_MOVES,
    Concern,
    ConcernAct,
    ConcernNote,
    ConcernState,
    ReferredTo,
)
from welcome.buddies.models.pairings import HOLDS_PLACE, Pairing, PairingState
from welcome.phrases.codes import word

_S = ConcernState


class Said(NamedTuple):
    """What a note tells of, and says."""

    act: ConcernAct
    text: str = ""
    referred_to: Sequence[str] = ()


class Decision(NamedTuple):
    """What was decided, to whom it was passed on, and what the adult wants by now."""

    text: str
    referred_to: Collection[ReferredTo]
    wishes: str = ""


def take_up(
    session: Session, concern: Concern, *, actor: Account, now: datetime
) -> None:
    """Begin to handle a concern; raises MoveRefused."""
    raised = frozenset({_S.RAISED})
    moving.move(
        session, concern, CONCERN_MOVES, _S.BEING_HANDLED, now=now, only_from=raised
    )
    write_note(session, concern, Said(ConcernAct.TAKEN_UP), actor=actor, now=now)


def note(
    session: Session, concern: Concern, text: str, *, actor: Account, now: datetime
) -> None:
    """Add a note; raises NothingSaid and TooLongSaid."""
    text = written(text)
    write_note(session, concern, Said(ConcernAct.NOTED, text), actor=actor, now=now)


def decide(
    session: Session,
    concern: Concern,
    decision: Decision,
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Write down what was decided, and to whom it was passed on; the newest counts.

    Wishes stand with the concern where none were said before, else in the note.
    Raises NothingSaid, TooLongSaid, and MoveRefused where nobody handles it now.
    """
    text, wishes = written(decision.text), decision.wishes.strip()
    if wishes:
        wishes = written(wishes)
    passed_on = decision.referred_to
    to = [each.value for each in ReferredTo if each in passed_on]
    if not to or (ReferredTo.NOBODY in passed_on and len(to) > 1):
        raise NothingSaid
    session.refresh(concern)
    is_first = bool(wishes) and not concern.wishes
    more = {"wishes": wishes} if is_first else {}
    _change(session, concern, decision=text, referred_to=to, **more)
    if wishes and not is_first:
        text += f"\n\n{word(actor.interface_tag, 'concern.wishes')}: {wishes}"
    said = Said(ConcernAct.DECIDED, text, to)
    write_note(session, concern, said, actor=actor, now=now)


def close(session: Session, concern: Concern, *, actor: Account, now: datetime) -> None:
    """Close a concern; raises NotDecided, StillHeld and MoveRefused."""
    if not concern.decision:
        raise NotDecided
    if _leaves_held(session, concern):
        raise StillHeld
    moving.move(session, concern, CONCERN_MOVES, _S.CLOSED, now=now)
    write_note(session, concern, Said(ConcernAct.CLOSED), actor=actor, now=now)


def open_again(
    session: Session, concern: Concern, *, actor: Account, now: datetime
) -> None:
    """Handle a concern once more; raises MoveRefused."""
    closed = frozenset({_S.CLOSED})
    moving.move(
        session, concern, CONCERN_MOVES, _S.BEING_HANDLED, now=now, only_from=closed
    )
    write_note(session, concern, Said(ConcernAct.OPENED_AGAIN), actor=actor, now=now)


def keep_for_law(
    session: Session, concern: Concern, *, actor: Account, now: datetime
) -> None:
    """Keep a concern beyond its time, until that is lifted; once is enough."""
    _keep(session, concern, ConcernAct.KEPT, actor, now)


def keep_no_longer(
    session: Session, concern: Concern, *, actor: Account, now: datetime
) -> None:
    """Let the time of a concern count again."""
    _keep(session, concern, ConcernAct.KEPT_NO_MORE, actor, now)


def write_note(
    session: Session, concern: Concern, said: Said, *, actor: Account, now: datetime
) -> None:
    """Write what was done; nothing here is ever changed."""
    session.add(
        ConcernNote(
            concern_id=concern.id,
            written_at=now,
            written_by_id=actor.id,
            act=said.act,
            text=said.text or None,
            referred_to=list(said.referred_to),
        )
    )
    session.flush()


def check_handled(concern: Concern) -> None:
    """Refuse to act on a concern that nobody handles; raises MoveRefused."""
    if concern.state is not _S.BEING_HANDLED:
        raise MoveRefused(state=concern.state.value, wanted=_S.BEING_HANDLED.value)


def list_pairs(session: Session, concern: Concern) -> list[Pairing]:
    """List the pair a concern is about, and the volunteer's others that are on hold.

    Where it is about a person and no pair is named, all of theirs that people know of.
    """
    theirs = col(Pairing.volunteer_id) == concern.volunteer_id
    which = [
        col(Pairing.id) == concern.pairing_id,
        sa.and_(theirs, col(Pairing.state) == PairingState.HELD),
    ]
    if concern.pairing_id is None:
        own = sa.or_(theirs, col(Pairing.newcomer_id) == concern.newcomer_id)
        which.append(sa.and_(own, col(Pairing.state).in_(HOLDS_PLACE)))
    asked = select(Pairing).where(sa.or_(*which))
    return list(session.exec(asked.order_by(col(Pairing.id))))


def list_others(session: Session, concern: Concern, pairing: Pairing) -> list[Concern]:
    """List the other concerns, not closed, that a pair or its volunteer is part of."""
    asked = select(Concern).where(
        Concern.id != concern.id,
        Concern.state != _S.CLOSED,
        sa.or_(
            col(Concern.pairing_id) == pairing.id,
            col(Concern.volunteer_id) == pairing.volunteer_id,
            sa.and_(
                col(Concern.newcomer_id) == pairing.newcomer_id,
                col(Concern.pairing_id).is_(None),
            ),
        ),
    )
    return list(session.exec(asked))


def _keep(
    session: Session, concern: Concern, act: ConcernAct, actor: Account, now: datetime
) -> None:
    is_kept = act is ConcernAct.KEPT
    if concern.is_kept_for_law is not is_kept:
        concern.is_kept_for_law = is_kept
        write_note(session, concern, Said(act), actor=actor, now=now)


def _leaves_held(session: Session, concern: Concern) -> bool:
    """Say whether a pair would be left on hold with nobody to let it go on."""
    return any(
        each.state is PairingState.HELD and not list_others(session, concern, each)
        for each in list_pairs(session, concern)
    )


def _change(session: Session, concern: Concern, **values: object) -> None:
    """Change a concern that is being handled now; raises MoveRefused."""
    changed = session.exec(
        sa.update(Concern)
        .where(col(Concern.id) == concern.id, col(Concern.state) == _S.BEING_HANDLED)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    session.refresh(concern)
    if changed.rowcount != 1:
        check_handled(concern)
