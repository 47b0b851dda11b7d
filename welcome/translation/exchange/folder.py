"""Translations as files beside their source: read, loaded, written back equal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.packs import access, versions
from welcome.packs.content import (
    PackSource,
    TranslationSource,
    page_file,
    remove_others,
)
from welcome.packs.content.front_matter import join
from welcome.packs.content.loading import Loaded
from welcome.packs.content.source import ContentProblem
from welcome.packs.errors import ContentRefused
from welcome.packs.models import SUMMARY, TITLE, Pack, Page, Unit, Version
from welcome.packs.versions import PageDraft, PlacedUnit
from welcome.segmentation import extract, first_difference, merge, normalise
from welcome.translation import targets
from welcome.translation.errors import SaveConflict
from welcome.translation.findings import mark_blocked
from welcome.translation.models import DECIDED, Origin, Target, TargetState
from welcome.translation.past import list_past
from welcome.translation.targets import Draft

ORIGINS = {
    "machine": Origin.MACHINE,
    "human": Origin.HUMAN,
    "agency": Origin.IMPORT,
    "import": Origin.IMPORT,
}
DRAFTED_BY = "A machine; checked by nobody."


@dataclass
class Outcome:
    """How many targets an import saved, how many it left as people made them.

    Stale are those whose file still says what was said before their source changed.
    """

    saved: int = 0
    kept: int = 0
    stale: int = 0


def refuse_unlike(source: PackSource) -> None:
    """Refuse translations that are not like their page; all are named."""
    drafts = {page.name: page.draft for page in source.pages}
    problems = []
    for each in source.translations:
        draft = drafts[each.name]
        if each.source in ("", versions.fingerprint(draft)):
            problems += _unlike(each, draft)
    if problems:
        raise ContentRefused(problems)


def load(
    session: Session,
    loaded: Loaded,
    source: PackSource,
    *,
    overwrite: bool,
    actor: Account | None,
    now: datetime,
) -> Outcome:
    """Save the targets that differ; they arrive translated, with nobody's review."""
    outcome, by_tag = Outcome(), Counter[str]()
    loader = _Loader(session, overwrite=overwrite, actor=actor, now=now)
    for each in source.translations:
        # Of a page that people changed here, the file's source may be none of ours.
        if each.name not in loaded.kept_pages:
            saved = loader.load(each, loaded.versions[each.name], outcome)
            by_tag[each.tag] += saved
    session.flush()
    for tag, number in sorted((+by_tag).items()):
        journal.write(
            session,
            "translations.imported",
            "pack",
            loaded.pack.id,
            actor=actor,
            now=now,
            tag=tag,
            targets=number,
            overwrite=overwrite,
        )
    return outcome


def write(session: Session, pack: Pack, folder: Path) -> list[Path]:
    """Write a file for each page in each locale that has any target.

    Files that an earlier writing left under another name are removed.
    """
    placed = versions.units_of_heads(session, pack)
    heads = access.list_heads(session, pack)
    ids = [each.unit.id for units in placed.values() for each in units]
    written = []
    for tag in (tag for tag in pack.locales if tag != pack.source_tag):
        found = targets.targets_of(session, ids, tag)
        for page, version in heads:
            units = placed[version.id]
            texts = _texts_of(units, found)
            if not texts:
                continue
            file = page_file(folder, tag, version)
            origins = {found[unit.id].origin for p, unit in units if p in texts}
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_file_text(page, version, texts, origins), "utf-8")
            written.append(file)
        current = [page_file(folder, tag, version) for _page, version in heads]
        remove_others(session, pack, folder / tag, current)
    return written


class _Loader:
    """One import's way of saving targets."""

    def __init__(
        self,
        session: Session,
        *,
        overwrite: bool,
        actor: Account | None,
        now: datetime,
    ) -> None:
        self.session = session
        self.overwrite = overwrite
        self.actor = actor
        self.now = now

    def load(self, source: TranslationSource, newest: Version, outcome: Outcome) -> int:
        """Save the targets of one file, pinned to its version; counts them."""
        version = self._made_from(source, newest)
        units = versions.list_units(self.session, version)
        ids = [each.unit.id for each in units]
        held = targets.hold(self.session, ids, source.tag)
        known = _as_written(version, _texts_of(units, held))
        given = _texts_in(source.title, source.summary, source.body)
        # A file that names its source is pinned to it; another may be older than ours.
        old = {} if source.source else list_past(self.session, ids, source.tag)
        saved = []
        for position, unit in units:
            text = given.get(position, "")
            is_known = normalise(known.get(position, "")) == normalise(text)
            if position in source.missing or not text or is_known:
                continue
            if unit.id in old and normalise(old[unit.id].text) == normalise(text):
                outcome.stale += 1
                continue
            target = held.get(unit.id) or Target(unit_id=unit.id, tag=source.tag)
            draft = Draft(text, target.revision, ORIGINS[source.origin])
            if self._put(unit, target, draft):
                saved.append(target)
            else:
                outcome.kept += 1
        mark_blocked(self.session, saved)
        outcome.saved += len(saved)
        return len(saved)

    def _put(self, unit: Unit, target: Target, draft: Draft) -> bool:
        """Put a text in its place, unless people decided otherwise."""
        if _is_decided(target) and not self.overwrite:
            return False
        try:
            targets.put(
                self.session, unit, target, draft, actor=self.actor, now=self.now
            )
        except SaveConflict:
            return False
        return True

    def _made_from(self, source: TranslationSource, newest: Version) -> Version:
        if source.source in ("", newest.fingerprint):
            return newest
        wanted = select(Version).where(
            Version.page_id == newest.page_id, Version.fingerprint == source.source
        )
        version = self.session.exec(wanted).first()
        problems = (
            _unlike(source, versions.draft_of(version))
            if version
            else [ContentProblem(source.file, 1, "unknown-source", {})]
        )
        if version is None or problems:
            raise ContentRefused(problems)
        return version


def _unlike(source: TranslationSource, draft: PageDraft) -> list[ContentProblem]:
    """Find other blocks than those of a page, or texts far longer than its own."""
    found = first_difference(draft.body, source.body)
    if found:
        line = source.first_line + found.line - 1
        params = {"expected": found.expected or "–", "found": found.found or "–"}
        return [ContentProblem(source.file, line, "unlike-source", params)]
    given = _texts_in(source.title, source.summary, source.body)
    problems = []
    for part in versions.parts_of(draft):
        most = targets.most_letters(part.text)
        if len(given.get(part.position, "")) > most:
            line = source.first_line if part.position >= 0 else 1
            allowed = {"most": most}
            problems.append(ContentProblem(source.file, line, "text-too-long", allowed))
    return problems


def _is_decided(target: Target) -> bool:
    is_begun = target.state is not TargetState.INITIAL
    return is_begun and (target.state in DECIDED or target.author_id is not None)


def _texts_of(
    units: Sequence[PlacedUnit], found: Mapping[int, Target]
) -> dict[int, str]:
    """Give the texts that there are, by position."""
    return {
        position: found[unit.id].text
        for position, unit in units
        if unit.id in found and found[unit.id].text
    }


def _texts_in(title: str, summary: str, body: str) -> dict[int, str]:
    segments = {i: segment.text for i, segment in enumerate(extract(body))}
    return {TITLE: title, SUMMARY: summary, **segments}


def _as_written(version: Version, texts: Mapping[int, str]) -> dict[int, str]:
    """Give texts as a file of them would give them back."""
    body = {p: text for p, text in texts.items() if p >= 0}
    written = _texts_in(
        texts.get(TITLE, ""), texts.get(SUMMARY, ""), merge(version.body, body)
    )
    return {p: written.get(p, "") for p in texts}


def _file_text(
    page: Page, version: Version, texts: Mapping[int, str], origins: set[Origin]
) -> str:
    parts = versions.parts_of(versions.draft_of(version))
    missing = [part.position for part in parts if part.position not in texts]
    front: dict[str, Any] = {
        "id": page.name,
        "title": texts.get(TITLE, version.title),
        "summary": texts.get(SUMMARY, version.summary),
        "origin": _origin_word(origins),
        "source": version.fingerprint,
    }
    if origins == {Origin.MACHINE}:
        front["drafted_by"] = DRAFTED_BY
    if missing:
        front["missing"] = missing
    body = {p: text for p, text in texts.items() if p >= 0}
    return join(front, merge(version.body, body))


def _origin_word(origins: set[Origin]) -> str:
    if origins == {Origin.MACHINE}:
        return "machine"
    return "human" if origins <= {Origin.HUMAN, Origin.MEMORY} else "import"
