"""Moves by staff go into the journal; what people do themselves stands in their rows."""

from datetime import datetime

from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.buddies.models.pairings import CheckIn, Pairing
from welcome.buddies.models.people import Newcomer, Volunteer
from welcome.buddies.models.requests import BuddyRequest

Noted = Pairing | BuddyRequest | Volunteer | Newcomer | CheckIn

SUBJECTS: dict[type[Noted], str] = {
    Pairing: "pairing",
    BuddyRequest: "buddy_request",
    Volunteer: "volunteer",
    Newcomer: "newcomer",
    CheckIn: "check_in",
}


def write(
    session: Session,
    act: str,
    row: Noted,
    *,
    actor: Account | None,
    now: datetime,
    **details: object,
) -> None:
    """Write who of the staff did what to which row: ids and codes, never names."""
    if actor is not None:
        journal.write(
            session, act, SUBJECTS[type(row)], row.id, actor=actor, now=now, **details
        )
