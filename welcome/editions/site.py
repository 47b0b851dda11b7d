"""Writes every current edition as plain files, for a web server that knows only those."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from welcome import locales
from welcome.editions import current, whereabouts
from welcome.editions.addresses import START, address_of
from welcome.editions.current import CurrentEdition
from welcome.editions.folders import FORMS, read_manifest
from welcome.editions.look import icon_address, static_file, style_addresses
from welcome.editions.models import Artifact, ArtifactKind
from welcome.packs import access
from welcome.phrases import catalogues
from welcome.phrases.templates import environment

POINTERS = "current.json"
# Search engines are for the pages of editions.
ROBOTS = "User-agent: *\nDisallow: /-/\n"
# What an export wrote, so that the next one takes away what is no longer published.
LISTING = ".welcome-export"


def export(session: Session, root: Path, folder: Path) -> int:
    """Write editions, their styles and a language chooser to a folder; counts files.

    `root` is where editions lie. What an earlier export wrote and this one does not is
    removed; files that stand there for other reasons stay.
    """
    editions = current.list_current(session)
    site = _Site(folder, _frame_of(session))
    for edition in editions:
        site.copy_pages(root / edition.folder, edition.home)
    site.copy_styles()
    _write_choosers(site, session, editions)
    _write_prints(site, session, root, editions)
    pointers = {each.home.strip("/"): each.number for each in editions}
    site.put("robots.txt", ROBOTS)
    site.draw("404.html", "web/missing.html", catalogues.SOURCE_TAG)
    site.put(POINTERS, json.dumps(pointers, indent=1))
    site.forget_the_rest()
    return len(site.written)


@dataclass
class _Site:
    """A folder that is a site, and what was written there this time."""

    folder: Path
    # The place, and the foot, of pages that belong to no edition.
    frame: dict[str, Any]
    written: set[str] = field(default_factory=set)

    def put(self, name: str, text: str) -> None:
        """Write a text."""
        self._place(name).write_text(text, "utf-8")

    def copy(self, source: Path, name: str) -> None:
        """Copy a file."""
        shutil.copyfile(source, self._place(name))

    def copy_pages(self, edition: Path, home: str) -> None:
        """Copy an edition's files to where a plain web server looks for them."""
        for form in read_manifest(edition).files:
            packed = form[-3:] if form.endswith(FORMS[1:]) else ""
            address = home + address_of(form.removesuffix(packed))
            page = START if address.endswith("/") else ""
            self.copy(edition / form, f"{address}{page}{packed}")

    def copy_styles(self) -> None:
        """Copy what every page is drawn with."""
        names = [each.split("?")[0] for each in (*style_addresses(), icon_address())]
        for address in (*names, "/-/static/vendor/noto-nastaliq-urdu.woff2"):
            source = static_file(address.removeprefix("/-/static/"))
            if source.is_file():
                self.copy(source, address)

    def draw(self, file: str, template: str, tag: str, **values: object) -> None:
        """Draw a page that belongs to no edition, in a locale's phrases."""
        spoken = environment(tag)
        about = self.frame["about"].get(tag) or self.frame["about"].get("", [])
        values = {**self.frame, **values, "about": about}
        self.put(file, spoken.get_template(template).render(values))

    def forget_the_rest(self) -> None:
        """Remove what an earlier export wrote and this one did not."""
        listing = self.folder / LISTING
        before = (
            set(listing.read_text("utf-8").split("\n")) if listing.exists() else set()
        )
        for name in before - self.written - {""}:
            self._remove(self.folder / name)
        listing.write_text("\n".join(sorted(self.written)), "utf-8")

    def _remove(self, file: Path) -> None:
        """Remove a file of ours, and the folders that held nothing else."""
        file.unlink(missing_ok=True)
        for parent in file.parents:
            if parent == self.folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()

    def _place(self, name: str) -> Path:
        name = name.lstrip("/")
        self.written.add(name)
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        return file


def _frame_of(session: Session) -> dict[str, Any]:
    """Give what stands around choosers: the default pack's place and foot."""
    pack = access.find_default_pack(session)
    about = whereabouts.foot_links(session)
    return {
        "place": pack.place if pack else {},
        "about": about,
        "styles": style_addresses(),
        "favicon": icon_address(),
    }


def _write_choosers(
    site: _Site, session: Session, editions: Sequence[CurrentEdition]
) -> None:
    """Write a chooser for every page: files cannot ask where a reader comes from."""
    _choose(site, START, [(each.tag, each.home) for each in editions])
    slugs: dict[str, list[tuple[str, str]]] = {}
    for pack_slug in dict.fromkeys(each.pack_slug for each in editions):
        homes = {
            each.tag: each.home for each in editions if each.pack_slug == pack_slug
        }
        pack = access.get_pack(session, pack_slug)
        found = whereabouts.addresses_of_pages(session, pack)
        for slug, addresses in found.items():
            slugs.setdefault(slug, []).extend({**homes, **addresses}.items())
    for slug, listed in slugs.items():
        _choose(site, f"-/languages/{slug}/{START}", listed)


def _choose(site: _Site, name: str, listed: Sequence[tuple[str, str]]) -> None:
    """List what there is of a page, each language by its own name."""
    rows = [{"href": href, "locale": locales.get(tag)} for tag, href in listed]
    site.draw(name, "web/chooser.html", catalogues.SOURCE_TAG, listed=rows)


def _write_prints(
    site: _Site, session: Session, root: Path, editions: Sequence[CurrentEdition]
) -> None:
    """Copy what was printed, each with a page that leads to it or says there is none."""
    wanted = select(Artifact).where(
        col(Artifact.edition_id).in_([each.edition_id for each in editions]),
        Artifact.kind == ArtifactKind.PRINT,
    )
    printed = {artifact.edition_id: artifact for artifact in session.exec(wanted)}
    for each in editions:
        place = f"-/print/{each.pack_slug}/{each.tag}/"
        artifact = printed.get(each.edition_id)
        name = f"{each.number}.pdf" if artifact else ""
        site.draw(place + START, "web/print.html", each.tag, pdf=name, home=each.home)
        if artifact:
            site.copy(root / artifact.path, place + name)
