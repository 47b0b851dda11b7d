"""What was made from editions, and what is still to be made."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from welcome.editions.models import Artifact, ArtifactKind, Edition, EditionState


def find(session: Session, edition: Edition, kind: ArtifactKind) -> Artifact | None:
    """Find what was made of a kind from an edition."""
    wanted = select(Artifact).where(
        col(Artifact.edition_id) == edition.id, Artifact.kind == kind
    )
    return session.exec(wanted).first()


def having(
    session: Session, editions: Sequence[Edition], kind: ArtifactKind
) -> set[int]:
    """Give the ids of those of the editions that have an artifact of a kind."""
    wanted = select(Artifact.edition_id).where(
        col(Artifact.edition_id).in_([edition.id for edition in editions]),
        Artifact.kind == kind,
    )
    return set(session.exec(wanted))


def list_pages(session: Session, edition_ids: Sequence[int]) -> list[Artifact]:
    """List the folders of pages of editions."""
    wanted = select(Artifact).where(
        col(Artifact.edition_id).in_(edition_ids), Artifact.kind == ArtifactKind.WEB
    )
    return list(session.exec(wanted))


def list_of(session: Session, *states: EditionState) -> list[Artifact]:
    """List what was made from the editions in some states."""
    wanted = select(Artifact).join(Edition, col(Edition.id) == Artifact.edition_id)
    wanted = wanted.where(col(Edition.state).in_(states))
    return list(session.exec(wanted.order_by(col(Artifact.id))))


def list_missing_prints(session: Session) -> list[int]:
    """List current editions that have no print yet and whose printing did not fail."""
    printed = select(Artifact.edition_id).where(Artifact.kind == ArtifactKind.PRINT)
    wanted = (
        select(Edition.id)
        .where(
            Edition.state == EditionState.CURRENT,
            Edition.problem == "",
            col(Edition.id).not_in(printed),
        )
        .order_by(col(Edition.id))
    )
    return list(session.exec(wanted))
