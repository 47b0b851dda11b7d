"""Writes the web pages of an edition into a folder that never changes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from welcome.editions import artifacts, book, fingerprints, folders
from welcome.editions.book import Book, BookPage
from welcome.editions.current import folder_of
from welcome.editions.errors import LookChanged
from welcome.editions.look import look
from welcome.editions.markup import FactValue, to_html
from welcome.editions.models import Artifact, ArtifactKind, Edition
from welcome.editions.place_colours import style, style_name
from welcome.editions.views import Setting, setting_of, view
from welcome.phrases.templates import environment

# The start page is new in every edition, so it is not worth the slowest packing.
FAST, THOROUGH = 5, 11


@dataclass(frozen=True)
class Built:
    """A folder that was written."""

    folder: Path
    sha256: str
    size: int


def write(session: Session, edition: Edition, root: Path, *, now: datetime) -> Artifact:
    """Write an edition's pages below `root` and note the artifact."""
    built = build(book.read(session, edition), root)
    return record(session, edition, built, now=now)


def build(read: Book, root: Path) -> Built:
    """Write an edition's folder; raises FolderTaken where something else lies there."""
    furniture, edition = read.furniture, read.edition
    folder = folder_of(furniture["pack"], edition.tag, edition.number)
    target = root / folder
    manifest = _fill(read, target, folders.newest_before(target))
    return Built(folder, fingerprints.of_bytes(manifest), _size(target))


def rebuild(session: Session, edition: Edition, root: Path) -> str:
    """Write an edition anew below an empty `root`; returns the manifest's SHA-256.

    It equals the artifact's where the edition was kept byte for byte. Raises
    LookChanged where templates or phrases have changed since.
    """
    read = book.read(session, edition)
    if read.furniture["look"] != look(edition.tag):
        raise LookChanged(tag=edition.tag, number=edition.number)
    return build(read, root).sha256


def record(
    session: Session, edition: Edition, built: Built, *, now: datetime
) -> Artifact:
    """Note what was written for an edition."""
    artifact = artifacts.find(session, edition, ArtifactKind.WEB) or Artifact(
        edition_id=edition.id,
        kind=ArtifactKind.WEB,
        fingerprint=edition.fingerprint,
        path=built.folder.as_posix(),
        sha256=built.sha256,
        size=built.size,
        made_at=now,
    )
    session.add(artifact)
    session.flush()
    return artifact


def render_page(setting: Setting, page: BookPage) -> str:
    """Render one page of a web edition, whole."""
    tag = setting.book.edition.tag
    name = "web/start.html" if page.is_start else "web/section.html"
    template = environment(tag).get_template(name)
    return template.render(**view(setting, page), body=body_of(page))


def body_of(page: BookPage, *, id_prefix: str = "h-") -> str:
    """Render the words of a page: HTML that the renderer's allow-list has passed."""
    frozen = page.frozen
    return to_html(
        frozen.body,
        targets=dict(frozen.targets),
        direction=page.words.direction,
        facts={name: FactValue(*fact) for name, fact in frozen.facts.items()},
        id_prefix=id_prefix,
    )


def _fill(read: Book, target: Path, before: folders.Manifest) -> bytes:
    setting = setting_of(read)
    with folders.appearing(target, before) as folder:
        for page in read.pages:
            _place_page(folder, setting, page)
        colour = str(read.place.get("colour", ""))
        if name := style_name(colour):
            folder.write(name, style(colour).encode(), quality=THOROUGH)
        return folder.close()


def _place_page(folder: folders.Folder, setting: Setting, page: BookPage) -> None:
    """Link a page that looks as it did before, or render it."""
    name = "index.html" if page.is_start else f"{page.slug}/index.html"
    furniture = setting.book.furniture
    key = fingerprints.of(
        [page.frozen.fingerprint, furniture["look"], view(setting, page)]
    )
    folder.pages[name] = key
    if not folder.link(name, key):
        quality = FAST if page.is_start else THOROUGH
        folder.write(name, render_page(setting, page).encode(), quality=quality)


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
