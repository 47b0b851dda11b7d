"""Pairs of source and target that wait for somebody's word."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from welcome.accounts import access as accounts
from welcome.accounts.models import Account
from welcome.errors import NotFound
from welcome.packs.models import Unit
from welcome.packs.versions import PlacedUnit
from welcome.segmentation import Op, word_diff
from welcome.translation.checks import Finding, blocking
from welcome.translation.findings import findings_of, passed_of
from welcome.translation.models import Override, Target, TargetState
from welcome.translation.past import Past, list_past
from welcome.translation.targets import targets_of

Pieces = Sequence[tuple[Op, str]]


@dataclass(frozen=True)
class LetPass:
    """A finding that somebody let pass, and who they are."""

    finding: Finding
    override: Override
    who: str


@dataclass(frozen=True)
class Pair:
    """One unit and its target; what changed in both since the text before."""

    unit: Unit
    target: Target
    findings: Sequence[Finding]
    author: str
    is_own: bool
    source_pieces: Pieces = ()
    target_pieces: Pieces = ()
    passed: Sequence[LetPass] = ()

    @property
    def is_blocked(self) -> bool:
        """Tell whether something certainly wrong is still open."""
        return bool(blocking(self.findings))

    @property
    def is_clean(self) -> bool:
        """Tell whether the reader may accept it without a second look."""
        return not (self.findings or self.passed or self.is_own)


def list_submitted(
    session: Session, placed: Sequence[PlacedUnit], tag: str, *, reader: Account
) -> list[Pair]:
    """List what waits for somebody's word among the units, in reading order."""
    known = targets_of(session, [each.unit.id for each in placed], tag)
    waiting = [
        (each.unit, known[each.unit.id])
        for each in placed
        if each.unit.id in known and known[each.unit.id].state is TargetState.SUBMITTED
    ]
    looked_at = [target for _unit, target in waiting]
    found = findings_of(session, looked_at)
    passed = passed_of(session, looked_at)
    past = list_past(session, [unit.id for unit, _target in waiting], tag)
    names = _names(session, looked_at, passed)
    return [
        Pair(
            unit=unit,
            target=target,
            findings=found[target.id],
            author=names.get(target.author_id or 0, ""),
            is_own=target.author_id == reader.id,
            passed=[
                LetPass(finding, override, names.get(override.actor_id or 0, "–"))
                for finding, override in passed[target.id]
            ],
            **_changes(past.get(unit.id), unit, target),
        )
        for unit, target in waiting
    ]


def _names(
    session: Session,
    looked_at: Sequence[Target],
    passed: dict[int, list[tuple[Finding, Override]]],
) -> dict[int, str]:
    """Name whoever wrote the targets, and whoever let findings pass."""
    ids = [target.author_id for target in looked_at]
    ids += [override.actor_id for each in passed.values() for _, override in each]
    return accounts.names(session, [each for each in ids if each])


def read_seen(value: str) -> tuple[int, int]:
    """Read the id and the revision of a target as a form names them."""
    target_id, _colon, revision = value.partition(":")
    if not (target_id.isdecimal() and revision.isdecimal()):
        raise NotFound
    return int(target_id), int(revision)


def _changes(before: Past | None, unit: Unit, target: Target) -> dict[str, Pieces]:
    """Mark what changed in both texts since the pair before."""
    if before is None:
        return {}
    return {
        "source_pieces": word_diff(before.source, unit.text),
        "target_pieces": word_diff(before.text, target.text),
    }
