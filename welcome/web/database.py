"""The request's database session; the view commits, an error rolls back."""

from flask import Flask, current_app, g, has_request_context, request
from sqlmodel import Session

from welcome.database import Sessions, begin_mode

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Links that sign somebody in are followed by GET, and write; so does reading a concern.
WRITING_BLUEPRINTS = frozenset({"safeguarding", "security"})
# Posted only because a page is too long for an address; nothing is written.
READING_ENDPOINTS = frozenset({"writing.preview_page"})


def install(app: Flask, sessions: Sessions) -> None:
    """Give every request one session, opened when first used."""
    app.extensions["welcome.sessions"] = sessions
    app.before_request(_choose_begin_mode)
    app.teardown_appcontext(_close)


def db() -> Session:
    """Return this request's session."""
    if "session" not in g:
        g.session = current_app.extensions["welcome.sessions"]()
    session: Session = g.session
    return session


def give_up() -> None:
    """Ask no more in this request: the page that tells of it needs no database."""
    g.gave_up = True


def has_given_up() -> bool:
    """Tell whether the database did not answer in this request."""
    return "gave_up" in g


def _choose_begin_mode() -> None:
    reads = request.method in SAFE_METHODS or request.endpoint in READING_ENDPOINTS
    if request.blueprint in WRITING_BLUEPRINTS:
        reads = False
    g.begin_mode = begin_mode.set("DEFERRED" if reads else "IMMEDIATE")


def _close(_problem: BaseException | None) -> None:
    session = g.pop("session", None)
    if session is not None:
        session.close()
    token = g.pop("begin_mode", None)
    if token is not None and has_request_context():
        begin_mode.reset(token)
