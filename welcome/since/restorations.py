"""Whether a restored database may be served already."""

from datetime import datetime

from sqlmodel import Session, col, select

from welcome.since.errors import NotApplied
from welcome.since.models import Restoration


def find_pending(session: Session) -> Restoration | None:
    """Find a restore after which nothing was done again yet."""
    open_ones = select(Restoration).where(col(Restoration.applied_at).is_(None))
    return session.exec(open_ones.order_by(col(Restoration.id).desc())).first()


def refuse_pending(session: Session) -> None:
    """Raise NotApplied where one is pending."""
    pending = find_pending(session)
    if pending:
        raise NotApplied(
            taken_at=pending.taken_at.isoformat(timespec="minutes"),
            missing=", ".join(pending.missing),
        )


def close_all(session: Session, now: datetime) -> None:
    """Note that what happened since was done again."""
    open_ones = select(Restoration).where(col(Restoration.applied_at).is_(None))
    for each in session.exec(open_ones):
        each.applied_at = now
        each.missing = []
