"""The pages that the default pack has about itself; every page's foot leads to them: pure."""

from collections.abc import Iterable

from welcome.packs.models import Group, Pack, Page, Version

NAMES = ("accessibility", "privacy", "publisher", "complaints", "other-formats")


def list_missing(pack: Pack, heads: Iterable[tuple[Page, Version]]) -> list[str]:
    """Name the pages about itself that a pack should have and has not in use."""
    if not pack.is_default:
        return []
    there = {page.name for page, version in heads if version.group is Group.ABOUT}
    return [name for name in NAMES if name not in there]
