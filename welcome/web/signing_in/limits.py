"""How often one address may try to sign in; the lock of the account is in the database."""

from collections.abc import Callable, Mapping
from typing import cast

from flask import Flask, Response
from flask.typing import RouteCallable
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from welcome.config import Settings

GUESSING = "20 per minute; 200 per hour"
ASKING = "5 per minute; 30 per hour"

# In seconds, where the counters are on another machine.
IMPATIENT: dict[str, str | int] = {"socket_connect_timeout": 2, "socket_timeout": 2}

LIMITS = {
    "security.login": GUESSING,
    "security.verify": GUESSING,
    "security.two_factor_token_validation": GUESSING,
    "security.mf_recovery": GUESSING,
    "security.wan_signin": GUESSING,
    "security.wan_signin_response": GUESSING,
    "security.reset_password": GUESSING,
    "security.forgot_password": ASKING,
}


def install(app: Flask, settings: Settings) -> None:
    """Limit what can be guessed; counted per process unless Redis is set and answers."""
    shared = settings.queue_url.startswith("redis")
    app.extensions["welcome.limiter"] = Limiter(
        get_remote_address,
        app=app,
        storage_uri=settings.queue_url if shared else "memory://",
        storage_options=IMPATIENT if shared else {},
        # Nobody may be locked out because a counter is away.
        in_memory_fallback_enabled=True,
    )
    hold(app, LIMITS)


def hold(
    app: Flask,
    limits: Mapping[str, str],
    counts: Callable[[Response], bool] | None = None,
) -> None:
    """Limit how often one address may post to some views; all answers count, or some."""
    limiter: Limiter = app.extensions["welcome.limiter"]
    for endpoint, limit in limits.items():
        limited = limiter.limit(limit, methods=["POST"], deduct_when=counts)
        app.view_functions[endpoint] = cast(
            "RouteCallable", limited(app.view_functions[endpoint])
        )
