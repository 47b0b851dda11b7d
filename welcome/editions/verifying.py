"""Looks whether editions lie on disk as they were written, and makes harmed files anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from welcome.editions import artifacts, folders, leftovers, sharing, web_edition
from welcome.editions.errors import EditionNotHere, LookChanged, StoreHarmed
from welcome.editions.look import look
from welcome.editions.models import Artifact, ArtifactKind, Edition, EditionState
from welcome.editions.sharing import File, Inspection
from welcome.editions.store import NOWHERE, Store

# What readers have, and what may be given to them again.
KEPT = (EditionState.CURRENT, EditionState.SUPERSEDED)


@dataclass(frozen=True)
class Harm:
    """The files of one artifact that are missing or changed, below the editions' root."""

    edition: Edition
    artifact: Artifact
    files: tuple[str, ...]
    # Those that the store lacks, or does not hold as they were.
    in_store: tuple[File, ...] = ()


def find_harm(session: Session, root: Path, store: Store = NOWHERE) -> Iterator[Harm]:
    """Compare every kept edition with the sums taken when it was written.

    Where machines share a store, that is compared too; an edition that does not lie here
    is then no harm: it is brought when it is needed.
    """
    inspection = Inspection(store, root)
    wanted = (
        select(Edition, Artifact)
        .join(Artifact, col(Artifact.edition_id) == Edition.id)
        .where(col(Edition.state).in_(KEPT))
        .order_by(col(Edition.pack_id), col(Edition.tag), col(Edition.number))
    )
    for edition, artifact in session.exec(wanted):
        is_elsewhere = store.is_set and not (root / artifact.path).exists()
        files = () if is_elsewhere else tuple(_list_harmed(root, artifact))
        in_store = tuple(inspection.list_harmed(artifact)) if store.is_set else ()
        if files or in_store:
            yield Harm(edition, artifact, files, in_store)


def mend_store(root: Path, store: Store, harm: Harm) -> None:
    """Send what the store lacks; raises NotWritten where it is not whole here either."""
    for file in harm.in_store:
        sharing.send_file(store, root, file)


def is_whole(root: Path, artifact: Artifact) -> bool:
    """Tell whether what was made lies here as it was written."""
    return not any(_list_harmed(root, artifact))


def mend_pages(
    session: Session, edition: Edition, root: Path, store: Store = NOWHERE
) -> None:
    """Put those of an edition's pages in place that are missing or harmed.

    They are brought from the store, or else made anew. Raises LookChanged where what
    draws pages has changed since, so that something else would come out than what was
    published.
    """
    artifact = artifacts.find(session, edition, ArtifactKind.WEB)
    if artifact is None:
        raise LookChanged(tag=edition.tag, number=edition.number)
    root.mkdir(parents=True, exist_ok=True)
    with leftovers.held_folder(root, "mending") as folder:
        try:
            sharing.have(store, folder, artifact)
        except (EditionNotHere, StoreHarmed):
            _make_anew(session, edition, artifact, folder)
        for made in [each for each in folder.rglob("*") if each.is_file()]:
            place = root / made.relative_to(folder)
            if folders.sum_of(place) != folders.sum_of(made):
                place.parent.mkdir(parents=True, exist_ok=True)
                made.replace(place)
    folders.sync(root)


def _make_anew(
    session: Session, edition: Edition, artifact: Artifact, root: Path
) -> None:
    """Make pages once more below another root; raises LookChanged."""
    changed = LookChanged(tag=edition.tag, number=edition.number)
    if edition.furniture["look"] != look(edition.tag):
        raise changed
    if web_edition.build(session, edition, root).sha256 != artifact.sha256:
        raise changed


def _list_harmed(root: Path, artifact: Artifact) -> Iterator[str]:
    is_web = artifact.kind is ArtifactKind.WEB
    return (_harmed_pages if is_web else _harmed_print)(root, artifact)


def _harmed_pages(root: Path, artifact: Artifact) -> Iterator[str]:
    """List what differs; the manifest alone where that is harmed itself."""
    folder = root / artifact.path
    manifest = folder / folders.MANIFEST
    if folders.sum_of(manifest) != artifact.sha256:
        yield f"{artifact.path}/{folders.MANIFEST}"
        return
    for name, entry in folders.read_manifest(folder).files.items():
        if folders.sum_of(folder / name) != entry["sha256"]:
            yield f"{artifact.path}/{name}"


def _harmed_print(root: Path, artifact: Artifact) -> Iterator[str]:
    if folders.sum_of(root / artifact.path) != artifact.sha256:
        yield artifact.path
