"""`welcome letters …`: those that are held back after a restore."""

from collections.abc import Sequence

import click

from welcome import clock
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation
from welcome.database import reading
from welcome.messages import outbox
from welcome.messages.models import Message, MessageState

MOST = 1000


@click.group()
def letters() -> None:
    """Say what becomes of letters that may have been sent already."""


@letters.command()
@AS_JSON
def held(*, as_json: bool) -> None:
    """List the letters that are held back."""
    with reading(), installation().sessions() as session:
        found = outbox.list_messages(session, state=MessageState.HELD, limit=MOST)
    known = [
        {
            "id": each.id,
            "letter": each.letter,
            "written_at": each.written_at.isoformat(),
        }
        for each in found
    ]
    told = [
        f"{each.id:6} {each.letter:20} {each.written_at:%Y-%m-%d}" for each in found
    ]
    say({"held": known}, told or ["No letter is held back."], as_json=as_json)


@letters.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "every", is_flag=True, help="All that are held back.")
def release(ids: Sequence[int], *, every: bool) -> None:
    """Send the letters with these IDS after all."""
    with installation().sessions.begin() as session:
        if every:
            ids = [
                each.id
                for each in outbox.list_messages(
                    session, state=MessageState.HELD, limit=MOST
                )
            ]
        for message in (outbox.get_message(session, each) for each in ids):
            outbox.queue_again(session, message, actor=None, now=clock.now())
    click.echo(f"{len(ids)} letters go out.")


@letters.command()
@click.argument("ids", nargs=-1, type=int, required=True)
def discard(ids: Sequence[int]) -> None:
    """Never send the letters with these IDS."""
    with installation().sessions.begin() as session:
        messages: list[Message] = [outbox.get_message(session, each) for each in ids]
        for message in messages:
            outbox.discard(session, message, actor=None, now=clock.now())
    click.echo(f"{len(ids)} letters will not be sent.")
