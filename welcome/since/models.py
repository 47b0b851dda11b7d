"""The machines that keep such a file, and the times the database was restored."""

from datetime import datetime

from sqlmodel import Field

from welcome.database import Base, UtcDateTime, json_list


class Machine(Base, table=True):
    """An instance folder that works on this database, by the name in its file.

    After a restore the file of each has to be asked for.
    """

    __tablename__ = "machine"

    name: str = Field(primary_key=True, max_length=32)
    host: str = Field(default="", max_length=120)
    # When a worker there last looked for what is due.
    beat_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Restoration(Base, table=True):
    """One restore; until what happened since is done again, nothing may be served."""

    __tablename__ = "restoration"

    id: int = Field(default=None, primary_key=True)
    taken_at: datetime = Field(sa_type=UtcDateTime)
    restored_at: datetime = Field(sa_type=UtcDateTime)
    # The machines whose files were not at hand.
    missing: list[str] = Field(default_factory=list, sa_type=json_list())
    applied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
