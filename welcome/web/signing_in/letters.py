"""One-time links, and the letters that carry them, in the transaction that asks."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import after_this_request, current_app
from flask.wrappers import Response
from flask_security import MailUtil, recoverable
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlmodel import Session
from typing_extensions import override

from welcome import clock, locales
from welcome.accounts import access
from welcome.accounts.locks import LOCK
from welcome.accounts.models import Account
from welcome.config import Settings
from welcome.locales import formats
from welcome.messages import outbox
from welcome.messages.models import Message
from welcome.web.database import db

INVITATION = timedelta(days=7)
RESET = timedelta(days=1)


class OutboxMail(MailUtil):
    """Puts the library's letters into our outbox, in our words."""

    @override
    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **kwargs: object,
    ) -> None:
        """Write the letter; the library's own wording is not used."""
        account = kwargs["user"]
        if not isinstance(account, Account):
            raise TypeError(type(account))
        if template.endswith("reset_instructions"):
            write_reset(db(), account, str(kwargs["reset_token"]))
        elif template.endswith(("reset_notice", "change_notice")):
            write_notice(db(), account, "password_changed")
        else:
            raise LookupError(template)
        after_this_request(_commit)


def absolute(endpoint: str, **values: str) -> str:
    """Make a link for a letter from the configured address.

    Never from the request: its Host header is the sender's to choose.
    """
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return _settings().site_url.rstrip("/") + path


def invitation_link(account: Account) -> str:
    """Make the link with which an invited person chooses a first password."""
    token = _serializer().dumps(account.fs_uniquifier)
    return absolute("signing_in.accept_invitation", token=token)


def reset_link(account: Account) -> str:
    """Make a link that chooses a new password, once, within a day."""
    return absolute("security.reset_password", token=reset_token(account))


def reset_token(account: Account) -> str:
    """Make the token of such a link; a new password makes it worthless."""
    make: Callable[[Account], str] = recoverable.generate_reset_password_token
    return make(account)


def find_invited(session: Session, token: str) -> Account | None:
    """Find whom an invitation was for; None once it was used, or is too old."""
    try:
        key = _serializer().loads(token, max_age=int(INVITATION.total_seconds()))
    except BadData:
        return None
    return access.find_invited(session, key)


def write_invitation(session: Session, account: Account) -> Message:
    """Write the letter with the one-time link to somebody who was invited."""
    return _write(
        session,
        account,
        "invitation",
        link=invitation_link(account),
        date=_last_day(account, INVITATION),
    )


def write_reset(session: Session, account: Account, token: str) -> Message:
    """Write the letter with the link that chooses a new password."""
    return _write(
        session,
        account,
        "password_reset",
        link=absolute("security.reset_password", token=token),
        date=_last_day(account, RESET),
    )


def write_notice(session: Session, account: Account, letter: str) -> Message:
    """Write a letter that tells what happened, with the way to mend it."""
    return _write(
        session,
        account,
        letter,
        link=absolute("security.forgot_password"),
        minutes=int(LOCK.total_seconds() // 60),
    )


def _write(
    session: Session, account: Account, letter: str, **params: object
) -> Message:
    return outbox.write(
        session,
        letter,
        to=account.email,
        tag=account.interface_tag,
        now=clock.now(),
        name=account.name,
        place=_settings().place_name,
        **params,
    )


def _last_day(account: Account, within: timedelta) -> str:
    """Say until when a link works, as the reader writes dates."""
    moment = (clock.now() + within).astimezone(ZoneInfo(_settings().time_zone))
    return formats.format_date(locales.get(account.interface_tag), moment.date())


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="invitation")


def _settings() -> Settings:
    settings: Settings = current_app.extensions["welcome.settings"]
    return settings


def _commit(response: Response) -> Response:
    db().commit()
    return response
