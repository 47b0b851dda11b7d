"""Moves by staff go into the journal; what people do themselves stands in their rows.

A step that somebody told a coordinator is kept beside it: whose it was, how it was told
and who interpreted. A name never stands in the journal, which nothing is taken out of.
Whoever acts themself, or whose step is written down, was heard of.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies.errors import InterpreterUnnamed
from welcome.buddies.models.pairings import CheckIn, Pairing, Side
from welcome.buddies.models.people import Newcomer, SpokenThrough, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.models.told import ToldStep

Noted = Pairing | BuddyRequest | Volunteer | Newcomer | CheckIn

SUBJECTS: dict[type[Noted], str] = {
    Pairing: "pairing",
    BuddyRequest: "buddy_request",
    Volunteer: "volunteer",
    Newcomer: "newcomer",
    CheckIn: "check_in",
}


@dataclass(frozen=True)
class Heard:
    """Which side told a coordinator of a step, how, and who interpreted, if anybody.

    Raises InterpreterUnnamed where it came through an interpreter who has no name.
    """

    side: Side
    through: SpokenThrough
    interpreter: str = ""

    def __post_init__(self) -> None:
        """Refuse an interpreter without a name."""
        refuse_unnamed(self.through, self.interpreter)


def refuse_unnamed(through: SpokenThrough, interpreter: str) -> None:
    """Raise InterpreterUnnamed where there was one who has no name."""
    if through is SpokenThrough.INTERPRETER and not interpreter.strip():
        raise InterpreterUnnamed


def hear(session: Session, row: Noted, side: Side, *, now: datetime) -> None:
    """Note that the person on one side of a row was heard of."""
    person = _get_person(session, row, side)
    kind = type(person)
    # Who holds them in this moment hears of them too: nobody waits for a turn here.
    asked = select(kind.id).where(col(kind.id) == person.id)
    free = asked.with_for_update(skip_locked=True, key_share=True)
    if session.exec(free).first() is not None:
        person.heard_at = now
        session.flush()


def write(
    session: Session,
    act: str,
    row: Noted,
    *,
    actor: Account | None,
    now: datetime,
    heard: Heard | None = None,
    **details: object,
) -> None:
    """Write who of the staff did what to which row: ids and codes, never names.

    Of a step that they heard of, how they did is kept too.
    """
    if actor is None:
        return
    subject = SUBJECTS[type(row)]
    if heard:
        hear(session, row, heard.side, now=now)
        details |= {"side": heard.side.value, "through": heard.through.value}
        session.add(
            ToldStep(
                subject=subject,
                subject_id=row.id,
                act=act,
                side=heard.side,
                through=heard.through,
                interpreter=heard.interpreter.strip() or None,
                told_at=now,
                written_by_id=actor.id,
            )
        )
    journal.write(session, act, subject, row.id, actor=actor, now=now, **details)


def _get_person(session: Session, row: Noted, side: Side) -> Newcomer | Volunteer:
    """Return whom a row is about; of a pair, who stands on one side."""
    if isinstance(row, CheckIn):
        row = session.get_one(Pairing, row.pairing_id)
    if isinstance(row, Pairing):
        if side is Side.VOLUNTEER:
            return session.get_one(Volunteer, row.volunteer_id)
        return session.get_one(Newcomer, row.newcomer_id)
    if isinstance(row, BuddyRequest):
        return session.get_one(Newcomer, row.newcomer_id)
    return row
