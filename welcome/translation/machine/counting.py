"""How many drafts are kept."""

from sqlmodel import Session, func, select

from welcome.translation.models import MachineDraft


def count_drafts(session: Session) -> int:
    """Count the drafts by machine."""
    return session.exec(select(func.count()).select_from(MachineDraft)).one()
