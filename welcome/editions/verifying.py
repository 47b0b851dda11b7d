"""Looks whether editions lie on disk as they were written, and makes harmed files anew."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from welcome.editions import artifacts, fingerprints, folders, web_edition
from welcome.editions.errors import LookChanged
from welcome.editions.look import look
from welcome.editions.models import Artifact, ArtifactKind, Edition, EditionState

# What readers have, and what may be given to them again.
KEPT = (EditionState.CURRENT, EditionState.SUPERSEDED)


@dataclass(frozen=True)
class Harm:
    """The files of one artifact that are missing or changed, below the editions' root."""

    edition: Edition
    kind: ArtifactKind
    files: tuple[str, ...]


def find_harm(session: Session, root: Path) -> Iterator[Harm]:
    """Compare every kept edition with the sums taken when it was written."""
    wanted = (
        select(Edition, Artifact)
        .join(Artifact, col(Artifact.edition_id) == Edition.id)
        .where(col(Edition.state).in_(KEPT))
        .order_by(col(Edition.pack_id), col(Edition.tag), col(Edition.number))
    )
    for edition, artifact in session.exec(wanted):
        look_at = _harmed_pages if artifact.kind is ArtifactKind.WEB else _harmed_print
        files = tuple(look_at(root, artifact))
        if files:
            yield Harm(edition, artifact.kind, files)


def mend_pages(session: Session, edition: Edition, root: Path) -> None:
    """Make an edition's pages anew and put those in place that were harmed.

    Raises LookChanged where what draws pages has changed since, so that something
    else would come out than what was published.
    """
    artifact = artifacts.find(session, edition, ArtifactKind.WEB)
    if artifact is None or edition.furniture["look"] != look(edition.tag):
        raise LookChanged(tag=edition.tag, number=edition.number)
    with tempfile.TemporaryDirectory(dir=root, prefix=".mending-") as name:
        built = web_edition.build(session, edition, Path(name))
        if built.sha256 != artifact.sha256:
            raise LookChanged(tag=edition.tag, number=edition.number)
        for made in [each for each in Path(name).rglob("*") if each.is_file()]:
            place = root / made.relative_to(name)
            if _sum_of(place) != _sum_of(made):
                place.parent.mkdir(parents=True, exist_ok=True)
                made.replace(place)
    folders.sync(root)


def _harmed_pages(root: Path, artifact: Artifact) -> Iterator[str]:
    """List what differs; the manifest alone where that is harmed itself."""
    folder = root / artifact.path
    manifest = folder / folders.MANIFEST
    if _sum_of(manifest) != artifact.sha256:
        yield f"{artifact.path}/{folders.MANIFEST}"
        return
    for name, entry in folders.read_manifest(folder).files.items():
        if _sum_of(folder / name) != entry["sha256"]:
            yield f"{artifact.path}/{name}"


def _harmed_print(root: Path, artifact: Artifact) -> Iterator[str]:
    if _sum_of(root / artifact.path) != artifact.sha256:
        yield artifact.path


def _sum_of(file: Path) -> str:
    return fingerprints.of_bytes(file.read_bytes()) if file.is_file() else ""
