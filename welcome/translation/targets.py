"""Targets: found, saved without losing a word, handed in; each step is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, allows, list_grants
from welcome.errors import NotAllowed
from welcome.packs.models import Unit
from welcome.segmentation import clean_target
from welcome.translation.errors import (
    MoveNotAllowed,
    NobodyRead,
    SaveConflict,
    TooLong,
)
from welcome.translation.findings import mark_blocked
from welcome.translation.models import (
    MOVES,
    Origin,
    Target,
    TargetEvent,
    TargetState,
)

# Who may put a text in: an officer takes in what an agency wrote.
WRITING = (Permission.TRANSLATE, Permission.REVIEW, Permission.ACCEPT_ON_STATEMENT)
_ROOM, _TIMES, _MOST = 2_000, 4, 20_000


@dataclass(frozen=True)
class Draft:
    """What somebody typed, and the `revision` they saw when they began (0: none)."""

    text: str
    revision: int = 0
    origin: Origin = Origin.HUMAN


def find_target(session: Session, unit: Unit, tag: str) -> Target | None:
    """Find the target of a unit in a locale."""
    wanted = select(Target).where(Target.unit_id == unit.id, Target.tag == tag)
    return session.exec(wanted).first()


def targets_of(
    session: Session, unit_ids: Iterable[int], tag: str
) -> dict[int, Target]:
    """List the targets of many units in a locale by unit, in one query."""
    wanted = select(Target).where(
        col(Target.unit_id).in_(list(unit_ids)), Target.tag == tag
    )
    return {target.unit_id: target for target in session.exec(wanted)}


def list_events(session: Session, target: Target) -> list[TargetEvent]:
    """List the steps of a target, the newest first."""
    wanted = select(TargetEvent).where(TargetEvent.target_id == target.id)
    return list(session.exec(wanted.order_by(col(TargetEvent.id).desc())))


def save(
    session: Session,
    unit: Unit,
    tag: str,
    draft: Draft,
    *,
    actor: Account | None,
    now: datetime,
) -> Target:
    """Save a text as target of a unit; a text that says nothing new changes nothing.

    But whoever saves a machine draft as it stands has read it, and answers for it.
    Raises SaveConflict, which carries both texts, where somebody saved since
    `draft.revision`; NotAllowed where the actor has no right for the locale; TooLong.
    """
    refuse_strangers(session, actor, tag)
    refuse_too_long(unit, draft.text)
    text = clean(unit, draft.text)
    target = _locked(session, unit, tag)
    if target is None:
        target = _add(session, unit, tag, text)
    elif target.revision != draft.revision:
        return _meet(target, text)
    if actor and target.is_unread and target.text == text:
        # What comes back in a table was read by whoever sent it back.
        if draft.origin is Origin.IMPORT:
            target.origin = Origin.IMPORT
        return _take_on(session, target, actor=actor, now=now)
    if _says_nothing_new(target, text):
        return target
    move(target, TargetState.TRANSLATED)
    target.text = text
    target.origin = draft.origin
    target.author_id = actor.id if actor else None
    target.reviewer_id = target.statement_id = target.reviewed_at = None
    target.revision += 1
    target.saved_at = now
    record(session, target, actor=actor, now=now)
    mark_blocked(session, [target])
    return target


def submit(
    session: Session, target: Target, *, actor: Account, now: datetime
) -> Target:
    """Hand a target in for review; who hands in what nobody here wrote answers for it.

    Raises MoveNotAllowed, NotAllowed; NobodyRead for a machine draft nobody has saved.
    """
    refuse_strangers(session, actor, target.tag)
    if target.is_unread:
        raise NobodyRead
    move(target, TargetState.SUBMITTED)
    if target.author_id is None:
        target.author_id = actor.id
    record(session, target, actor=actor, now=now)
    return target


def move(target: Target, to: TargetState) -> None:
    """Send a target to a state; raises MoveNotAllowed where no such move exists."""
    refuse_move(target, to)
    target.state = to


def refuse_move(target: Target, to: TargetState) -> None:
    """Raise MoveNotAllowed where a target cannot go to a state; change nothing."""
    if to not in MOVES[target.state]:
        raise MoveNotAllowed(state=target.state.value, to=to.value)


def record(
    session: Session, target: Target, *, actor: Account | None, now: datetime
) -> None:
    """Keep a step of a target, for ever."""
    session.add(target)
    session.flush()
    event = TargetEvent(
        target_id=target.id,
        revision=target.revision,
        state=target.state,
        origin=target.origin,
        text=target.text,
        comment=target.comment,
        actor_id=actor.id if actor else None,
        at=now,
    )
    session.add(event)


def lock(session: Session, targets: Sequence[Target]) -> None:
    """Read targets anew and keep others from changing them until the end."""
    wanted = select(Target).where(col(Target.id).in_([each.id for each in targets]))
    fresh = wanted.with_for_update().execution_options(populate_existing=True)
    session.exec(fresh).all()


def refuse_strangers(session: Session, actor: Account | None, tag: str) -> None:
    """Raise NotAllowed unless the actor may write in this locale (nobody: a command)."""
    if actor is None:
        return
    grants = list_grants(session, actor) if actor.active else []
    if not any(allows(grants, permission, tag) for permission in WRITING):
        raise NotAllowed(permission=Permission.TRANSLATE.value, tag=tag)


def refuse_too_long(unit: Unit, text: str) -> None:
    """Raise TooLong where a text cannot be a translation of its source."""
    most = min(max(_ROOM, _TIMES * len(unit.text)), _MOST)
    if len(text) > most:
        raise TooLong(most=most)


def clean(unit: Unit, text: str) -> str:
    """Give what can be stored as target of a unit."""
    is_of_page = unit.kind.startswith("page-")
    return clean_target(text, "title" if is_of_page else unit.kind)


def _locked(session: Session, unit: Unit, tag: str) -> Target | None:
    wanted = select(Target).where(Target.unit_id == unit.id, Target.tag == tag)
    fresh = wanted.with_for_update().execution_options(populate_existing=True)
    return session.exec(fresh).first()


def _add(session: Session, unit: Unit, tag: str, text: str) -> Target:
    """Add the first target of a unit; somebody may do the same at this moment."""
    target = Target(unit_id=unit.id, tag=tag)
    try:
        with session.begin_nested():
            session.add(target)
            session.flush()
    except IntegrityError:
        theirs = find_target(session, unit, tag)
        if theirs is None:
            raise
        return _meet(theirs, text)
    return target


def _take_on(
    session: Session, target: Target, *, actor: Account, now: datetime
) -> Target:
    """Make who read a draft its author; the text is the same, so is its revision."""
    target.author_id, target.saved_at = actor.id, now
    record(session, target, actor=actor, now=now)
    return target


def _meet(target: Target, text: str) -> Target:
    """Answer a late save: nothing to say where both wrote the same."""
    if target.text == text:
        return target
    raise SaveConflict(
        theirs=target.text,
        typed=text,
        revision=target.revision,
        author_id=target.author_id,
        saved_at=target.saved_at,
    )


def _says_nothing_new(target: Target, text: str) -> bool:
    is_open = target.state in (TargetState.INITIAL, TargetState.RETURNED)
    return target.text == text and not is_open
