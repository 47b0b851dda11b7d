"""From the outbox to the mail server: at least once, always with the same id.

It opens its own transactions, where rooms leave that to the edge: a mail server takes
seconds between them, and nobody may wait for a lock meanwhile.
"""

import logging
import smtplib
import ssl
from contextlib import suppress
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from welcome.config import Settings
from welcome.database import Sessions
from welcome.errors import RuleBroken
from welcome.messages import notify, ways
from welcome.messages.errors import DeliveryFailed
from welcome.messages.models import Message, MessageState
from welcome.messages.outbox import KIND, one_address, one_line
from welcome.messages.ways import Rule
from welcome.since import lines
from welcome.since.errors import NotNoted, SinceUnreadable
from welcome.since.lines import Act, Line

log = logging.getLogger(__name__)

TRIES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 8 * 60, 24 * 60)
)
LEASE = timedelta(minutes=5)
# No try waits for so long: the clock was ahead of itself when the moment was set.
TOO_FAR = timedelta(days=2)
SECONDS = 20
IMPLICIT_TLS_PORT = 465
# In the instance, where there is no mail server.
FOLDER = "mail"


def due(session: Session, now: datetime, *, limit: int = 100) -> list[int]:
    """List the ids of the messages that should go out now, the oldest first."""
    asked = (
        select(Message.id)
        .where(_is_due(now))
        .order_by(col(Message.send_at), col(Message.id))
        .limit(limit)
    )
    return list(session.exec(asked))


def claim(session: Session, message_id: int, *, now: datetime) -> Message | None:
    """Take one due message for a try; None where another has it or it is done.

    Commit before calling `deliver`: no transaction waits for a mail server, and
    after a crash the message is due again when the lease ends.
    """
    taken = session.exec(
        sa.update(Message)
        .where(col(Message.id) == message_id, _is_due(now))
        .values(attempts=col(Message.attempts) + 1, send_at=now + LEASE)
    )
    if taken.rowcount != 1:
        return None
    return session.get(Message, message_id, populate_existing=True)


def deliver(message: Message, settings: Settings) -> None:
    """Hand a message to GOV.UK Notify or the mail server; raises DeliveryFailed.

    Without a mail server it is written into `instance/mail/`, one file a message.
    """
    if message.way not in ways.set_up(settings):
        raise DeliveryFailed(f"no way to send a {message.way}", permanent=True)
    if notify.template_for(message.way, settings):
        notify.send(message, settings)
        return
    letter = compose(message, settings)
    try:
        if settings.mail_server:
            _send(letter, settings)
        else:
            _file(message, letter, settings.instance / FOLDER)
    except (smtplib.SMTPException, OSError) as problem:
        raise DeliveryFailed(
            explain(problem), permanent=is_permanent(problem)
        ) from problem


def open_server(
    settings: Settings, context: ssl.SSLContext, *, seconds: float = SECONDS
) -> smtplib.SMTP:
    """Open the mail server, encrypted from the first byte on the port that means so."""
    host, port = settings.mail_server, settings.mail_port
    if port == IMPLICIT_TLS_PORT:
        return smtplib.SMTP_SSL(host, port, timeout=seconds, context=context)
    return smtplib.SMTP(host, port, timeout=seconds)


def send(
    sessions: Sessions, message_id: int, settings: Settings, *, now: datetime
) -> MessageState | None:
    """Claim, deliver and note, each in its own transaction; None where it is not due.

    For the job that carries a message: a refused delivery is noted, never raised. What
    was sent stands in the file beside the data before it stands in the database, so
    that neither a crash between the two nor a restored backup sends it again. Raises
    SinceUnreadable before a try is counted.
    """
    with suppress(NotNoted):
        lines.name_of(settings.instance)
    with sessions.begin() as session:
        message = claim(session, message_id, now=now)
        if message and _waits_for_its_hours(message, settings, now):
            return message.state
    if message is None:
        return None
    was_sent = message.attempts > 1 and _is_noted_sent(message, settings)
    problem = None if was_sent else _try_and_note(message, settings, now)
    with sessions.begin() as session:
        if problem is None:
            note_sent(session, message, now=now)
        else:
            note_failure(session, message, problem, now=now)
        return session.get_one(Message, message_id).state


def note_sent(session: Session, claimed: Message, *, now: datetime) -> bool:
    """Record that the server took it, and forget what it said; tell if it still waited."""
    return _note(
        session, claimed, state=MessageState.SENT, sent_at=now, problem="", body=""
    )


def note_failure(
    session: Session, claimed: Message, problem: DeliveryFailed, *, now: datetime
) -> bool:
    """Record a failed try, and when to try next, if at all; tell if it still waited."""
    later = None if problem.permanent else next_try(claimed.attempts, now)
    what_follows = {"send_at": later} if later else {"state": MessageState.FAILED}
    return _note(session, claimed, problem=problem.reason[:500], **what_follows)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after so many tries; None when it is enough."""
    return now + TRIES[attempts - 1] if attempts <= len(TRIES) else None


def is_permanent(problem: Exception) -> bool:
    """Return whether the server said that it will never take this message."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return problem.smtp_code >= 500
    return False


def explain(problem: Exception) -> str:
    """Say in one line what went wrong, without anybody's address."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _text in problem.recipients.values()})
        return f"recipient refused ({', '.join(map(str, codes))})"
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{type(problem).__name__} ({problem.smtp_code})"
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"certificate not trusted: {problem.verify_message}"
    return f"{type(problem).__name__}: {problem}"


def compose(message: Message, settings: Settings) -> EmailMessage:
    """Make the e-mail of a message."""
    sender = Address(settings.place_name, addr_spec=one_address(settings.mail_from))
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = one_address(message.recipient)
    letter["Subject"] = one_line(message.subject)
    letter["Date"] = format_datetime(message.written_at)
    letter["Message-ID"] = f"<{message.message_id}@{sender.domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body)
    # After the content, which clears every header that begins with this word.
    letter["Content-Language"] = message.tag
    return letter


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    far = col(Message.send_at) > now + TOO_FAR
    has_come = sa.or_(col(Message.send_at) <= now, far)
    return sa.and_(col(Message.state) == MessageState.QUEUED, has_come)


def _waits_for_its_hours(message: Message, settings: Settings, now: datetime) -> bool:
    """Put a message off that is tried again where it may not arrive at this hour."""
    zone = ZoneInfo(settings.time_zone)
    rule = Rule(message.way, message.safe_from, message.safe_until, zone)
    moment = rule.next_moment(now)
    if moment <= now:
        return False
    message.send_at, message.attempts = moment, message.attempts - 1
    return True


def _note(session: Session, claimed: Message, **values: object) -> bool:
    """Write what came of a try, unless it was discarded or claimed again meanwhile."""
    change = (
        sa.update(Message)
        .where(
            col(Message.id) == claimed.id,
            col(Message.state) == MessageState.QUEUED,
            col(Message.attempts) == claimed.attempts,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return session.exec(change).rowcount == 1


def _is_noted_sent(message: Message, settings: Settings) -> bool:
    """Tell whether a try before this one was sent, and could not be recorded."""
    file = settings.instance / lines.NAME
    if not file.exists():
        return False
    told = lines.read([file], {KIND: {message.message_id}}).of(KIND)
    return bool(told) and told[message.message_id].act is Act.SENT


def _try_and_note(
    message: Message, settings: Settings, now: datetime
) -> DeliveryFailed | None:
    """Try, between two lines of the file beside the data; without the first, never."""
    trying = Line(Act.TRYING, KIND, message.message_id, now)
    try:
        lines.append(settings.instance, trying)
    except NotNoted as refused:
        return DeliveryFailed(str(refused))
    problem = _try(message, settings)
    outcome = Act.NOT_SENT if problem else Act.SENT
    try:
        lines.append(settings.instance, Line(outcome, KIND, message.message_id, now))
    except (NotNoted, SinceUnreadable):
        # The database is told all the same; a backup would hold it back.
        log.exception("message %s: what came of it is not noted", message.id)
    return problem


def _try(message: Message, settings: Settings) -> DeliveryFailed | None:
    try:
        deliver(message, settings)
    except DeliveryFailed as problem:
        return problem
    except RuleBroken as problem:
        return DeliveryFailed(problem.code, permanent=True)
    return None


def _send(letter: EmailMessage, settings: Settings) -> None:
    context = ssl.create_default_context()
    with open_server(settings, context) as server:
        encrypted = settings.mail_port == IMPLICIT_TLS_PORT
        if settings.mail_starttls:
            server.starttls(context=context)
            encrypted = True
        if settings.mail_login:
            if not encrypted:
                raise smtplib.SMTPNotSupportedError("no password without encryption")
            server.login(settings.mail_login, settings.mail_password)
        server.send_message(letter)


def _file(message: Message, letter: EmailMessage, folder: Path) -> None:
    """Write it under a name that a second try writes over."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{message.id:06d}-{message.letter}.eml"
    (folder / name).write_bytes(letter.as_bytes())


def remove_old_files(folder: Path, before: datetime) -> int:
    """Remove the letters that were written as files before a moment; count them."""
    gone = 0
    for file in sorted(folder.glob("*.eml")):
        if file.stat().st_mtime < before.timestamp():
            file.unlink(missing_ok=True)
            gone += 1
    return gone
