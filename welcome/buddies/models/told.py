"""Steps of people that a coordinator wrote down for them, and how they were told."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from welcome.buddies.models.pairings import Side
from welcome.buddies.models.people import SpokenThrough
from welcome.database import Base, Sealed, UtcDateTime, choice


class ToldStep(Base, table=True):
    """A step that one side told a coordinator: what, how, and who interpreted.

    The act is the one of the journal, and so are the subject and its id.
    """

    __tablename__ = "told_step"
    __table_args__ = (sa.Index("ix_told_step_about", "subject", "subject_id"),)

    id: int = Field(default=None, primary_key=True)
    subject: str = Field(max_length=40)
    subject_id: int
    act: str = Field(max_length=64)
    # Whose step it is; nobody else is told who interpreted.
    side: Side = Field(sa_type=choice(Side))
    through: SpokenThrough = Field(sa_type=choice(SpokenThrough))
    interpreter: str | None = Field(default=None, sa_type=Sealed)
    told_at: datetime = Field(sa_type=UtcDateTime)
    written_by_id: int | None = Field(
        default=None, foreign_key="account.id", ondelete="SET NULL"
    )
