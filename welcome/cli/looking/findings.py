"""What a look finds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session

from welcome.config import Settings
from welcome.database import connect, reading, sessions


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `mend` is what to do where it is not well."""

    subject: str
    well: bool
    sentence: str
    mend: str = ""


def fine(subject: str, sentence: str) -> Finding:
    """Say that something is well."""
    return Finding(subject, well=True, sentence=sentence)


def missing(subject: str, sentence: str, mend: str) -> Finding:
    """Say that something is not, and what to do."""
    return Finding(subject, well=False, sentence=sentence, mend=mend)


@contextmanager
def database(settings: Settings) -> Iterator[Session]:
    """Open the database to look into it."""
    engine = connect(settings.database)
    try:
        with reading(), sessions(engine)() as session:
            yield session
    finally:
        engine.dispose()
