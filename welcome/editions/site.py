"""Writes every current edition as plain files, for a web server that knows only those."""

import json
import shutil
from pathlib import Path

from sqlmodel import Session

from welcome import locales
from welcome.editions import artifacts, current
from welcome.editions.addresses import START, address_of
from welcome.editions.current import CurrentEdition
from welcome.editions.folders import FORMS, read_manifest
from welcome.editions.look import static_file, style_addresses
from welcome.editions.models import ArtifactKind, Edition
from welcome.locales.tags import fallbacks
from welcome.phrases import catalogues
from welcome.phrases.templates import environment

POINTERS = "current.json"


def export(session: Session, root: Path, folder: Path) -> int:
    """Write editions, their styles and a language chooser to a folder; counts files.

    `root` is where editions lie. The folder's own files are replaced, others stay.
    """
    editions = current.list_current(session)
    for edition in editions:
        _copy_pages(root / edition.folder, folder / home_of(edition))
    _copy_styles(folder)
    _write_languages(session, folder, editions)
    _write_prints(session, root, folder, editions)
    pointers = {home_of(each): each.number for each in editions}
    (folder / POINTERS).write_text(json.dumps(pointers, indent=1), "utf-8")
    (folder / "index.html").write_text(_chooser(editions, folder), "utf-8")
    return sum(each.is_file() for each in folder.rglob("*"))


def home_of(edition: CurrentEdition) -> str:
    """Name the folder in which an edition stands on the site."""
    if edition.is_default:
        return edition.tag
    return f"{edition.tag}/p/{edition.pack_slug}"


def _copy_pages(edition: Path, target: Path) -> None:
    """Copy an edition's files to where a plain web server looks for their addresses."""
    for form in read_manifest(edition).files:
        name, packed = (
            (form[:-3], form[-3:]) if form.endswith(FORMS[1:]) else (form, "")
        )
        address = address_of(name)
        place = f"{address}{START}" if address.endswith("/") or not address else address
        file = target / (place + packed)
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(edition / form, file)


def _copy_styles(folder: Path) -> None:
    names = [
        each.split("?")[0].removeprefix("/-/static/") for each in style_addresses()
    ]
    for name in (*names, "vendor/noto-nastaliq-urdu.woff2"):
        source, target = static_file(name), folder / "-" / "static" / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _write_languages(
    session: Session, folder: Path, editions: list[CurrentEdition]
) -> None:
    """Write a chooser for every page: files cannot ask where a reader comes from."""
    slugs: dict[str, list[CurrentEdition]] = {}
    for each in editions:
        edition = session.get_one(Edition, each.edition_id)
        for slug in current.list_slugs(session, edition):
            slugs.setdefault(slug, []).append(each)
    for slug, having in slugs.items():
        packs = {each.pack_slug for each in having}
        listed = [each for each in editions if each.pack_slug in packs]
        text = _chooser(listed, folder, slug)
        _put(folder / "-" / "languages" / slug / "index.html", text)


def _write_prints(
    session: Session, root: Path, folder: Path, editions: list[CurrentEdition]
) -> None:
    """Copy what was printed, each with a page that leads to it or says there is none."""
    for each in editions:
        place = folder / "-" / "print" / each.pack_slug / each.tag
        edition = session.get_one(Edition, each.edition_id)
        printed = artifacts.find(session, edition, ArtifactKind.PRINT)
        name = f"{each.number}.pdf" if printed else ""
        _put(place / "index.html", _print_page(each, name))
        if printed:
            shutil.copyfile(root / printed.path, place / name)


def _print_page(edition: CurrentEdition, name: str) -> str:
    known = catalogues.list_tags()
    has_phrases = any(tag in known for tag in fallbacks(edition.tag))
    spoken = environment(edition.tag if has_phrases else catalogues.SOURCE_TAG)
    template = spoken.get_template("web/print.html")
    return template.render(
        name=name, home=f"/{home_of(edition)}/", styles=style_addresses()
    )


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _chooser(editions: list[CurrentEdition], folder: Path, slug: str = "") -> str:
    """List what there is of a page, each language by its own name."""
    listed = []
    for each in editions:
        home = home_of(each)
        has_page = slug and (folder / home / slug / "index.html").is_file()
        href = f"/{home}/{slug}/" if has_page else f"/{home}/"
        listed.append({"href": href, "locale": locales.get(each.tag)})
    template = environment("en").get_template("web/chooser.html")
    return template.render(listed=listed, styles=style_addresses())
