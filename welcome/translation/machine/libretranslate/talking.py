"""One question to the server whose address is set, and its answer: bounded both ways.

The standard library's client asks nobody else: it follows no redirect and no proxy of
the environment. Neither texts nor the key are ever logged.
"""

import http.client
import json
import re
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from welcome.translation.errors import EngineAway, EngineFailed

NAME = "libretranslate"
# Far more than a list of texts needs.
MOST_BYTES = 2_000_000
# What is shown of a server's own words.
MOST_SAID = 200
# Somebody in front of the server says that it cannot answer just now.
AWAY = frozenset(
    [
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    ]
)
# English, so that its refusals can be told apart.
_HEADERS = {
    "Accept": "application/json",
    "Accept-Language": "en",
    "Content-Type": "application/json",
    "User-Agent": "Welcome",
    "Connection": "close",
}


@dataclass(frozen=True)
class Reply:
    """What a server answered; `wait` are the seconds it asks to wait, where it does."""

    status: int
    content: bytes
    wait: float | None = None

    def read(self) -> object:
        """Read the JSON it holds; raises EngineFailed where it is none."""
        try:
            given: object = json.loads(self.content)
        except (ValueError, RecursionError):
            reason = f"its answer is no JSON: {_shorten(self.content)!r}"
            raise EngineFailed(engine=NAME, reason=reason) from None
        return given

    @property
    def said(self) -> str:
        """Give the server's own words for what is wrong, or the beginning of its page."""
        try:
            given = json.loads(self.content)
        except (ValueError, RecursionError):
            given = None
        if isinstance(given, dict) and isinstance(given.get("error"), str):
            return _one_line(given["error"])
        return _shorten(self.content)


def ask(
    address: str, path: str, asked: Mapping[str, object] | None, *, seconds: float
) -> Reply:
    """Ask a server for a path, or send it JSON; it has so many seconds for all of it.

    Raises EngineAway where it cannot be reached or does not answer in time,
    EngineFailed where it answers without end or sends us on to another address.
    """
    connection, ended = _open(address, seconds), threading.Event()
    lines: list[socket.socket] = []
    timer = threading.Timer(seconds, lambda: _cut(lines, ended))
    timer.daemon = True
    try:
        connection.connect()
        # The connection lets go of it once an answer has begun.
        lines.append(connection.sock)
        timer.start()
        reply = _converse(connection, urlsplit(address).path.rstrip("/") + path, asked)
        # Without a length, nobody but us knows that it is cut.
        if ended.is_set() or (reply.status == HTTPStatus.OK and not reply.content):
            raise ConnectionAbortedError("an empty answer")
    except (OSError, http.client.HTTPException) as problem:
        reason = _one_line(f"{type(problem).__name__}: {problem}")
        # Its own clock and ours run out at the same moment.
        if ended.is_set() or isinstance(problem, TimeoutError):
            reason = f"no answer within {seconds:g} seconds"
        raise EngineAway(address=address, reason=reason) from None
    finally:
        timer.cancel()
        connection.close()
    if reply.status in AWAY:
        reason = f"{reply.status}: {reply.said}"
        raise EngineAway(address=address, reason=reason)
    return reply


def _open(address: str, seconds: float) -> http.client.HTTPConnection:
    """Make a connection that is not made yet."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(
            host, parts.port, timeout=seconds, context=context
        )
    return http.client.HTTPConnection(host, parts.port, timeout=seconds)


def _converse(
    connection: http.client.HTTPConnection,
    path: str,
    asked: Mapping[str, object] | None,
) -> Reply:
    body = None if asked is None else json.dumps(asked).encode()
    connection.request("GET" if asked is None else "POST", path, body, _HEADERS)
    with connection.getresponse() as response:
        content = response.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            reason = f"its answer is longer than {MOST_BYTES} bytes"
            raise EngineFailed(engine=NAME, reason=reason)
        if response.length:
            raise http.client.IncompleteRead(content, response.length)
        if 300 <= response.status < 400:
            place = _one_line(response.headers.get("Location", "nowhere"))
            reason = f"it sends us on to {place}, where nothing of ours is sent"
            raise EngineFailed(engine=NAME, reason=reason)
        return Reply(response.status, content, _read_wait(response.headers))


def _cut(lines: Sequence[socket.socket], ended: threading.Event) -> None:
    """End a conversation that takes too long, however lively it is."""
    ended.set()
    for line in lines:
        with suppress(OSError):
            # Not the TLS one's own, which would let the reader go on in clear.
            socket.socket.shutdown(line, socket.SHUT_RDWR)


def _read_wait(headers: Message) -> float | None:
    """Read Retry-After: seconds, or a moment by the server's own clock."""
    given = headers.get("Retry-After", "").strip()
    if given.isascii() and given.isdigit():
        return float(given[:9])
    try:
        until = parsedate_to_datetime(given)
        since: datetime = parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - since).total_seconds())
    except (ValueError, TypeError):
        return None


def _shorten(content: bytes) -> str:
    return _one_line(content[: 4 * MOST_SAID].decode("utf-8", "replace"))


def _one_line(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()[:MOST_SAID]
