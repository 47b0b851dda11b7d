"""Who may open a page: decorators that read as a sentence above each view."""

import hmac
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Response, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from welcome.accounts.errors import SecondStepOwed
from welcome.accounts.models import Account, Grant
from welcome.accounts.permissions import (
    Permission,
    allows,
    allows_somewhere,
    list_grants,
)
from welcome.config import Settings
from welcome.errors import NotAllowed, NotFound
from welcome.web.database import db

P = ParamSpec("P")
T = TypeVar("T", bound=ResponseReturnValue)
View = Callable[P, ResponseReturnValue]

# What browsers call an origin that they do not tell.
HIDDEN = "null"
# In a session that a passkey opened, or in which one was added.
BY_PASSKEY = "by_passkey"


class SignedOut(NotAllowed):
    """Nobody is signed in who was when the form was opened."""


def public(view: Callable[P, T]) -> Callable[P, T]:
    """Let everybody in; there is no session and no cookie."""
    view.__dict__["access"] = "public"
    return view


class ForeignForm(NotAllowed):
    """A form that was sent from somebody else's page."""

    code = "foreign_form"


def public_form(view: View[P]) -> View[P]:
    """Let everybody fill in a form of ours, without a session; raises ForeignForm."""
    return _form(view, "public form", may_hide_origin=False)


def behind_link(view: View[P]) -> View[P]:
    """Let in whoever holds the secret in the address; raises ForeignForm.

    Such pages tell nobody where they stand, so that browsers hide their origin too.
    """
    return _form(view, "link", may_hide_origin=True)


def _form(view: View[P], access: str, *, may_hide_origin: bool) -> View[P]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if request.method == "POST" and not is_from_here(may_hide=may_hide_origin):
            raise ForeignForm
        return view(*args, **kwargs)

    guarded.__dict__["access"] = access
    return guarded


def is_from_here(*, may_hide: bool) -> bool:
    """Believe what browsers say of the page a form stood on; pages cannot change it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    if origin == HIDDEN:
        return may_hide
    settings: Settings = current_app.extensions["welcome.settings"]
    return urlsplit(origin).netloc in {request.host, urlsplit(settings.site_url).netloc}


def with_metrics_token(view: View[P]) -> View[P]:
    """Let in whoever shows the token for metrics; without one set there is no page."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        settings: Settings = current_app.extensions["welcome.settings"]
        if not settings.metrics_token:
            raise NotFound
        wanted = f"Bearer {settings.metrics_token}".encode()
        shown = request.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(shown, wanted):
            return Response("", 401, {"WWW-Authenticate": "Bearer"})
        return view(*args, **kwargs)

    guarded.__dict__["access"] = "metrics token"
    return guarded


def signed_in(view: View[P]) -> View[P]:
    """Let in whoever is signed in."""
    return _guard(view, lambda _arguments: True, "signed in")


def half_signed_in(view: View[P]) -> View[P]:
    """Let in whoever is signed in, also before the second step their role asks for."""
    return _guard(view, lambda _arguments: True, "signed in", waits=False)


def allowed(
    permission: Permission, *others: Permission, tag_arg: str | None = None
) -> Callable[[View[P]], View[P]]:
    """Let in who holds one of the permissions: for the locale in `tag_arg`, or any."""

    def decorate(view: View[P]) -> View[P]:
        def holds(arguments: dict[str, object]) -> bool:
            wanted = (permission, *others)
            if tag_arg:
                return any(may(each, str(arguments[tag_arg])) for each in wanted)
            return any(may_somewhere(each) for each in wanted)

        return _guard(view, holds, permission.value)

    return decorate


def allowed_any(*permissions: Permission) -> Callable[[View[P]], View[P]]:
    """Let in who holds one of some permissions."""

    def decorate(view: View[P]) -> View[P]:
        def holds(_arguments: dict[str, object]) -> bool:
            return any(may_somewhere(each) for each in permissions)

        return _guard(view, holds, permissions[0].value)

    return decorate


def find_account() -> Account | None:
    """Find who is signed in, if anybody is."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def current_account() -> Account:
    """Return who is signed in; raises NotAllowed where nobody is."""
    account = find_account()
    if account is None:
        raise NotAllowed
    return account


def current_grants() -> list[Grant]:
    """List what the one who is signed in was granted; read once a request."""
    if "grants" not in g:
        account = find_account()
        g.grants = list_grants(db(), account) if account else []
    grants: list[Grant] = g.grants
    return grants


def may(permission: Permission, tag: str | None = None) -> bool:
    """Tell whether the one who is signed in may do something (in a locale)."""
    return allows(current_grants(), permission, tag)


def may_somewhere(permission: Permission) -> bool:
    """Tell whether the one who is signed in may do something in some locale."""
    return allows_somewhere(current_grants(), permission)


def owes_second_step() -> bool:
    """Tell whether a role asks for more than the password that was shown so far."""
    settings: Settings = current_app.extensions["welcome.settings"]
    account = find_account()
    if account is None or account.tf_primary_method or session.get(BY_PASSKEY):
        return False
    return any(each.role in settings.second_step_required for each in current_grants())


def _guard(
    view: View[P],
    holds: Callable[[dict[str, object]], bool],
    access: str,
    *,
    waits: bool = True,
) -> View[P]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if find_account() is None:
            return _lead_to_sign_in()
        if waits and owes_second_step():
            return _lead_to_second_step()
        if not holds(dict(kwargs)):
            raise NotAllowed
        return view(*args, **kwargs)

    guarded.__dict__["access"] = access
    return guarded


def _lead_to_sign_in() -> ResponseReturnValue:
    """Lead to signing in; raises SignedOut where something was sent or is half shown."""
    if request.method == "POST" or "HX-Request" in request.headers:
        raise SignedOut
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def _lead_to_second_step() -> ResponseReturnValue:
    """Lead to where it is set up; raises SecondStepOwed where something was sent."""
    if request.method == "POST":
        raise SecondStepOwed
    return redirect(url_for("signing_in.first"))
