"""Writing letters into the outbox, in the transaction that causes them."""

from collections.abc import Collection
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from welcome.accounts import journal
from welcome.accounts.models import Account
from welcome.database import keyring_of
from welcome.errors import NotFound
from welcome.messages.errors import BadRecipient, BadSubject, MessageNotWaiting
from welcome.messages.models import Message, MessageState, states_before
from welcome.messages.ways import ANY_TIME, Rule, Way
from welcome.phrases import catalogues, templates
from welcome.since.lines import Act
from welcome.since.noting import note

LONGEST_SUBJECT = 200
# Stands between the same in two locales.
BETWEEN = "* * *"
# What lines since a backup call a message.
KIND = "message"
# As addresses and numbers are found elsewhere, so that nothing need be opened.
INDEXED = {Way.EMAIL: "email", Way.TEXT: "phone"}


def write(
    session: Session, letter: str, *, to: str, tag: str, now: datetime, **params: object
) -> Message:
    """Write a letter (a folder under `letters/`) to one address, in a locale.

    Raises BadRecipient and BadSubject where a value would write headers of its own.
    """
    return write_by_rule(session, letter, ANY_TIME, to=to, tag=tag, now=now, **params)


def write_by_rule(
    session: Session,
    letter: str,
    rule: Rule,
    *,
    to: str,
    tag: str,
    now: datetime,
    **params: object,
) -> Message:
    """Write a letter that goes in the way and the hours of a rule.

    In the nearest locale that has letters; where the rule is brief it is the neutral
    subject and the link, as others may read it. Raises what `write` does, and NoSafeHour.
    """
    send_at, tag = rule.next_moment(now), catalogues.nearest(tag)
    speaking = templates.environment(tag)
    subject = speaking.get_template(f"{letter}/subject.txt").render(params).rstrip("\n")
    if rule.is_brief:
        body = f"{subject}: {params['link']}"
    else:
        body = speaking.get_template(f"{letter}/body.txt").render(params)
    recipient = one_address(to) if rule.way is Way.EMAIL else to
    message = Message(
        letter=letter,
        tag=tag,
        recipient=recipient,
        recipient_index=keyring_of(session).index(INDEXED[rule.way], recipient),
        subject=one_line(subject)[:LONGEST_SUBJECT],
        body=body.strip("\n") + "\n",
        state=MessageState.QUEUED,
        written_at=now,
        send_at=send_at,
        way=rule.way,
        safe_from=rule.safe_from,
        safe_until=rule.safe_until,
    )
    session.add(message)
    session.flush()
    return message


def write_below(session: Session, message: Message, tag: str, **params: object) -> None:
    """Write a letter once more below itself, for who reads another locale better.

    Where that is the one it is in already, nothing is added.
    """
    tag = catalogues.nearest(tag)
    if tag == message.tag:
        return
    template = templates.environment(tag).get_template(f"{message.letter}/body.txt")
    below = template.render(params).strip("\n")
    message.body = f"{message.body}\n{BETWEEN}\n\n{below}\n"
    session.flush()


def indexes_of(session: Session, address: str) -> list[str]:
    """Return what may stand for an address or number in the rows of messages."""
    keyring = keyring_of(session)
    return [keyring.index(purpose, address) for purpose in INDEXED.values()]


def one_address(text: str) -> str:
    """Return the address if it is exactly one; raises BadRecipient."""
    try:
        return Address(addr_spec=text).addr_spec
    except (HeaderParseError, ValueError, IndexError):
        raise BadRecipient from None


def one_line(text: str) -> str:
    """Return the text if it is one line; raises BadSubject."""
    if len(text.splitlines()) > 1 or not text.strip():
        raise BadSubject
    return text.strip()


def get_message(session: Session, message_id: int) -> Message:
    """Return a message; raises NotFound."""
    found = session.get(Message, message_id)
    if found is None:
        raise NotFound(message=message_id)
    return found


def list_messages(
    session: Session,
    *,
    state: MessageState | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Message]:
    """Return the newest messages first, in one state or in any."""
    asked = select(Message).order_by(col(Message.id).desc()).limit(limit)
    if state is not None:
        asked = asked.where(Message.state == state)
    if before is not None:
        asked = asked.where(col(Message.id) < before)
    return list(session.exec(asked))


def count_by_state(session: Session) -> dict[MessageState, int]:
    """Count the messages in every state."""
    asked = select(Message.state, func.count()).group_by(col(Message.state))
    found = dict(session.exec(asked).all())
    return {state: found.get(state, 0) for state in MessageState}


def queue_again(
    session: Session, message: Message, *, actor: Account | None, now: datetime
) -> None:
    """Try again from the start what failed or was held back; raises MessageNotWaiting."""
    values = {
        "state": MessageState.QUEUED,
        "attempts": 0,
        "send_at": now,
        "problem": "",
    }
    before = {MessageState.FAILED, MessageState.HELD}
    _move(session, message, before, values)
    _journal(session, "message.queued_again", message, actor=actor, now=now)


def discard(
    session: Session, message: Message, *, actor: Account | None, now: datetime
) -> None:
    """Never send it, and forget what it said; raises MessageNotWaiting."""
    before = states_before(MessageState.DISCARDED)
    _move(session, message, before, {"state": MessageState.DISCARDED, "body": ""})
    note(session, Act.DISCARDED, KIND, message.message_id, now)
    _journal(session, "message.discarded", message, actor=actor, now=now)


def forget_recipients(session: Session, indexes: Collection[str]) -> int:
    """Forget that letters went to whom these stand for, and count the letters.

    Those that wait are not touched: discard them first.
    """
    return _forget(session, col(Message.recipient_index).in_(indexes))


def forget_old_recipients(session: Session, before: datetime) -> int:
    """Forget to whom letters went that were over before a moment, and count them."""
    over_at = sa.func.coalesce(col(Message.sent_at), col(Message.send_at))
    return _forget(session, over_at < before)


def has_old_recipients(before: datetime) -> sa.ColumnElement[bool]:
    """Ask whether there is a letter whose recipient could be forgotten."""
    over_at = sa.func.coalesce(col(Message.sent_at), col(Message.send_at))
    found = sa.select(col(Message.id)).where(_is_over(), over_at < before)
    return found.exists()


def count_old_recipients(
    session: Session, before: datetime
) -> tuple[int, datetime | None]:
    """Count the letters whose recipients could be forgotten, and say how old one is."""
    over_at = sa.func.coalesce(col(Message.sent_at), col(Message.send_at))
    asked = sa.select(sa.func.count(), sa.func.min(over_at)).select_from(Message)
    number, oldest = (
        session.connection().execute(asked.where(_is_over(), over_at < before)).one()
    )
    return number, oldest


def list_waiting_for(session: Session, indexes: Collection[str]) -> list[Message]:
    """List the letters that were not sent yet to whom these stand for."""
    asked = select(Message).where(
        col(Message.recipient_index).in_(indexes),
        col(Message.state).in_(states_before(MessageState.DISCARDED)),
    )
    return list(session.exec(asked.order_by(col(Message.id))))


def _is_over() -> sa.ColumnElement[bool]:
    """Ask for letters that are over and whose recipient is known still."""
    over = (MessageState.SENT, MessageState.DISCARDED)
    return col(Message.state).in_(over) & (col(Message.recipient_index) != "")


def _forget(session: Session, which: sa.ColumnElement[bool]) -> int:
    forgotten = session.exec(
        sa.update(Message)
        .where(_is_over(), which)
        .values(recipient="", recipient_index="")
        .execution_options(synchronize_session=False)
    )
    return forgotten.rowcount


def _move(
    session: Session,
    message: Message,
    before: Collection[MessageState],
    values: dict[str, object],
) -> None:
    """Change a message that stands in one of some states now, whatever we read before."""
    change = (
        sa.update(Message)
        .where(col(Message.id) == message.id, col(Message.state).in_(before))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if session.exec(change).rowcount != 1:
        raise MessageNotWaiting
    session.refresh(message)


def _journal(
    session: Session,
    act: str,
    message: Message,
    *,
    actor: Account | None,
    now: datetime,
) -> None:
    """Tell which letter, never to whom it goes or what it says."""
    journal.write(
        session,
        act,
        "message",
        message.id,
        actor=actor,
        now=now,
        tag=message.tag,
        letter=message.letter,
    )
