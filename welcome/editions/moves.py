"""Moves editions between states, with the rules that guard each move."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.editions import problems
from welcome.editions.current import find_current_of
from welcome.editions.errors import (
    MoveNotAllowed,
    NothingToRollBackTo,
    NotPublished,
    Overtaken,
    RunEnded,
)
from welcome.editions.models import (
    MOVES,
    Edition,
    EditionState,
)
from welcome.editions.planning import companions
from welcome.errors import WelcomeError
from welcome.packs.models import Pack

# Writing the pages of an edition takes seconds; a run this old is dead.
DEAD_AFTER = timedelta(minutes=30)


def take_turn(session: Session, pack_id: int) -> None:
    """Wait for whoever changes this pack's editions: two must not take one number."""
    session.exec(select(Pack.id).where(Pack.id == pack_id).with_for_update())


def move(edition: Edition, state: EditionState) -> None:
    """Move an edition to a state; raises MoveNotAllowed."""
    if state not in MOVES[edition.state]:
        raise MoveNotAllowed(number=edition.number, old=edition.state, new=state)
    edition.state = state


def make_all_current(
    session: Session,
    batches: Sequence[Sequence[Edition]],
    *,
    actor: Account | None,
    now: datetime,
) -> dict[str, WelcomeError]:
    """Give readers batches whose pages are written; returns problems by locale.

    A batch of which one was overtaken by a newer edition fails whole.
    """
    every = [edition for batch in batches for edition in batch]
    for pack_id in sorted({edition.pack_id for edition in every}):
        take_turn(session, pack_id)
    had = _current_by_tag(session, every)
    failed: dict[str, WelcomeError] = {}
    pairs: list[tuple[Edition | None, Edition]] = []
    for batch in batches:
        newer = [had[each.tag] for each in batch if each.tag in had]
        late = [each for each in newer if each.number > _of(batch, each.tag).number]
        if late:
            overtaken = Overtaken(tag=late[0].tag, by=late[0].number)
            for each in batch:
                failed[each.tag] = overtaken
                fail(session, each, overtaken)
        else:
            pairs += [(had.get(each.tag), each) for each in batch]
    _replace(session, pairs)
    for _, edition in pairs:
        _record(session, "edition.published", edition, actor=actor, now=now)
    return failed


def roll_back(
    session: Session, pack: Pack, tag: str, *, actor: Account | None, now: datetime
) -> list[Edition]:
    """Give readers the edition before, in this locale and in those that came with it.

    Locales that must appear together and were published in the same run go back in
    the same transaction. Raises NotPublished or NothingToRollBackTo.
    """
    take_turn(session, pack.id)
    asked = _get_current(session, pack, tag)
    leaving = [
        edition
        for edition in _current_together(session, pack, tag)
        if edition.published_at == asked.published_at
    ]
    pairs = [(edition, _edition_before(session, edition)) for edition in leaving]
    _replace(session, pairs)
    for edition, before in pairs:
        _record(
            session,
            "edition.rolled_back",
            before,
            actor=actor,
            now=now,
            instead_of=edition.number,
        )
    return [before for _, before in pairs]


def withdraw(
    session: Session, pack: Pack, tag: str, *, actor: Account | None, now: datetime
) -> list[Edition]:
    """Take a locale's edition, and those that must appear with it, from readers."""
    take_turn(session, pack.id)
    _get_current(session, pack, tag)
    leaving = _current_together(session, pack, tag)
    for edition in leaving:
        move(edition, EditionState.WITHDRAWN)
        session.add(edition)
        _record(session, "edition.withdrawn", edition, actor=actor, now=now)
    session.flush()
    return leaving


def fail(session: Session, edition: Edition, problem: WelcomeError) -> None:
    """Note why an edition never reached readers."""
    move(edition, EditionState.FAILED)
    edition.problem = problems.keep(problem, 1000)
    session.add(edition)


def list_dead(session: Session, now: datetime) -> list[Edition]:
    """List the editions that dead runs were preparing."""
    wanted = select(Edition).where(
        Edition.state == EditionState.PREPARING,
        col(Edition.published_at) < now - DEAD_AFTER,
    )
    return list(session.exec(wanted))


def clean_up(session: Session, now: datetime) -> int:
    """Mark the editions of dead runs as failed; returns how many there were."""
    dead = list_dead(session, now)
    for edition in dead:
        fail(session, edition, RunEnded())
    return len(dead)


def _replace(session: Session, pairs: Sequence[tuple[Edition | None, Edition]]) -> None:
    """Move the first of each pair from readers, and the second to them."""
    for old, _ in pairs:
        if old:
            move(old, EditionState.SUPERSEDED)
            session.add(old)
    # The index that allows one current edition sees rows one by one.
    session.flush()
    for _, new in pairs:
        move(new, EditionState.CURRENT)
        session.add(new)
    session.flush()


def _current_by_tag(
    session: Session, editions: Sequence[Edition]
) -> dict[str, Edition]:
    """Find what readers have in the locales of editions of one pack."""
    wanted = select(Edition).where(
        col(Edition.pack_id).in_({edition.pack_id for edition in editions}),
        col(Edition.tag).in_([edition.tag for edition in editions]),
        Edition.state == EditionState.CURRENT,
    )
    return {edition.tag: edition for edition in session.exec(wanted)}


def _of(batch: Sequence[Edition], tag: str) -> Edition:
    return next(each for each in batch if each.tag == tag)


def _get_current(session: Session, pack: Pack, tag: str) -> Edition:
    edition = find_current_of(session, pack.id, tag)
    if edition is None:
        raise NotPublished(pack=pack.slug, tag=tag)
    return edition


def _current_together(session: Session, pack: Pack, tag: str) -> list[Edition]:
    found = (find_current_of(session, pack.id, each) for each in companions(pack, tag))
    return [edition for edition in found if edition]


def _edition_before(session: Session, edition: Edition) -> Edition:
    wanted = (
        select(Edition)
        .where(
            Edition.pack_id == edition.pack_id,
            Edition.tag == edition.tag,
            Edition.state == EditionState.SUPERSEDED,
            Edition.number < edition.number,
        )
        .order_by(col(Edition.number).desc())
    )
    before = session.exec(wanted).first()
    if before is None:
        raise NothingToRollBackTo(tag=edition.tag, number=edition.number)
    return before


def _record(
    session: Session,
    act: str,
    edition: Edition,
    *,
    actor: Account | None,
    now: datetime,
    **details: object,
) -> None:
    journal.write(
        session,
        act,
        "edition",
        edition.id,
        actor=actor,
        now=now,
        tag=edition.tag,
        number=edition.number,
        **details,
    )
