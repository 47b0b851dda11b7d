"""Translations as files beside their source: read, loaded, written back equal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.packs import access, versions
from welcome.packs.content import PackSource, TranslationSource, page_file
from welcome.packs.content.front_matter import join
from welcome.packs.content.loading import Loaded
from welcome.packs.content.source import ContentProblem
from welcome.packs.errors import ContentRefused
from welcome.packs.models import SUMMARY, TITLE, Pack, Page, Version
from welcome.packs.versions import PlacedUnit
from welcome.segmentation import (
    extract,
    first_difference,
    merge,
    normalise,
)
from welcome.translation.findings import mark_blocked
from welcome.translation.models import Origin, Target, TargetEvent, TargetState
from welcome.translation.targets import clean

ORIGINS = {
    "machine": Origin.MACHINE,
    "human": Origin.HUMAN,
    "agency": Origin.IMPORT,
    "import": Origin.IMPORT,
}
DRAFTED_BY = "A machine; checked by nobody."
# What people decided on here is not undone by a file, unless that is asked for.
DECIDED = frozenset({TargetState.SUBMITTED, TargetState.ACCEPTED})


@dataclass
class Outcome:
    """How many targets an import saved, and how many it left as people made them."""

    saved: int = 0
    kept: int = 0


def refuse_unlike(source: PackSource) -> None:
    """Refuse translations whose blocks are not those of their page; all are named."""
    drafts = {page.name: page.draft for page in source.pages}
    problems = []
    for each in source.translations:
        draft = drafts[each.name]
        if each.source in ("", versions.fingerprint(draft)):
            problems += _unlike(each, draft.body)
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
    outcome = Outcome()
    loader = _Loader(session, overwrite=overwrite, actor=actor, now=now)
    for each in source.translations:
        loader.load(each, loaded.versions[each.name], outcome)
    session.flush()
    return outcome


def write(session: Session, pack: Pack, folder: Path) -> list[Path]:
    """Write a file for each page in each locale that has any target."""
    placed = versions.units_of_heads(session, pack)
    written = []
    for page, version in access.list_heads(session, pack):
        units = placed[version.id]
        for tag in pack.locales:
            targets = _targets(session, units, tag)
            if tag == pack.source_tag or not targets:
                continue
            file = page_file(folder, tag, version)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_file_text(page, version, units, targets), "utf-8")
            written.append(file)
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
        self.actor_id = actor.id if actor else None
        self.now = now

    def load(
        self, source: TranslationSource, newest: Version, outcome: Outcome
    ) -> None:
        """Save the targets of one file, pinned to the version it was made from."""
        version = self._made_from(source, newest)
        units = versions.list_units(self.session, version)
        targets = _targets(self.session, units, source.tag)
        known = _texts_as_written(version, units, targets)
        given = _texts_of(source.title, source.summary, source.body)
        saved = []
        for position, unit in units:
            text = given.get(position, "")
            if position in source.missing or not text:
                continue
            target = targets.get(unit.id)
            if target and normalise(known[position]) == normalise(text):
                continue
            if target and not self.overwrite and _is_decided(target):
                outcome.kept += 1
                continue
            target = target or Target(unit_id=unit.id, tag=source.tag)
            self._save(target, clean(unit, text), ORIGINS[source.origin])
            saved.append(target)
        mark_blocked(self.session, saved)
        outcome.saved += len(saved)

    def _made_from(self, source: TranslationSource, newest: Version) -> Version:
        if source.source in ("", newest.fingerprint):
            return newest
        wanted = select(Version).where(
            Version.page_id == newest.page_id, Version.fingerprint == source.source
        )
        version = self.session.exec(wanted).first()
        problems = (
            _unlike(source, version.body)
            if version
            else [ContentProblem(source.file, 1, "unknown-source", {})]
        )
        if version is None or problems:
            raise ContentRefused(problems)
        return version

    def _save(self, target: Target, text: str, origin: Origin) -> None:
        target.text, target.origin = text, origin
        target.state = TargetState.TRANSLATED
        target.revision += 1
        target.author_id, target.saved_at = self.actor_id, self.now
        target.reviewer_id = target.reviewed_at = target.statement_id = None
        self.session.add(target)
        self.session.flush()
        event = TargetEvent(
            target_id=target.id,
            revision=target.revision,
            state=target.state,
            origin=origin,
            text=text,
            actor_id=self.actor_id,
            at=self.now,
        )
        self.session.add(event)


def _unlike(source: TranslationSource, body: str) -> list[ContentProblem]:
    found = first_difference(body, source.body)
    if found is None:
        return []
    line = source.first_line + found.line - 1
    params = {"expected": found.expected or "–", "found": found.found or "–"}
    return [ContentProblem(source.file, line, "unlike-source", params)]


def _is_decided(target: Target) -> bool:
    return target.state in DECIDED or target.author_id is not None


def _targets(
    session: Session, units: Sequence[PlacedUnit], tag: str
) -> dict[int, Target]:
    ids = [placed.unit.id for placed in units]
    wanted = select(Target).where(col(Target.unit_id).in_(ids), Target.tag == tag)
    return {target.unit_id: target for target in session.exec(wanted) if target.text}


def _texts_of(title: str, summary: str, body: str) -> dict[int, str]:
    segments = {i: segment.text for i, segment in enumerate(extract(body))}
    return {TITLE: title, SUMMARY: summary, **segments}


def _texts_as_written(
    version: Version, units: Sequence[PlacedUnit], targets: Mapping[int, Target]
) -> dict[int, str]:
    """Give the targets' texts as a file of them would give them back."""
    by_position = {p: targets[unit.id].text for p, unit in units if unit.id in targets}
    body = {p: text for p, text in by_position.items() if p >= 0}
    written = _texts_of(
        by_position.get(TITLE, ""),
        by_position.get(SUMMARY, ""),
        merge(version.body, body),
    )
    return {p: written.get(p, "") for p, _unit in units}


def _file_text(
    page: Page,
    version: Version,
    units: Sequence[PlacedUnit],
    targets: Mapping[int, Target],
) -> str:
    by_position = {p: targets[unit.id].text for p, unit in units if unit.id in targets}
    missing = [p for p, _unit in units if p not in by_position]
    origins = {targets[unit.id].origin for _p, unit in units if unit.id in targets}
    front: dict[str, Any] = {
        "id": page.name,
        "title": by_position.get(TITLE, version.title),
        "summary": by_position.get(SUMMARY, version.summary),
        "origin": _origin_word(origins),
        "source": version.fingerprint,
    }
    if origins == {Origin.MACHINE}:
        front["drafted_by"] = DRAFTED_BY
    if missing:
        front["missing"] = missing
    body = {p: text for p, text in by_position.items() if p >= 0}
    return join(front, merge(version.body, body))


def _origin_word(origins: set[Origin]) -> str:
    if origins == {Origin.MACHINE}:
        return "machine"
    return "human" if origins <= {Origin.HUMAN, Origin.MEMORY} else "import"
