"""Who reads a locale besides its author: the rule of two people asks it."""

from sqlmodel import Session

from welcome.accounts.permissions import Permission, list_accounts_with


def has_second_reader(session: Session, tag: str, author_id: int | None) -> bool:
    """Tell whether an active account other than the author's may review this locale."""
    readers = list_accounts_with(session, Permission.REVIEW, tag)
    return any(reader.id != author_id for reader in readers)
