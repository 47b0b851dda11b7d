"""What each kind of job does: ids in, one call into a room."""

from collections.abc import Mapping

from welcome import clock
from welcome.editions import publish
from welcome.editions.errors import NothingNew
from welcome.editions.print import pdf
from welcome.jobs.running import Context, Handler
from welcome.messages import delivery
from welcome.translation import drafting
from welcome.translation.machine.engines import get_engine


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
    """Make the PDF of an edition."""
    pdf.make(context.sessions, edition_id, settings=context.settings, now=clock.now())


def draft_locale(context: Context, pack: str, tag: str, engine: str) -> None:
    """Have an engine offer drafts for what has no target yet."""
    drafting.draft_by_machine(
        context.sessions,
        pack,
        tag,
        get_engine(engine, context.settings),
        now=clock.now(),
    )


def deliver_message(context: Context, message_id: int) -> None:
    """Send one message of the outbox."""
    delivery.send(context.sessions, message_id, context.settings, now=clock.now())


HANDLERS: Mapping[str, Handler] = {
    "publish": publish_pack,
    "print": print_edition,
    "draft": draft_locale,
    "deliver": deliver_message,
}
