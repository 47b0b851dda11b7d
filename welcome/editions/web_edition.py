"""Writes the web pages of an edition into a folder that never changes."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, col

from welcome.editions import book, fingerprints, folders
from welcome.editions.addresses import file_of
from welcome.editions.book import Body, Book, BookPage
from welcome.editions.current import folder_of
from welcome.editions.markup import FactValue, to_html
from welcome.editions.models import Artifact, ArtifactKind, Edition, EditionState
from welcome.editions.place_colours import style, style_name
from welcome.editions.views import Setting, key, setting_of, view
from welcome.phrases.templates import environment

# The start page is new in every edition, so it is not worth the slowest packing.
FAST, THOROUGH = 5, 11


@dataclass(frozen=True)
class Built:
    """A folder that was written."""

    folder: Path
    sha256: str
    size: int
    # What readers had when it was written.
    before: folders.Manifest


def build(session: Session, edition: Edition, root: Path) -> Built:
    """Write an edition's folder; it must be synced before readers get it.

    Raises FolderTaken where something else lies there.
    """
    read = book.read(session, edition)
    folder = folder_of(read.furniture["pack"], edition.tag, edition.number)
    target = root / folder
    before = _before(session, edition, root)
    with folders.appearing(target, before) as filled:
        _fill(filled, session, read)
        manifest = filled.close()
    return Built(folder, fingerprints.of_bytes(manifest), filled.size, before)


def record(
    session: Session, edition: Edition, built: Built, *, now: datetime
) -> Artifact:
    """Note what was written for an edition."""
    artifact = Artifact(
        edition_id=edition.id,
        kind=ArtifactKind.WEB,
        fingerprint=edition.fingerprint,
        path=built.folder.as_posix(),
        sha256=built.sha256,
        size=built.size,
        made_at=now,
    )
    session.add(artifact)
    return artifact


def render_page(setting: Setting, page: BookPage, body: Body) -> str:
    """Render one page of a web edition, whole."""
    tag = setting.book.edition.tag
    name = "web/start.html" if page.is_start else "web/section.html"
    template = environment(tag).get_template(name)
    words = _start_body(_Start(page.fingerprint, page, body)) if page.is_start else None
    return template.render(
        **setting.shared, **view(setting, page), body=words or body_of(page, body)
    )


def body_of(page: BookPage, body: Body, *, id_prefix: str = "h-") -> str:
    """Render the words of a page: HTML that the renderer's allow-list has passed."""
    return to_html(
        body.markdown,
        targets=dict(body.targets),
        direction=page.words.direction,
        facts={name: FactValue(*fact) for name, fact in body.facts.items()},
        id_prefix=id_prefix,
    )


@dataclass(frozen=True)
class _Start:
    """A start page; its fingerprint says all that its words depend on."""

    fingerprint: str
    page: BookPage = field(compare=False)
    body: Body = field(compare=False)


@lru_cache(maxsize=64)
def _start_body(start: _Start) -> str:
    """Render its words, remembered: every edition has a new start page round them."""
    return body_of(start.page, start.body)


def _before(session: Session, edition: Edition, root: Path) -> folders.Manifest:
    """Find what readers have: the folder of an edition that was surely synced."""
    asked = {"pack_id": edition.pack_id, "tag": edition.tag}
    number = session.connection().execute(_CURRENT_NUMBER, asked).scalar() or 0
    return folders.read_manifest(
        root / folder_of(edition.furniture["pack"], edition.tag, number)
    )


def _fill(folder: folders.Folder, session: Session, read: Book) -> None:
    """Link the pages that look as they did before, and render the others."""
    setting = setting_of(read)
    names = {page: file_of(page) for page in read.pages}
    marks = {page: key(setting, page) for page in read.pages}
    new = [page for page in read.pages if not folder.link(names[page], marks[page])]
    bodies = book.read_bodies(session, new)
    for page in new:
        rendered = render_page(setting, page, bodies[page.frozen_id])
        quality = FAST if page.is_start else THOROUGH
        folder.write(names[page], rendered.encode(), quality=quality)
    folder.pages.update({names[page]: mark for page, mark in marks.items()})
    colour = str(read.place.get("colour", ""))
    if name := style_name(colour):
        folder.write(name, style(colour).encode(), quality=THOROUGH)


# Put together once: it is asked for every locale of a publication.
_CURRENT_NUMBER = sa.select(col(Edition.number)).where(
    col(Edition.pack_id) == sa.bindparam("pack_id"),
    col(Edition.tag) == sa.bindparam("tag"),
    col(Edition.state) == EditionState.CURRENT,
)
