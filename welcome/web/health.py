"""Whether this process answers, and whether visitors may be sent to it: for machines."""

import os
from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Blueprint, Flask, Response, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from welcome import standing
from welcome.config import Settings
from welcome.database import Sessions, reading
from welcome.since import restorations
from welcome.web import metrics
from welcome.web.allowed import public, with_metrics_token

desk = Blueprint("health", __name__, url_prefix="/-")

LIVE = "/-/live"
PLAIN = "text/plain; charset=utf-8"


def install(app: Flask, plain: WSGIApplication) -> None:
    """Answer that the process is alive before anything asks the database."""
    inner = app.wsgi_app

    def answer(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        is_asked = environ.get("PATH_INFO") == LIVE
        return (plain if is_asked else inner)(environ, start_response)

    # Flask means this attribute to be replaced, though its types call it a method.
    vars(app)["wsgi_app"] = answer


@desk.get("/live")
@public
def live() -> ResponseReturnValue:
    """Say that the process answers; nothing else is looked at."""
    return Response("alive\n", content_type=PLAIN)


@desk.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """Say whether visitors may come, and if not, why; never a value of anything."""
    settings: Settings = current_app.extensions["welcome.settings"]
    lacking = list(_lacking(settings, current_app.extensions["welcome.sessions"]))
    said = "".join(f"{each}\n" for each in lacking) or "ready\n"
    return Response(said, 503 if lacking else 200, content_type=PLAIN)


@desk.get("/metrics")
@with_metrics_token
def show_metrics() -> ResponseReturnValue:
    """Give figures to whoever has the token."""
    settings: Settings = current_app.extensions["welcome.settings"]
    sessions: Sessions = current_app.extensions["welcome.sessions"]
    counted = current_app.extensions["welcome.counters"]
    return Response(
        metrics.text(settings, sessions, counted), content_type=metrics.TYPE
    )


def _lacking(settings: Settings, sessions: Sessions) -> Iterator[str]:
    if not (settings.instance / "secrets.toml").is_file() and not settings.testing:
        yield "the file of keys is not there"
    folder = settings.editions
    # One's own is made with the first edition; one that is shared is there, or not mounted.
    is_expected = bool(settings.editions_folder) or folder.exists()
    if is_expected and not os.access(folder, os.R_OK | os.X_OK):
        yield "the folder of editions cannot be read"
    try:
        stands, newest = standing.stands_at(sessions.kw["bind"])
        if stands != newest:
            yield "the database is not at the schema step of this program"
            return
        with reading(), sessions() as session:
            if restorations.find_pending(session):
                yield "the database was restored and waits for: welcome erasures apply"
    except SQLAlchemyError:
        yield "the database does not answer"
