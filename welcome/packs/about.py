"""The pages that the default pack has about itself; every page's foot leads to them."""

from sqlmodel import Session

from welcome.packs import access
from welcome.packs.models import Group, Pack

NAMES = ("accessibility", "privacy", "publisher", "complaints", "other-formats")


def list_missing(session: Session, pack: Pack) -> list[str]:
    """Name the pages about itself that a pack should have and has not in use."""
    if not pack.is_default:
        return []
    there = {
        page.name
        for page, version in access.list_heads(session, pack)
        if version.group is Group.ABOUT
    }
    return [name for name in NAMES if name not in there]
