"""What the checks say about targets, less what somebody let pass with a reason."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.accounts.permissions import (
    Permission,
    allows,
    list_grants,
)
from welcome.errors import NotAllowed
from welcome.packs.models import Pack, Page, Unit
from welcome.packs.place import region_of
from welcome.translation import checks
from welcome.translation.checks import Finding, blocking
from welcome.translation.errors import (
    BlockingFindings,
    NoSuchFinding,
    OwnWork,
    ReasonTooShort,
)
from welcome.translation.models import Override, Target, TargetState
from welcome.translation.readers import has_second_reader

LEAST_REASON = 10


class _Source(NamedTuple):
    text: str
    tag: str
    region: str


def findings(session: Session, target: Target) -> list[Finding]:
    """List what is still open about a target, what blocks first."""
    return findings_of(session, [target])[target.id]


def findings_of(
    session: Session, targets: Sequence[Target]
) -> dict[int, list[Finding]]:
    """List what is still open about many targets by target id, in two queries."""
    passed = _passed(session, targets)
    return {
        target_id: [each for each in said if each.code not in passed[target_id]]
        for target_id, said in _said(session, targets).items()
    }


def passed_of(
    session: Session, targets: Sequence[Target]
) -> dict[int, list[tuple[Finding, Override]]]:
    """List by target id what somebody let pass about the texts as they stand."""
    passed = _passed(session, targets)
    return {
        target_id: [
            (each, passed[target_id][each.code])
            for each in said
            if each.code in passed[target_id]
        ]
        for target_id, said in _said(session, targets).items()
    }


def list_overrides(session: Session, target: Target) -> list[Override]:
    """List what somebody let pass about the text as it stands."""
    return list(_passed(session, [target])[target.id].values())


def override(
    session: Session,
    target: Target,
    code: str,
    reason: str,
    *,
    actor: Account,
    now: datetime,
) -> Override:
    """Let a blocking finding pass for this very text, with a reason in writing.

    Raises NotAllowed, ReasonTooShort, NoSuchFinding where nothing of that code blocks
    the target, or OwnWork where somebody else may review what the actor wrote.
    """
    grants = list_grants(session, actor) if actor.active else []
    rights = (Permission.REVIEW, Permission.ACCEPT_ON_STATEMENT)
    if not any(allows(grants, right, target.tag) for right in rights):
        raise NotAllowed(permission=Permission.REVIEW.value, tag=target.tag)
    is_own = target.author_id == actor.id
    if is_own and has_second_reader(session, target.tag, actor.id):
        raise OwnWork(target=target.id)
    reason = reason.strip()
    if len(reason) < LEAST_REASON:
        raise ReasonTooShort(least=LEAST_REASON)
    if code not in blocking(findings(session, target)):
        raise NoSuchFinding(finding=code)
    passed = Override(
        target_id=target.id,
        revision=target.revision,
        code=code,
        reason=reason[:1000],
        actor_id=actor.id,
        at=now,
    )
    session.add(passed)
    _journal_override(session, target, passed, actor=actor, now=now)
    session.flush()
    mark_blocked(session, [target])
    return passed


def _journal_override(
    session: Session, target: Target, passed: Override, *, actor: Account, now: datetime
) -> None:
    details = {
        "finding": passed.code,
        "reason": passed.reason,
        "revision": passed.revision,
    }
    journal.write(
        session,
        "finding.overridden",
        "target",
        target.id,
        actor=actor,
        now=now,
        tag=target.tag,
        **details,
    )


def mark_blocked(session: Session, targets: Sequence[Target]) -> None:
    """Note on each target whether something certainly wrong is still open."""
    found = findings_of(session, targets)
    for target in targets:
        target.is_blocked = bool(blocking(found[target.id]))
        session.add(target)


def refuse_blocked(session: Session, targets: Sequence[Target]) -> None:
    """Raise BlockingFindings where something certainly wrong is still open."""
    blocked = {
        target_id: blocking(found)
        for target_id, found in findings_of(session, targets).items()
    }
    wrong = [target_id for target_id, codes in blocked.items() if codes]
    if wrong:
        codes = sorted({code for each in blocked.values() for code in each})
        raise BlockingFindings(codes=codes, targets=wrong)


def _sources(session: Session, unit_ids: Sequence[int]) -> dict[int, _Source]:
    wanted = (
        select(Unit.id, Unit.text, Pack)
        .join(Page, col(Page.id) == Unit.page_id)
        .join(Pack, col(Pack.id) == Page.pack_id)
        .where(col(Unit.id).in_(unit_ids))
    )
    return {
        unit_id: _Source(text, pack.source_tag, region_of(pack.place))
        for unit_id, text, pack in session.exec(wanted)
    }


def _said(session: Session, targets: Sequence[Target]) -> dict[int, list[Finding]]:
    """Say all that the checks find, let pass or not."""
    sources = _sources(session, [target.unit_id for target in targets])
    found: dict[int, list[Finding]] = {}
    for target in targets:
        # A text that is not there yet is missing, not wrong.
        if target.state is TargetState.INITIAL:
            found[target.id] = []
            continue
        source = sources[target.unit_id]
        found[target.id] = checks.run(
            source.text,
            target.text,
            tag=target.tag,
            source_tag=source.tag,
            region=source.region,
        )
    return found


def _passed(
    session: Session, targets: Sequence[Target]
) -> dict[int, dict[str, Override]]:
    """Give what is let pass about texts as they stand, by target id and code."""
    revisions = {target.id: target.revision for target in targets}
    wanted = select(Override).where(col(Override.target_id).in_(list(revisions)))
    passed: dict[int, dict[str, Override]] = defaultdict(dict)
    for each in session.exec(wanted.order_by(col(Override.id))):
        if each.revision == revisions[each.target_id]:
            passed[each.target_id][each.code] = each
    return passed
