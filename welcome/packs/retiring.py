"""Taking pages out of use and bringing them back; their versions stay throughout."""

from datetime import datetime

from sqlmodel import Session

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.packs import claims, versions
from welcome.packs.models import Page


def retire(
    session: Session, page: Page, *, actor: Account | None, now: datetime
) -> None:
    """Take a page out of use; one that is out already stays as it is."""
    if page.retired_at is None:
        page.retired_at = now
        session.add(page)
        journal.write(session, "page.retired", "page", page.id, actor=actor, now=now)


def bring_back(
    session: Session, page: Page, *, actor: Account | None, now: datetime
) -> None:
    """Bring a page back into use, with everything it had.

    Raises NameTaken or StartTaken where another page has its place by now.
    """
    if page.retired_at is not None:
        newest = versions.head(session, page)
        claims.refuse_taken(session, page, newest.slug, newest.group)
        page.retired_at = None
        session.add(page)
        journal.write(
            session, "page.brought_back", "page", page.id, actor=actor, now=now
        )
