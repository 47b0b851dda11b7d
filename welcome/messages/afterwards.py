"""Settling letters that a restored backup would send again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.messages.models import Message, MessageState
from welcome.since.lines import Act, Line

# Those that are not over.
OPEN = (
    MessageState.DRAFT,
    MessageState.QUEUED,
    MessageState.FAILED,
    MessageState.HELD,
)
HELD_BACK = "a restored backup does not know whether this was sent"


@dataclass
class Settled:
    """How many letters were known to be sent or discarded, and how many are held back."""

    sent: int = 0
    discarded: int = 0
    held: int = 0


def list_wanted(session: Session) -> list[str]:
    """List the public ids of letters about which something may have to be done again."""
    asked = select(Message.message_id).where(col(Message.state).in_(OPEN))
    return list(session.exec(asked))


def do_again(
    session: Session,
    told: Mapping[str, Line],
    *,
    is_restored: bool,
    is_unsure: bool,
) -> Settled:
    """Settle letters by what was told of them last, by public id.

    After a restore, one that was being sent is held back, and where lines may be
    missing (`is_unsure`), every one that waits.
    """
    settled = Settled()
    asked = select(Message.id, Message.message_id, Message.state)
    waiting = session.exec(asked.where(col(Message.state).in_(OPEN))).all()
    for number, name, state in waiting:
        line = told.get(name)
        act = line.act if line else None
        if line and act is Act.SENT:
            _close(session, number, MessageState.SENT, line.at)
            settled.sent += 1
        elif line and act is Act.DISCARDED:
            _close(session, number, MessageState.DISCARDED)
            settled.discarded += 1
        elif is_restored and _is_unknown(MessageState(state), act, is_unsure=is_unsure):
            _change(session, number, state=MessageState.HELD, problem=HELD_BACK)
            settled.held += 1
    session.flush()
    return settled


def _is_unknown(state: MessageState, act: Act | None, *, is_unsure: bool) -> bool:
    """Tell whether a letter that would go out may have gone out already."""
    return state is MessageState.QUEUED and (is_unsure or act is Act.TRYING)


def _close(
    session: Session, number: int, state: MessageState, sent_at: datetime | None = None
) -> None:
    _change(session, number, state=state, sent_at=sent_at, body="", problem="")


def _change(session: Session, number: int, **values: object) -> None:
    """Change a letter without opening it: the keys may not be here."""
    change = sa.update(Message).where(col(Message.id) == number).values(**values)
    session.exec(change)
