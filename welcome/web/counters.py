"""What each process has answered since it began, for whoever reads the metrics.

Whoever asks reaches one of several processes: each leaves what it counted in a file,
so that any can tell of all. Each keeps its own label, since each began at nought.
"""

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request

from welcome.config import Settings
from welcome.web.headers import Raised

log = logging.getLogger(__name__)

# What Flask was asked for; files of editions and assets are answered before it.
ENDPOINT = "welcome.endpoint"
FILES = "files"
UNKNOWN = "unknown"
SECONDS_BETWEEN_NOTES = 2.0
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})

# Method, endpoint and class of the status; then how many, and how many seconds.
Labels = tuple[str, str, str]
Counts = dict[Labels, tuple[int, float]]


def install(app: Flask, settings: Settings) -> None:
    """Count every answer, where somebody may read the figures."""
    counters = Counters(app.wsgi_app, settings.instance / "counters")
    app.extensions["welcome.counters"] = counters
    if not settings.metrics_token:
        return
    app.before_request(_name_endpoint)
    # Flask means this attribute to be replaced, though its types call it a method.
    vars(app)["wsgi_app"] = counters


class Counters:
    """Counts the answers of an application, and knows those of its siblings."""

    def __init__(self, application: WSGIApplication, folder: Path) -> None:
        self.application = application
        self.folder = folder
        self.counts: Counts = {}
        self.noted_at = 0.0
        self.lock = threading.Lock()

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the application answer, and count what it began to say."""
        began = time.perf_counter()
        said = ["500"]

        def start(
            status: str,
            headers: list[tuple[str, str]],
            raised: Raised | None = None,
            /,
        ) -> Callable[[bytes], object]:
            said[0] = status
            return start_response(status, headers, raised)

        try:
            return self.application(environ, start)
        finally:
            self._count(_labels(environ, said[0]), time.perf_counter() - began)

    def by_process(self) -> Mapping[str, Counts]:
        """Give what every living process on this machine has counted, by its number."""
        found = {str(os.getpid()): dict(self.counts)}
        for file in self.folder.glob("*.json"):
            if file.stem in found:
                continue
            if _is_alive(file.stem):
                found[file.stem] = _read(file)
            else:
                file.unlink(missing_ok=True)
        return found

    def _count(self, labels: Labels, seconds: float) -> None:
        with self.lock:
            number, spent = self.counts.get(labels, (0, 0.0))
            self.counts[labels] = number + 1, spent + seconds
            if time.monotonic() - self.noted_at < SECONDS_BETWEEN_NOTES:
                return
            self.noted_at = time.monotonic()
            try:
                self._note()
            except OSError as problem:
                log.warning("what was counted is not noted: %s", problem.strerror)

    def _note(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{os.getpid()}.json"
        beside = file.with_suffix(".new")
        told = [[*labels, *counted] for labels, counted in self.counts.items()]
        beside.write_text(json.dumps(told), "utf-8")
        beside.replace(file)


def _name_endpoint() -> None:
    request.environ[ENDPOINT] = request.endpoint or UNKNOWN


def _labels(environ: WSGIEnvironment, status: str) -> Labels:
    """Name an answer; whoever asks may not make up names without end."""
    method = environ.get("REQUEST_METHOD", "")
    return (
        method if method in METHODS else "other",
        str(environ.get(ENDPOINT, FILES)),
        f"{status[:1]}xx",
    )


def _read(file: Path) -> Counts:
    with suppress(OSError, ValueError, TypeError):
        return dict(_parse(json.loads(file.read_text("utf-8"))))
    return {}


def _parse(told: Iterable[Any]) -> Iterator[tuple[Labels, tuple[int, float]]]:
    for method, endpoint, status, number, seconds in told:
        yield (str(method), str(endpoint), str(status)), (int(number), float(seconds))


def _is_alive(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True
