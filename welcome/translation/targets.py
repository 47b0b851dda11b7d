"""Targets: found, saved without losing a word, handed in; each step is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from welcome.accounts.models import Account
from welcome.accounts.permissions import Permission, allows, list_grants
from welcome.errors import NotAllowed, NotFound
from welcome.packs.models import Pack, Page, Unit
from welcome.segmentation import clean_target
from welcome.translation.errors import (
    ChangedMeanwhile,
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


def get_targets(
    session: Session, pack: Pack, tag: str, target_ids: Sequence[int]
) -> list[Target]:
    """Return targets of a pack in a locale; raises NotFound where one is not there."""
    wanted = (
        select(Target)
        .join(Unit, col(Unit.id) == Target.unit_id)
        .join(Page, col(Page.id) == Unit.page_id)
        .where(
            col(Target.id).in_(target_ids), Target.tag == tag, Page.pack_id == pack.id
        )
    )
    found = {target.id: target for target in session.exec(wanted)}
    if set(target_ids) - set(found):
        raise NotFound
    return [found[each] for each in target_ids]


def targets_of(
    session: Session, unit_ids: Iterable[int], tag: str
) -> dict[int, Target]:
    """List the targets of many units in a locale by unit, in one query."""
    wanted = select(Target).where(
        col(Target.unit_id).in_(list(unit_ids)), Target.tag == tag
    )
    return {target.unit_id: target for target in session.exec(wanted)}


def hold(session: Session, unit_ids: Iterable[int], tag: str) -> dict[int, Target]:
    """Read the targets of units anew and keep others from them until the end."""
    wanted = select(Target).where(
        col(Target.unit_id).in_(list(unit_ids)), Target.tag == tag
    )
    return {target.unit_id: target for target in session.exec(_held(wanted))}


def save(
    session: Session,
    unit: Unit,
    tag: str,
    draft: Draft,
    *,
    actor: Account | None,
    now: datetime,
) -> Target:
    """Save a text as target of a unit; see `put`.

    Raises NotAllowed where the actor has no right for the locale; SaveConflict, TooLong.
    """
    refuse_strangers(session, actor, tag)
    target = hold(session, [unit.id], tag).get(unit.id)
    target = target or Target(unit_id=unit.id, tag=tag)
    target = put(session, unit, target, draft, actor=actor, now=now)
    if target in session:
        mark_blocked(session, [target])
    return target


def put(
    session: Session,
    unit: Unit,
    target: Target,
    draft: Draft,
    *,
    actor: Account | None,
    now: datetime,
) -> Target:
    """Put a text on the target of a unit, which is held or new; then mark what is blocked.

    A text that says nothing new changes nothing, and without a text a target is at its
    beginning. But whoever saves a machine draft as it stands has read it, and answers
    for it. Raises TooLong; SaveConflict, which carries both texts, where somebody saved
    since `draft.revision`.
    """
    refuse_too_long(unit, draft.text)
    text, is_new = clean(unit, draft.text), target not in session
    # Whoever types a draft's very words has read it, whichever revision they saw.
    if actor and target.is_unread and target.text == text:
        return _take_on(session, target, draft.origin, actor=actor, now=now)
    if not is_new and target.revision != draft.revision:
        return _meet(target, text)
    if _says_nothing_new(target, text):
        return target
    move(target, TargetState.TRANSLATED if text else TargetState.INITIAL)
    target.text = text
    target.origin = draft.origin
    target.author_id = actor.id if actor else None
    target.reviewer_id = target.statement_id = target.reviewed_at = None
    target.revision += 1
    target.saved_at = now
    if is_new and (theirs := _find_first(session, target)):
        return _meet(theirs, text)
    record(session, target, actor=actor, now=now)
    return target


def submit(
    session: Session,
    target: Target,
    *,
    actor: Account,
    now: datetime,
    revision: int | None = None,
) -> Target:
    """Hand a target in for review; see `hand_in`.

    `revision` is the text the actor looked at. Raises NotAllowed, ChangedMeanwhile,
    NobodyRead, MoveNotAllowed.
    """
    refuse_strangers(session, actor, target.tag)
    lock(session, [target])
    refuse_changed(target, revision)
    hand_in(session, target, actor=actor, now=now)
    return target


def hand_in(session: Session, target: Target, *, actor: Account, now: datetime) -> None:
    """Hand in a held target; who hands in what nobody here wrote answers for it.

    Raises MoveNotAllowed; NobodyRead for a machine draft nobody has saved.
    """
    if target.is_unread:
        raise NobodyRead
    move(target, TargetState.SUBMITTED)
    if target.author_id is None:
        target.author_id = actor.id
    record(session, target, actor=actor, now=now)


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
    session.exec(_held(wanted)).all()


def refuse_changed(target: Target, revision: int | None) -> None:
    """Raise ChangedMeanwhile where the text is not the one that was looked at."""
    if revision not in (None, target.revision):
        raise ChangedMeanwhile(revision=target.revision)


def refuse_strangers(session: Session, actor: Account | None, tag: str) -> None:
    """Raise NotAllowed unless the actor may write in this locale (nobody: a command)."""
    if actor is None:
        return
    grants = list_grants(session, actor) if actor.active else []
    if not any(allows(grants, permission, tag) for permission in WRITING):
        raise NotAllowed(permission=Permission.TRANSLATE.value, tag=tag)


def refuse_too_long(unit: Unit, text: str) -> None:
    """Raise TooLong where a text cannot be a translation of its source."""
    most = most_letters(unit.text)
    if len(text) > most:
        raise TooLong(most=most)


def most_letters(source: str) -> int:
    """Give the length that no translation of a source has."""
    return min(max(_ROOM, _TIMES * len(source)), _MOST)


def clean(unit: Unit, text: str) -> str:
    """Give what can be stored as target of a unit."""
    is_of_page = unit.kind.startswith("page-")
    return clean_target(text, "title" if is_of_page else unit.kind)


def _held(wanted: SelectOfScalar[Target]) -> SelectOfScalar[Target]:
    """Let a query lock what it reads, in one order, so that nobody waits in a circle."""
    locked = wanted.order_by(col(Target.id)).with_for_update()
    return locked.execution_options(populate_existing=True)


def _find_first(session: Session, target: Target) -> Target | None:
    """Add the first target of a unit, or find that of somebody at the same moment."""
    try:
        with session.begin_nested():
            session.add(target)
            session.flush()
    except IntegrityError:
        theirs = hold(session, [target.unit_id], target.tag)
        if target.unit_id not in theirs:
            raise
        return theirs[target.unit_id]
    return None


def _take_on(
    session: Session, target: Target, origin: Origin, *, actor: Account, now: datetime
) -> Target:
    """Make who read a draft its author; the text is the same, so is its revision."""
    # What comes back in a table was read by whoever sent it back.
    if origin is Origin.IMPORT:
        target.origin = origin
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
    return target.text == text and target.state is not TargetState.RETURNED
