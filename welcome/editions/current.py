"""Which editions readers have now."""

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from welcome.editions.addresses import Addresses
from welcome.editions.models import Edition, EditionState
from welcome.packs.models import Pack


@dataclass(frozen=True)
class CurrentEdition:
    """A current edition, with its folder under the editions' root."""

    edition_id: int
    pack_slug: str
    is_default: bool
    tag: str
    number: int
    folder: Path

    @property
    def home(self) -> str:
        """Say where its start page stands."""
        return Addresses("", self.pack_slug, self.is_default).home(self.tag)


def folder_of(pack_slug: str, tag: str, number: int) -> Path:
    """Name the folder of an edition, relative to the editions' root."""
    return Path(pack_slug) / tag / str(number)


def list_current(session: Session) -> list[CurrentEdition]:
    """List what the web server may answer with, the default pack first."""
    wanted = (
        select(Edition, Pack)
        .join(Pack, col(Pack.id) == Edition.pack_id)
        .where(Edition.state == EditionState.CURRENT)
        .order_by(col(Pack.is_default).desc(), col(Pack.slug), col(Edition.tag))
    )
    return [
        CurrentEdition(
            edition_id=edition.id,
            pack_slug=pack.slug,
            is_default=pack.is_default,
            tag=edition.tag,
            number=edition.number,
            folder=folder_of(pack.slug, edition.tag, edition.number),
        )
        for edition, pack in session.exec(wanted)
    ]


def find_current(session: Session, pack: Pack, tag: str) -> Edition | None:
    """Find the edition that readers of a locale have now."""
    return find_current_of(session, pack.id, tag)


def find_current_of(session: Session, pack_id: int, tag: str) -> Edition | None:
    """Find it by the pack's id."""
    wanted = select(Edition).where(
        Edition.pack_id == pack_id,
        Edition.tag == tag,
        Edition.state == EditionState.CURRENT,
    )
    return session.exec(wanted).first()


def current_by_tag(session: Session, pack: Pack) -> dict[str, Edition]:
    """Give the editions that readers of a pack have now, by locale."""
    wanted = select(Edition).where(
        Edition.pack_id == pack.id, Edition.state == EditionState.CURRENT
    )
    return {edition.tag: edition for edition in session.exec(wanted)}


def list_editions(session: Session, pack: Pack, tag: str) -> list[Edition]:
    """List a locale's editions, the newest first."""
    wanted = select(Edition).where(Edition.pack_id == pack.id, Edition.tag == tag)
    return list(session.exec(wanted.order_by(col(Edition.number).desc())))
