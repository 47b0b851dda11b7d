"""What each kind of job does: ids in, one call into a room."""

import errno
from collections.abc import Mapping
from functools import partial

from welcome import clock
from welcome.buddies import days
from welcome.buddies.due import tending
from welcome.buddies.errors import MoveRefused
from welcome.buddies.privacy import retention
from welcome.database import empty_log, reading
from welcome.editions import publish
from welcome.editions.errors import (
    EditionsFolderMissing,
    NothingNew,
    NotWritten,
    StoreRefused,
    StoreUnreachable,
)
from welcome.editions.print import pdf
from welcome.errors import NotNow
from welcome.jobs.errors import Postponed
from welcome.jobs.running import Context, Handler
from welcome.messages import delivery
from welcome.since.errors import SinceUnreadable
from welcome.translation import drafting_by_machine
from welcome.translation.machine.apart import draft_apart

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def publish_pack(
    context: Context, pack: str, tags: list[str], actor_id: int | None = None
) -> NothingNew | None:
    """Freeze and publish a pack in some locales; that nothing is new is no failure."""
    try:
        publish.publish(
            context.sessions,
            publish.Order(pack, tags, actor_id),
            settings=context.settings,
            now=clock.now(),
            on_step=lambda done, of, _tag: context.step(done, of),
        )
    except NothingNew as note:
        return note
    return None


def print_edition(context: Context, edition_id: int) -> None:
    """Make the PDF of an edition, as soon as there is room, and all would find it."""
    try:
        pdf.make(
            context.sessions, edition_id, settings=context.settings, now=clock.now()
        )
    except (EditionsFolderMissing, StoreRefused, StoreUnreachable) as problem:
        raise Postponed(problem) from problem
    except OSError as problem:
        if problem.errno not in NO_ROOM:
            raise
        raise Postponed(NotWritten(detail=problem)) from problem


def draft_pack(
    context: Context, pack: str, tags: list[str], engine: str, *, anew: bool = False
) -> None:
    """Have an engine offer drafts, language by language, in a process that ends."""
    asked_at = context.job.created_at
    try:
        drafting_by_machine.draft(
            context.sessions,
            drafting_by_machine.Order(pack, tags, engine, anew, made_since=asked_at),
            partial(draft_apart, context.settings, engine),
            # Whoever asked may have a clock that is ahead of ours.
            now=lambda: max(clock.now(), asked_at),
            on_step=context.step,
            on_kept=context.forgive,
        )
    except NotNow as problem:
        raise Postponed(problem) from problem


def deliver_message(context: Context, message_id: int) -> None:
    """Send one message of the outbox, as soon as that it was sent can be noted."""
    try:
        delivery.send(context.sessions, message_id, context.settings, now=clock.now())
    except SinceUnreadable as problem:
        raise Postponed(problem) from problem


def tend_scheme(context: Context, act: str, subject_id: int) -> MoveRefused | None:
    """Do what is due in the buddy scheme; that somebody was faster is no failure."""
    due = tending.Due(tending.Tending(act), subject_id)
    try:
        with context.sessions.begin() as session:
            place = days.standing(session, context.settings)
            tending.tend(session, due, place, now=clock.now())
    except MoveRefused as note:
        return note
    return None


def let_go_of_old(context: Context) -> None:
    """Let go of what was kept long enough, some at a time."""
    now, gone = clock.now(), True
    while gone:
        with context.sessions.begin() as session:
            done = retention.carry_out(session, now.date(), actor=None, now=now)
        gone = any(done.values())
        context.beat()
    with reading(), context.sessions() as session:
        before = retention.letters_before(session, now.date())
    delivery.remove_old_files(context.settings.instance / delivery.FOLDER, before)
    empty_log(context.sessions.kw["bind"])


HANDLERS: Mapping[str, Handler] = {
    "publish": publish_pack,
    "print": print_edition,
    "draft": draft_pack,
    "deliver": deliver_message,
    "tend": tend_scheme,
    "retain": let_go_of_old,
}
