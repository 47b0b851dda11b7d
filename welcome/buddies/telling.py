"""What coordinators were told for somebody: read by who may hear that side.

Who interpreted is told to whoever looks after the person alone: neither the other
side's organisation nor who leads the pairing learns it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.buddies import access, noting
from welcome.buddies.models.pairings import CheckIn, Pairing, Side
from welcome.buddies.models.people import Newcomer, SpokenThrough, Volunteer
from welcome.buddies.models.requests import BuddyRequest
from welcome.buddies.models.told import ToldStep

Test = sa.ColumnElement[bool]
# Ids, or a question for them.
Which = sa.Select[Any] | Sequence[int]
# The last steps; the others stand in the journal.
MOST = 20


@dataclass(frozen=True)
class Step:
    """A step of one side: when, what, how and by whom it was written down."""

    told_at: datetime
    act: str
    side: Side
    through: SpokenThrough
    interpreter: str
    written_by_id: int | None


def list_of_pairing(session: Session, account: Account, pairing: Pairing) -> list[Step]:
    """List what was told of a pairing by the sides that an account hears."""
    sides = access.list_sides(session, account, pairing)
    named = access.list_own_sides(session, account, pairing)
    about = is_about_pairings([pairing.id])
    return _list(session, about & col(ToldStep.side).in_(sides), named)


def list_of_request(
    session: Session, account: Account, request: BuddyRequest
) -> list[Step]:
    """List what a newcomer told of a request and of what it led to."""
    newcomer = session.get_one(Newcomer, request.newcomer_id)
    led_to = sa.select(col(Pairing.id)).where(col(Pairing.request_id) == request.id)
    about = sa.or_(
        _is_about(Newcomer, newcomer.id),
        _is_about(BuddyRequest, request.id),
        is_about_pairings(led_to),
    )
    return _list_own(session, account, newcomer, Side.NEWCOMER, about)


def list_of_volunteer(
    session: Session, account: Account, volunteer: Volunteer
) -> list[Step]:
    """List what a volunteer told of themselves and of their pairings."""
    theirs = sa.select(col(Pairing.id)).where(col(Pairing.volunteer_id) == volunteer.id)
    about = _is_about(Volunteer, volunteer.id) | is_about_pairings(theirs)
    return _list_own(session, account, volunteer, Side.VOLUNTEER, about)


def is_about_pairings(which: Which) -> Test:
    """Ask for steps about some pairings, or about how it goes there."""
    asked = sa.select(col(CheckIn.id)).where(col(CheckIn.pairing_id).in_(which))
    subject, number = col(ToldStep.subject), col(ToldStep.subject_id)
    return sa.or_(
        (subject == noting.SUBJECTS[Pairing]) & number.in_(which),
        (subject == noting.SUBJECTS[CheckIn]) & number.in_(asked),
    )


def _is_about(table: type[noting.Noted], number: int) -> Test:
    is_subject = col(ToldStep.subject) == noting.SUBJECTS[table]
    return is_subject & (col(ToldStep.subject_id) == number)


def _list_own(
    session: Session,
    account: Account,
    person: Newcomer | Volunteer,
    side: Side,
    about: Test,
) -> list[Step]:
    is_own = person.organisation_id in access.list_scope(session, account)
    own = frozenset({side} if is_own else ())
    return _list(session, about & col(ToldStep.side).in_(own), own)


def _list(session: Session, which: Test, named: frozenset[Side]) -> list[Step]:
    asked = select(ToldStep).where(which).order_by(col(ToldStep.id).desc()).limit(MOST)
    return [
        Step(
            each.told_at,
            each.act,
            each.side,
            each.through,
            (each.interpreter or "") if each.side in named else "",
            each.written_by_id,
        )
        for each in session.exec(asked)
    ]
