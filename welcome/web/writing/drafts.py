"""What a draft would be, before anything is saved: picture, problems, changes, cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from welcome.editions import markup
from welcome.packs import facts, versions
from welcome.packs.models import FactKind, Pack, Page, Version
from welcome.packs.place import region_of
from welcome.packs.versions import PageDraft
from welcome.segmentation import OutsideSubset, Problem
from welcome.translation import progress
from welcome.translation.checks import loose
from welcome.web.writing import differences
from welcome.web.writing.differences import Field, Row


@dataclass(frozen=True)
class LooseValue:
    """A number that the text writes out, and the fact that holds it already, if any."""

    written: str
    kind: FactKind
    fact: str


@dataclass(frozen=True)
class Foresight:
    """What saving a draft would bring about; `html` is empty where it cannot be read."""

    html: str
    problems: Sequence[Problem]
    rows: Sequence[Row]
    fields: Sequence[Field]
    opened: int
    tags: Sequence[str]
    loose: Sequence[LooseValue] = ()


def foresee(
    session: Session, pack: Pack, page: Page | None, draft: PageDraft
) -> Foresight:
    """Look ahead at a draft: nothing is written."""
    problems = versions.find_problems(session, pack.id, draft)
    tags = [tag for tag in pack.locales if tag != pack.source_tag]
    html = _rendered(session, pack, draft)
    if not html and problems:
        return Foresight("", problems, (), (), 0, tags)
    before = _saved(session, page) or draft
    rows = differences.changed(differences.compare(before, draft))
    fields = differences.compare_fields(before, draft)
    opened = progress.cost(session, page, draft)
    written_out = _list_loose(session, pack, draft)
    return Foresight(html, problems, rows, fields, opened, tags, written_out)


def render(session: Session, pack: Pack, version: Version) -> str:
    """Render a version as readers of the source language would see its body."""
    return _rendered(session, pack, versions.draft_of(version))


def _rendered(session: Session, pack: Pack, draft: PageDraft) -> str:
    filled = facts.values_for(facts.list_facts(session, pack), pack.source_tag)
    shown = {
        name: markup.FactValue(fact.kind, fact.value) for name, fact in filled.items()
    }
    try:
        return markup.to_html(draft.body, facts=shown)
    except OutsideSubset:
        return ""


def _saved(session: Session, page: Page | None) -> PageDraft | None:
    if page is None or not page.head:
        return None
    return versions.draft_of(versions.head(session, page))


def _list_loose(session: Session, pack: Pack, draft: PageDraft) -> list[LooseValue]:
    """List the numbers of a draft that nobody would change in one place."""
    region = region_of(pack.place)
    held = {
        each.key: fact.name
        for fact in facts.list_facts(session, pack)
        if fact.kind in (FactKind.PHONE, FactKind.MONEY)
        for each in loose.find([fact.value], region)
    }
    texts = [part.text for part in versions.parts_of(draft)]
    return [
        LooseValue(
            each.written,
            FactKind.MONEY if each.is_money else FactKind.PHONE,
            held.get(each.key, ""),
        )
        for each in loose.find(texts, region)
    ]
