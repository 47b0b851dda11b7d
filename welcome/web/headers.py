"""Headers every answer carries: what a page may load, and who may frame it."""

from collections.abc import Callable, Iterable
from types import TracebackType
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

Raised = (
    tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
)


def install(app: Flask) -> None:
    """Add the headers to every answer, also to those that Flask is never asked for."""
    app.after_request(_forbid_keeping)
    # Flask means this attribute to be replaced, though its types call it a method.
    vars(app)["wsgi_app"] = EveryAnswer(app.wsgi_app)


class EveryAnswer:
    """Adds the headers to redirects, files, refusals and pages alike."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the application answer, and add what its headers lack."""

        def start(
            status: str,
            headers: list[tuple[str, str]],
            raised: Raised | None = None,
            /,
        ) -> Callable[[bytes], object]:
            present = {name.title() for name, _value in headers}
            lacking = [each for each in HEADERS.items() if each[0] not in present]
            return start_response(status, [*headers, *lacking], raised)

        return self.application(environ, start)


def _forbid_keeping(response: Response) -> Response:
    if not response.headers.get("Cache-Control"):
        response.headers["Cache-Control"] = "no-store"
    return response
