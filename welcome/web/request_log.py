"""One line per request on standard error: never bodies, addresses or link tokens."""

import logging
import secrets
import time

from flask import Flask, Response, g, request

log = logging.getLogger("welcome.requests")


def install(app: Flask) -> None:
    """Give every request an id, and write its line when it is answered."""
    app.before_request(_begin)
    app.after_request(_write)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()


def _write(response: Response) -> Response:
    rule = request.url_rule.rule if request.url_rule else "-"
    spent = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    log.info(
        "%s %s %s %s %.0f ms",
        g.get("request_id", "-"),
        request.method,
        rule,
        response.status_code,
        spent,
    )
    response.headers["X-Request-Id"] = g.get("request_id", "-")
    return response
