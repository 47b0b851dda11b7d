"""What people ask for of their own record, and by when it has to be answered.

A calendar month from the day they asked: the day of the same number, or the last day of
a shorter month (UK GDPR, article 12(3)).
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies.errors import MoveRefused, PersonErased
from welcome.buddies.models.rights import RightKind, RightsRequest
from welcome.buddies.privacy.errors import AskedAhead
from welcome.buddies.privacy.traces import Person, kind_of
from welcome.buddies.rules.clocks import Period

SUBJECT = "rights_request"
MONTH = Period(months=1)


def note_asked(
    session: Session,
    person: Person,
    kind: RightKind,
    asked_on: date,
    *,
    actor: Account,
    now: datetime,
) -> RightsRequest:
    """Note that somebody asked; of one that waits, that one is returned.

    Raises PersonErased, and AskedAhead for a day that is to come.
    """
    if person.erased_at is not None:
        raise PersonErased
    if asked_on > now.date():
        raise AskedAhead
    for each in list_of(session, person):
        if each.kind is kind and each.answered_at is None:
            return each
    made = RightsRequest(
        organisation_id=person.organisation_id,
        subject=kind_of(person),
        subject_id=person.id,
        kind=kind,
        asked_on=asked_on,
        due_on=MONTH.after(asked_on),
        noted_at=now,
        noted_by_id=actor.id,
    )
    session.add(made)
    session.flush()
    journal.write(
        session, "rights.asked", SUBJECT, made.id, actor=actor, now=now, kind=kind.value
    )
    return made


def answer(
    session: Session, asked: RightsRequest, *, actor: Account, now: datetime
) -> None:
    """Say that somebody has what they asked for; raises MoveRefused the second time."""
    session.refresh(asked, with_for_update=True)
    if asked.answered_at is not None:
        raise MoveRefused(state="answered", wanted="answered")
    asked.answered_at, asked.answered_by_id = now, actor.id
    session.flush()
    journal.write(session, "rights.answered", SUBJECT, asked.id, actor=actor, now=now)


def list_of(session: Session, person: Person) -> list[RightsRequest]:
    """List what somebody asked for, the newest first."""
    asked = select(RightsRequest).where(
        RightsRequest.subject == kind_of(person), RightsRequest.subject_id == person.id
    )
    return list(session.exec(asked.order_by(col(RightsRequest.id).desc())))


def list_waiting(session: Session, own: Collection[int]) -> list[RightsRequest]:
    """List what waits for an answer in some organisations, what is due first first."""
    asked = select(RightsRequest).where(
        col(RightsRequest.organisation_id).in_(own),
        col(RightsRequest.answered_at).is_(None),
    )
    order = (col(RightsRequest.due_on), col(RightsRequest.id))
    return list(session.exec(asked.order_by(*order)))
