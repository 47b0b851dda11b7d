"""What one page in use may have alone: its address, and the start of the pack."""

from sqlmodel import Session, col, select

from welcome.packs.errors import NameTaken, StartTaken
from welcome.packs.models import NEWEST, Group, Pack, Page, Version


def refuse_taken(session: Session, page: Page, slug: str, group: Group) -> None:
    """Raise NameTaken or StartTaken where another page in use has what a page claims."""
    # Whoever claims the same at this moment is waited for.
    pack = select(Pack.id).where(Pack.id == page.pack_id)
    session.exec(pack.with_for_update(key_share=True)).one()
    others = (
        select(Page.name, Version.slug, Version.group)
        .join(Version, NEWEST)
        .where(
            Page.pack_id == page.pack_id,
            Page.id != page.id,
            col(Page.retired_at).is_(None),
            (col(Version.slug) == slug) | (col(Version.group) == Group.START),
        )
    )
    for name, its_slug, its_group in session.exec(others):
        if its_slug == slug:
            raise NameTaken(name=slug, field="slug")
        if group is Group.START and its_group is Group.START:
            raise StartTaken(name=name, field="group")
