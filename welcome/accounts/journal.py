"""The journal of who did what: written and read, never changed."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from welcome.accounts.models import Account, JournalEntry


class Act(StrEnum):
    """What this room writes into the journal; the other rooms add their own codes."""

    ACCOUNT_INVITED = "account.invited"
    ACCOUNT_INVITED_AGAIN = "account.invited_again"
    ACCOUNT_DEACTIVATED = "account.deactivated"
    ACCOUNT_ACTIVATED = "account.activated"
    ACCOUNT_LOCKED = "account.locked"
    ACCOUNT_SIGNED_IN = "account.signed_in"
    ACCOUNT_SIGNED_OUT = "account.signed_out"
    ACCOUNT_SECURED = "account.secured"
    ACCOUNT_DESCRIBED = "account.described"
    ROLE_GRANTED = "role.granted"
    ROLE_REVOKED = "role.revoked"


def write(
    session: Session,
    act: str,
    subject: str,
    subject_id: int | None,
    *,
    actor: Account | None,
    now: datetime,
    **details: object,
) -> JournalEntry:
    """Write one entry; `tag` among the details goes into a column of its own."""
    tag = details.pop("tag", None)
    entry = JournalEntry(
        at=now,
        actor_id=actor.id if actor else None,
        act=str(act),
        subject=subject,
        subject_id=subject_id,
        tag=str(tag) if tag else None,
        details=details,
    )
    session.add(entry)
    return entry


def differences(
    before: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, dict[str, object]]:
    """Tell field by field what changed, for the details of an entry."""
    return {
        name: {"before": _plain(before.get(name)), "after": _plain(value)}
        for name, value in after.items()
        if before.get(name) != value
    }


def list_entries(
    session: Session,
    *,
    subject: tuple[str, int | None] | str | None = None,
    actor: Account | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[JournalEntry]:
    """Return the newest entries first, about a subject or by an actor.

    `subject` is a kind ("target") or a kind with an id ("target", 7); `before` is
    the id of the oldest entry of the page shown before.
    """
    asked = select(JournalEntry).order_by(col(JournalEntry.id).desc()).limit(limit)
    if isinstance(subject, str):
        asked = asked.where(JournalEntry.subject == subject)
    elif subject is not None:
        kind, number = subject
        asked = asked.where(
            JournalEntry.subject == kind, JournalEntry.subject_id == number
        )
    if actor is not None:
        asked = asked.where(JournalEntry.actor_id == actor.id)
    if before is not None:
        asked = asked.where(col(JournalEntry.id) < before)
    return list(session.exec(asked))


def list_subjects(session: Session) -> list[str]:
    """List the kinds of things that the journal tells of."""
    asked = select(JournalEntry.subject).distinct().order_by(col(JournalEntry.subject))
    return list(session.exec(asked))


def _plain(value: object) -> object:
    """Give a value as JSON can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value
