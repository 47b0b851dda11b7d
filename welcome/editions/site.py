"""Writes every current edition as plain files, for a web server that knows only those."""

import json
import shutil
from pathlib import Path

from sqlmodel import Session

from welcome import locales
from welcome.editions import current
from welcome.editions.current import CurrentEdition
from welcome.editions.folders import MANIFEST
from welcome.editions.look import static_file, style_addresses
from welcome.phrases.templates import environment

POINTERS = "current.json"


def export(session: Session, root: Path, folder: Path) -> int:
    """Write editions, their styles and a language chooser to a folder; counts files.

    `root` is where editions lie. The folder's own files are replaced, others stay.
    """
    editions = current.list_current(session)
    for edition in editions:
        source = root / edition.folder
        target = folder / home_of(edition)
        shutil.copytree(
            source,
            target,
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns(MANIFEST),
        )
    _copy_styles(folder)
    pointers = {home_of(each): each.number for each in editions}
    (folder / POINTERS).write_text(json.dumps(pointers, indent=1), "utf-8")
    (folder / "index.html").write_text(_chooser(editions), "utf-8")
    return sum(each.is_file() for each in folder.rglob("*"))


def home_of(edition: CurrentEdition) -> str:
    """Name the folder in which an edition stands on the site."""
    if edition.is_default:
        return edition.tag
    return f"{edition.tag}/p/{edition.pack_slug}"


def _copy_styles(folder: Path) -> None:
    names = [
        each.split("?")[0].removeprefix("/-/static/") for each in style_addresses()
    ]
    for name in (*names, "vendor/noto-nastaliq-urdu.woff2"):
        source, target = static_file(name), folder / "-" / "static" / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _chooser(editions: list[CurrentEdition]) -> str:
    """List what there is, each language by its own name."""
    listed = [
        {"href": f"/{home_of(each)}/", "locale": locales.get(each.tag)}
        for each in editions
    ]
    template = environment("en").get_template("web/chooser.html")
    return template.render(listed=listed, styles=style_addresses())
