"""The one place that wires everything."""

from functools import partial
from importlib import import_module

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from welcome import keys
from welcome.config import Settings
from welcome.database import Sessions, connect, sessions
from welcome.jobs import waking
from welcome.jobs.waking import Bell, Wake
from welcome.since.noting import keep_since
from welcome.web import (
    catching_up,
    counters,
    database,
    desks,
    errors,
    headers,
    health,
    isolating,
    request_log,
    site_map,
    static_files,
    words,
)
from welcome.web.signing_in import security
from welcome.web.uploads import OwnRequest

MOST_BYTES = 16 * 1024 * 1024


def create_app(settings: Settings, maker: Sessions | None = None) -> Flask:
    """Make the web application of an installation."""
    maker = maker or sessions(connect(settings.database, keys.living(settings)))
    keep_since(maker, settings.instance)
    waking.call_after_commit(maker, Bell(partial(_open_queue, settings)).ring)
    app = Flask("welcome.web", static_url_path="/-/static")
    app.request_class = OwnRequest
    app.config.update(_flask_settings(settings))
    app.extensions["welcome.settings"] = settings
    request_log.install(app)
    catching_up.install(app, settings, maker)
    database.install(app, maker)
    words.install(app, settings.time_zone)
    isolating.install(app)
    errors.install(app)
    CSRFProtect(app)
    security.install(app)
    site_map.install(app)
    desks.install(app)
    plain = app.wsgi_app
    static_files.install(app, settings, maker)
    health.install(app, plain)
    headers.install(app)
    counters.install(app, settings)
    _trust_proxies(app, settings.trusted_proxies)
    return app


def _open_queue(settings: Settings) -> Wake:
    """Open the queue; loaded when a job is first written, since that takes long."""
    carrying = import_module("welcome.jobs.carrying")
    wake: Wake = carrying.caller(settings.queue_url, settings.instance)
    return wake


def _trust_proxies(app: Flask, number: int) -> None:
    """Take a visitor's address from exactly so many proxies, never the host."""
    if number:
        # Flask means this attribute to be replaced, though its types call it a method.
        vars(app)["wsgi_app"] = ProxyFix(app.wsgi_app, x_for=number, x_proto=number)


def _flask_settings(settings: Settings) -> dict[str, object]:
    secure = settings.site_url.startswith("https://")
    return {
        "SECRET_KEY": settings.keys.session,
        "SECURITY_PASSWORD_SALT": settings.keys.password_salt,
        "TESTING": settings.testing,
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "WTF_I18N_ENABLED": False,
        "WTF_CSRF_TIME_LIMIT": 8 * 3600,
    }
