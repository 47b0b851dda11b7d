"""Writing a pack out as files, so that reading them again changes nothing."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import tomli_w
from sqlmodel import Session, select

from welcome.packs import access, facts
from welcome.packs.content import front_matter
from welcome.packs.content.reading import PAGE_FILE
from welcome.packs.models import Fact, Pack, Page, Risk, Version


def write(session: Session, pack: Pack, folder: Path) -> list[Path]:
    """Write a pack's settings, facts and pages; translations are another room's.

    Pages that an earlier writing left under another name are removed.
    """
    written = {
        folder / "pack.toml": tomli_w.dumps(pack_table(pack)),
        folder / "facts.toml": tomli_w.dumps(
            {fact.name: _fact_table(fact) for fact in facts.list_facts(session, pack)}
        ),
    }
    for page, version in access.list_heads(session, pack):
        file = page_file(folder, pack.source_tag, version)
        written[file] = front_matter.join(_page_table(page, version), version.body)
    for file, text in written.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    remove_others(session, pack, folder / pack.source_tag, written)
    return list(written)


def remove_others(
    session: Session, pack: Pack, folder: Path, current: Collection[Path]
) -> None:
    """Remove the files of a pack's pages from a locale's folder, but the current ones."""
    names = set(session.exec(select(Page.name).where(Page.pack_id == pack.id)))
    for file in [] if folder.is_symlink() else sorted(folder.glob("*.md")):
        is_page = PAGE_FILE.fullmatch(file.name) and not file.is_symlink()
        if is_page and file not in current and _names_page(file, names):
            file.unlink()


def _names_page(file: Path, names: Collection[str]) -> bool:
    """Tell whether a file is of one of these pages; a broken one is somebody's own."""
    try:
        return front_matter.split(front_matter.read_text(file)).front["id"] in names
    except (front_matter.Broken, KeyError, TypeError):
        return False


def page_file(folder: Path, tag: str, version: Version) -> Path:
    """Name the file of a page in a locale."""
    return folder / tag / f"{version.position:02d}-{version.slug}.md"


def pack_table(pack: Pack) -> dict[str, Any]:
    """Give a pack's settings as pack.toml says them."""
    return {
        "format": 1,
        "source": pack.source_tag,
        "locales": list(pack.locales),
        "policy": pack.policy.value,
        "publish_together": [list(group) for group in pack.publish_together],
        "default": pack.is_default,
        "do_not_translate": list(pack.do_not_translate),
        "place": dict(pack.place),
    }


def _fact_table(fact: Fact) -> dict[str, Any]:
    table: dict[str, Any] = {
        "kind": fact.kind.value,
        "value": fact.value,
        "owner": fact.owner,
        "source": fact.source,
    }
    optional = {
        "check_by": fact.check_by,
        "urgent": fact.urgent,
        "label": dict(fact.label),
        "values": dict(fact.values),
        "stale": dict(fact.stale),
    }
    return table | {name: value for name, value in optional.items() if value}


def _page_table(page: Page, version: Version) -> dict[str, Any]:
    table = {
        "id": page.name,
        "title": version.title,
        "summary": version.summary,
        "group": version.group.value,
        "icon": version.icon,
    }
    if version.risk is not Risk.NORMAL:
        table["risk"] = version.risk.value
    return table
