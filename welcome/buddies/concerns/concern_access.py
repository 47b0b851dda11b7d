"""The only way to a concern: for those who handle it, and every reading is noted.

What is missing, and what is not one's own to know of, is answered alike (NotFound).
"""

from datetime import datetime

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, is_allowed
from welcome.buddies import contacts
from welcome.buddies.models.concerns import (
    Concern,
    ConcernNote,
    ConcernReading,
    ConcernState,
)
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.errors import NotFound
from welcome.partners.access import list_members, list_own_ids


def find_handlers(session: Session, concern: Concern) -> list[Account]:
    """Find who handles a concern: never somebody it is, or may be, about.

    Where it is about somebody who leads, and it is not known who, none of those who led
    then where it was raised handles it, wherever else they lead.
    """
    leads = list_members(session, concern.organisation_id, Permission.SAFEGUARD)
    return [
        each
        for each in leads
        if each.id not in concern.barred and not _is_about(session, concern, each)
    ]


def get_concern(
    session: Session, account: Account, public_id: str, *, now: datetime
) -> Concern:
    """Return a concern to one who handles it, and note that they read it.

    Raises NotFound.
    """
    asked = select(Concern).where(Concern.public_id == public_id)
    found = session.exec(asked).one_or_none()
    if found is None or not is_handler(session, found, account):
        raise NotFound
    session.add(ConcernReading(concern_id=found.id, read_at=now, read_by_id=account.id))
    session.flush()
    return found


def is_handler(session: Session, concern: Concern, account: Account) -> bool:
    """Say whether an account is one of those who handle a concern."""
    return account.id in {each.id for each in find_handlers(session, concern)}


def list_concerns(
    session: Session, account: Account, *, closed: bool = False, limit: int = 200
) -> list[Concern]:
    """List the concerns that an account handles, in danger first, then the oldest.

    What they say is not to be shown in a list: reading one is noted.
    """
    if not is_allowed(session, account, Permission.SAFEGUARD):
        return []
    is_closed = col(Concern.state) == ConcernState.CLOSED
    asked = (
        select(Concern)
        .where(
            col(Concern.organisation_id).in_(list_own_ids(session, account)),
            is_closed if closed else ~is_closed,
        )
        .order_by(
            col(Concern.in_danger).desc(), col(Concern.raised_at), col(Concern.id)
        )
        .limit(limit)
    )
    return [each for each in session.exec(asked) if is_handler(session, each, account)]


def list_notes(session: Session, concern: Concern) -> list[ConcernNote]:
    """List what was done about a concern that was got from here, the oldest first."""
    asked = select(ConcernNote).where(ConcernNote.concern_id == concern.id)
    return list(session.exec(asked.order_by(col(ConcernNote.id))))


def list_readings(session: Session, concern: Concern) -> list[ConcernReading]:
    """List who read a concern that was got from here, the newest first."""
    asked = select(ConcernReading).where(ConcernReading.concern_id == concern.id)
    return list(session.exec(asked.order_by(col(ConcernReading.id).desc())))


def _is_about(session: Session, concern: Concern, account: Account) -> bool:
    """Say whether a concern is about an account, or about them as a volunteer."""
    if concern.about_account_id == account.id:
        return True
    index = contacts.email_index(session, contacts.normal_email(account.email))
    people: list[Newcomer | Volunteer | None] = []
    if concern.newcomer_id is not None:
        people.append(session.get(Newcomer, concern.newcomer_id))
    if concern.volunteer_id is not None:
        people.append(session.get(Volunteer, concern.volunteer_id))
    return any(each is not None and each.email_index == index for each in people)
