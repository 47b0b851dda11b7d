"""One message, from draft to sent."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Field

from welcome.database import Base, LanguageTag, Sealed, UtcDateTime, choice
from welcome.messages.ways import Way


class MessageState(StrEnum):
    """Where a message stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DISCARDED = "discarded"
    # A restored backup does not know whether it was sent; a person says what follows.
    HELD = "held"


MOVES: dict[MessageState, frozenset[MessageState]] = {
    MessageState.DRAFT: frozenset({MessageState.QUEUED, MessageState.DISCARDED}),
    MessageState.QUEUED: frozenset(
        {
            MessageState.SENT,
            MessageState.FAILED,
            MessageState.DISCARDED,
            MessageState.HELD,
        }
    ),
    MessageState.FAILED: frozenset({MessageState.QUEUED, MessageState.DISCARDED}),
    MessageState.HELD: frozenset({MessageState.QUEUED, MessageState.DISCARDED}),
    MessageState.SENT: frozenset(),
    MessageState.DISCARDED: frozenset(),
}


def states_before(state: MessageState) -> frozenset[MessageState]:
    """Return the states from which a message may move to this one."""
    return frozenset(old for old, after in MOVES.items() if state in after)


class Message(Base, table=True):
    """A letter to one address, written in the transaction that caused it."""

    __tablename__ = "message"
    __table_args__ = (sa.Index("ix_message_due", "state", "send_at"),)

    id: int = Field(default=None, primary_key=True)
    # Stays the same however often it is tried, so that receivers can drop doubles.
    message_id: str = Field(
        default_factory=lambda: uuid4().hex, max_length=64, unique=True
    )
    letter: str = Field(max_length=60)
    tag: str = Field(sa_type=LanguageTag)
    # Emptied some days after it was sent or discarded; the index goes with it.
    recipient: str = Field(sa_type=Sealed)
    recipient_index: str = Field(default="", max_length=64, index=True)
    # Nothing but the place's name stands in it besides fixed words.
    subject: str = Field(max_length=200)
    # Emptied when sent or discarded: it may hold a one-time link.
    body: str = Field(sa_type=Sealed)
    written_at: datetime = Field(sa_type=UtcDateTime)
    state: MessageState = Field(
        default=MessageState.DRAFT, sa_type=choice(MessageState)
    )
    attempts: int = 0
    send_at: datetime = Field(sa_type=UtcDateTime)
    way: Way = Field(default=Way.EMAIL, sa_type=choice(Way))
    # Hours of the day in the place's zone between which it may arrive.
    safe_from: int = 0
    safe_until: int = 24
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    problem: str = Field(default="", max_length=500)
