"""One message, from draft to sent."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from welcome.database import Base, LanguageTag, UtcDateTime, choice


class MessageState(StrEnum):
    """Where a message stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DISCARDED = "discarded"


class Message(Base, table=True):
    """A letter to one address, written in the transaction that caused it."""

    __tablename__ = "message"
    __table_args__ = (sa.Index("ix_message_due", "state", "send_at"),)

    id: int = Field(default=None, primary_key=True)
    message_id: str = Field(max_length=64, unique=True)
    letter: str = Field(max_length=60)
    tag: str = Field(sa_type=LanguageTag)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    body: str = Field(sa_type=sa.Text)
    state: MessageState = Field(
        default=MessageState.DRAFT, sa_type=choice(MessageState)
    )
    attempts: int = 0
    send_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    problem: str = Field(default="", max_length=500)
