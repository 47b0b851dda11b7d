"""What follows from a sign-in, a failed one, and a change of how one signs in."""

from datetime import datetime

from flask import Flask, session
from flask_login import user_logged_out
from flask_security import (
    UserMixin,
    password_changed,
    password_reset,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    user_failed_authn,
    wan_deleted,
    wan_registered,
)

from welcome import clock
from welcome.accounts import journal
from welcome.accounts.journal import Act
from welcome.accounts.locks import count_failure, forget_failures
from welcome.accounts.models import Account
from welcome.web.allowed import BY_PASSKEY
from welcome.web.database import db
from welcome.web.signing_in import letters

# Somebody who holds a passkey cannot be guessed; only what can be is counted.
GUESSED = frozenset({"password", "code", "passcode"})

# How somebody came in; a changed password signs in anew, but nobody came.
WAYS_IN = {"password": "password", "webauthn": "passkey", "": "second-step"}


def install(app: Flask) -> None:
    """Listen to what the library tells of this application."""
    user_failed_authn.connect(_failed, app)
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    password_reset.connect(_password_reset, app)
    password_changed.connect(_password_changed, app)
    tf_profile_changed.connect(_second_step_on, app)
    tf_disabled.connect(_second_step_off, app)
    wan_registered.connect(_passkey_added, app)
    wan_deleted.connect(_passkey_removed, app)


def _failed(_app: Flask, user: Account, auth_type: str, **_more: object) -> None:
    """Count it, in a transaction of its own: the answer is an error page."""
    if auth_type not in GUESSED:
        return
    now = clock.now()
    if count_failure(db(), user, now=now):
        journal.write(db(), Act.ACCOUNT_LOCKED, "account", user.id, actor=None, now=now)
        letters.write_notice(db(), user, "account_locked")
    db().commit()


def _signed_in(
    _app: Flask, user: Account, authn_via: list[str] | None = None, **_more: object
) -> None:
    forget_failures(user)
    user.signed_in_at = now = clock.now()
    how = WAYS_IN.get((authn_via or [""])[0])
    if how:
        session[BY_PASSKEY] = how == "passkey"
        _journal(Act.ACCOUNT_SIGNED_IN, user, now, how=how)


def _signed_out(_app: Flask, user: UserMixin, **_more: object) -> None:
    """Tell it in a transaction of its own: the library saves nothing here."""
    session.pop(BY_PASSKEY, None)
    if isinstance(user, Account):
        _journal(Act.ACCOUNT_SIGNED_OUT, user, clock.now())
        db().commit()


def _password_reset(_app: Flask, user: Account, **_more: object) -> None:
    """Take it as proof that the person holds the address."""
    forget_failures(user)
    user.confirmed_at = user.confirmed_at or clock.now()
    _write(user, "password")


def _password_changed(_app: Flask, user: Account, **_more: object) -> None:
    _write(user, "password")


def _second_step_on(_app: Flask, user: Account, **_more: object) -> None:
    _write(user, "second-step-on")


def _second_step_off(_app: Flask, user: Account, **_more: object) -> None:
    user.tf_last_counter = None
    _write(user, "second-step-off")


def _passkey_added(_app: Flask, user: Account, **_more: object) -> None:
    session[BY_PASSKEY] = True
    _write(user, "passkey-added")


def _passkey_removed(_app: Flask, user: Account, name: str, **_more: object) -> None:
    """Trust the session by passkey no longer than there is one."""
    if all(passkey.name == name for passkey in user.webauthn):
        session.pop(BY_PASSKEY, None)
    _write(user, "passkey-removed")


def _write(account: Account, what: str) -> None:
    _journal(Act.ACCOUNT_SECURED, account, clock.now(), what=what)


def _journal(act: Act, account: Account, now: datetime, **details: str) -> None:
    person = db().get(Account, account.id)
    journal.write(db(), act, "account", account.id, actor=person, now=now, **details)
