"""Which pack stands at the root of the site: one alone may claim it."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from welcome.packs.content.fields import line_of
from welcome.packs.content.source import ContentProblem, PackSource
from welcome.packs.errors import ContentRefused
from welcome.packs.models import Pack

FILE = "pack.toml"


def find_second_claims(sources: Sequence[PackSource]) -> list[ContentProblem]:
    """Find the packs that claim the root after another one; files name their folder."""
    claiming = [each for each in sources if each.is_default]
    return [
        _claim(each, claiming[0].slug, f"{each.slug}/{FILE}") for each in claiming[1:]
    ]


def refuse_second_claim(session: Session, source: PackSource) -> None:
    """Raise ContentRefused where another pack in the database stands at the root."""
    if not source.is_default:
        return
    standing = select(Pack).where(col(Pack.is_default), Pack.slug != source.slug)
    # Whoever moves the present one away at this moment is waited for.
    found = session.exec(standing.with_for_update()).first()
    if found:
        raise ContentRefused([_claim(source, found.slug, FILE)])


def _claim(source: PackSource, slug: str, file: str) -> ContentProblem:
    settings = (source.folder / FILE).read_text("utf-8", "replace")
    line = line_of(settings, "default")
    return ContentProblem(file, line, "default-taken", {"slug": slug})
