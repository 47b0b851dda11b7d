"""Review by a second person, or on the word of an agency whose second linguist read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, is_allowed
from welcome.errors import NotAllowed
from welcome.packs.models import Pack, Page, Placement, Unit, Version
from welcome.packs.place import today_in
from welcome.translation import memory
from welcome.translation.errors import (
    BadStatement,
    CommentRequired,
    OwnWork,
    SecondReaderExists,
)
from welcome.translation.findings import (
    findings,
    findings_of,
    list_overrides,
    override,
    passed_of,
    refuse_blocked,
)
from welcome.translation.models import RevisionStatement, Target, TargetState
from welcome.translation.readers import has_second_reader
from welcome.translation.targets import lock, move, record, refuse_changed, refuse_move

__all__ = [
    "StatementDraft",
    "accept",
    "accept_all",
    "accept_on_statement",
    "findings",
    "findings_of",
    "give_back",
    "has_second_reader",
    "list_overrides",
    "override",
    "passed_of",
]

_LONGEST = 120


@dataclass(frozen=True)
class StatementDraft:
    """What an agency states: who, under which reference, when, and that two read it."""

    agency: str
    reference: str
    revised_on: date
    two_linguists: bool


def accept(
    session: Session,
    target: Target,
    *,
    actor: Account,
    now: datetime,
    revision: int | None = None,
) -> Target:
    """Accept somebody else's target; the memory learns it.

    `revision` is the text the actor looked at. Raises NotAllowed, ChangedMeanwhile,
    OwnWork, MoveNotAllowed, BlockingFindings.
    """
    seen = {} if revision is None else {target.id: revision}
    accept_all(session, [target], seen, actor=actor, now=now)
    return target


def accept_all(
    session: Session,
    targets: Sequence[Target],
    seen: Mapping[int, int],
    *,
    actor: Account,
    now: datetime,
) -> None:
    """Accept other people's targets, all or none; `seen` gives revisions by target.

    Raises what `accept` does.
    """
    _begin(session, targets, seen, actor)
    for target in targets:
        refuse_move(target, TargetState.ACCEPTED)
    refuse_blocked(session, targets)
    for target in targets:
        target.reviewer_id = actor.id
    _settle(session, targets, actor=actor, now=now)
    for target in targets:
        _journal(session, "target.accepted", target, actor=actor, now=now)


def give_back(
    session: Session,
    target: Target,
    comment: str,
    *,
    actor: Account,
    now: datetime,
    revision: int | None = None,
) -> Target:
    """Give a target back with a comment that says what to mend.

    Raises NotAllowed, ChangedMeanwhile, OwnWork, CommentRequired, MoveNotAllowed.
    """
    seen = {} if revision is None else {target.id: revision}
    _begin(session, [target], seen, actor)
    if not comment.strip():
        raise CommentRequired
    move(target, TargetState.RETURNED)
    target.comment = comment.strip()[:2000]
    target.reviewer_id, target.reviewed_at = actor.id, now
    record(session, target, actor=actor, now=now)
    _journal(session, "target.returned", target, actor=actor, now=now)
    return target


def accept_on_statement(
    session: Session,
    targets: Sequence[Target],
    statement: StatementDraft,
    *,
    actor: Account,
    now: datetime,
) -> RevisionStatement:
    """Accept targets of one locale on an agency's written statement; all or none.

    The second person is the agency's second linguist, so whoever took the file in may
    accept it; nobody here is named as reviewer. Only for locales in which no active
    account but the author's own may review. Raises NotAllowed, BadStatement,
    SecondReaderExists, MoveNotAllowed, BlockingFindings.
    """
    tag = _one_tag(targets)
    if not is_allowed(session, actor, Permission.ACCEPT_ON_STATEMENT, tag):
        raise NotAllowed(permission=Permission.ACCEPT_ON_STATEMENT.value, tag=tag)
    _refuse_bad(statement, _possible_days(session, targets, now))
    lock(session, targets)
    authors = {target.author_id for target in targets}
    if any(has_second_reader(session, tag, author) for author in authors):
        raise SecondReaderExists(tag=tag)
    for target in targets:
        refuse_move(target, TargetState.ACCEPTED)
    refuse_blocked(session, targets)
    kept = _keep(session, tag, statement, actor=actor, now=now)
    for target in targets:
        target.statement_id, target.reviewer_id = kept.id, None
    _settle(session, targets, actor=actor, now=now)
    _journal_statement(session, kept, targets, actor=actor, now=now)
    return kept


def _keep(
    session: Session,
    tag: str,
    statement: StatementDraft,
    *,
    actor: Account,
    now: datetime,
) -> RevisionStatement:
    kept = RevisionStatement(
        tag=tag,
        agency=statement.agency.strip(),
        reference=statement.reference.strip(),
        revised_on=statement.revised_on,
        accepted_by=actor.id,
        accepted_at=now,
    )
    session.add(kept)
    session.flush()
    return kept


def _begin(
    session: Session,
    targets: Sequence[Target],
    seen: Mapping[int, int],
    actor: Account,
) -> None:
    """Raise unless the actor may judge these very texts."""
    for tag in sorted({target.tag for target in targets}):
        if not is_allowed(session, actor, Permission.REVIEW, tag):
            raise NotAllowed(permission=Permission.REVIEW.value, tag=tag)
    lock(session, targets)
    for target in targets:
        refuse_changed(target, seen.get(target.id))
        if target.author_id == actor.id:
            raise OwnWork(target=target.id)


def _settle(
    session: Session, targets: Sequence[Target], *, actor: Account, now: datetime
) -> None:
    """Make targets accepted and have the memory learn them."""
    for target in targets:
        move(target, TargetState.ACCEPTED)
        target.comment, target.reviewed_at = "", now
        record(session, target, actor=actor, now=now)
    memory.learn(session, targets, now=now)


def _one_tag(targets: Sequence[Target]) -> str:
    tags = sorted({target.tag for target in targets})
    if len(tags) != 1:
        raise BadStatement(missing="locale")
    return tags[0]


def _refuse_bad(statement: StatementDraft, days: tuple[date, date]) -> None:
    earliest, today = days
    complete = {
        "agency": 0 < len(statement.agency.strip()) <= _LONGEST,
        "reference": 0 < len(statement.reference.strip()) <= _LONGEST,
        "revised_on": earliest <= statement.revised_on <= today,
        "two_linguists": statement.two_linguists,
    }
    for name, is_there in complete.items():
        if not is_there:
            raise BadStatement(missing=name)


def _possible_days(
    session: Session, targets: Sequence[Target], now: datetime
) -> tuple[date, date]:
    """Give the first and last day on which all of these texts could be read.

    Nobody can have read what the source did not say yet. Days are those of the place.
    """
    ids = [target.unit_id for target in targets]
    wanted = (
        select(Pack)
        .join(Page, col(Page.pack_id) == Pack.id)
        .join(Unit, col(Unit.page_id) == Page.id)
        .where(Unit.id == ids[0])
    )
    place = session.exec(wanted).one().place
    begun = (
        select(func.min(Version.created_at))
        .join(Placement, col(Placement.version_id) == Version.id)
        .where(col(Placement.unit_id).in_(ids))
        .group_by(col(Placement.unit_id))
    )
    newest = max(session.exec(begun), default=now)
    return today_in(place, newest), today_in(place, now)


def _journal(
    session: Session, act: str, target: Target, *, actor: Account, now: datetime
) -> None:
    details: dict[str, object] = {"revision": target.revision, "unit": target.unit_id}
    if target.comment:
        details["comment"] = target.comment
    journal.write(
        session,
        act,
        "target",
        target.id,
        actor=actor,
        now=now,
        tag=target.tag,
        **details,
    )


def _journal_statement(
    session: Session,
    kept: RevisionStatement,
    targets: Sequence[Target],
    *,
    actor: Account,
    now: datetime,
) -> None:
    journal.write(
        session,
        "statement.accepted",
        "revision_statement",
        kept.id,
        actor=actor,
        now=now,
        tag=kept.tag,
        agency=kept.agency,
        reference=kept.reference,
        revised_on=kept.revised_on.isoformat(),
        targets=[target.id for target in targets],
    )
