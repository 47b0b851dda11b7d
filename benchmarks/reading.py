"""A page of a static edition against the same page rendered for each request.

Both stand behind the same server, one thread pool each, asked by the same client in
turns; requests are bounded in count.
"""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from benchmarks.synthetic import (
    NOW,
    TAGS,
    Installation,
    accept_everything,
    installation,
)
from welcome.app import create_app
from welcome.config import load
from welcome.database import connect, sessions
from welcome.editions import book, current, publish, views, web_edition

REQUESTS, ROUNDS, LEAST = 300, 5, 5.0
STATIC, DYNAMIC = "/ur/section-7/", "/-/bench/ur/section-7/"


def make_app() -> Flask:
    """The application with one more route, which renders the page each time."""
    settings = load(Path(os.environ["WELCOME_INSTANCE"]))
    maker = sessions(connect(settings.database))
    app = create_app(settings, maker)

    @app.get("/-/bench/<tag>/<slug>/")
    def rendered(tag: str, slug: str) -> str:
        with maker() as session:
            editions = current.list_current(session)
            found = next(each for each in editions if each.tag == tag)
            edition = session.get_one(book.Edition, found.edition_id)
            read = book.read(session, edition)
            page = next(each for each in read.sections if each.slug == slug)
            body = book.read_bodies(session, [page])[page.frozen_id]
            return web_edition.render_page(views.setting_of(read), page, body)

    return app


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve an installation with gunicorn; give its port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class",
        "gthread", "--threads", "4", "--no-control-socket", "benchmarks.reading:make_app()",
    ]  # fmt: skip
    environment = {**os.environ, "WELCOME_INSTANCE": str(folder)}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def per_second(port: int, path: str) -> float:
    """Ask for a page over and over on one connection; requests in a second."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    began = time.perf_counter()
    for _ in range(REQUESTS):
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
    return REQUESTS / (time.perf_counter() - began)


def prepare(made: Installation, folder: Path) -> None:
    """Publish Urdu and English, and leave settings for the server."""
    accept_everything(made)
    order = publish.Order("synthetic", ("en", *TAGS))
    publish.publish(made.sessions, order, settings=made.settings, now=NOW)
    keys = vars(made.settings.keys)
    (folder / "secrets.toml").write_text(
        "".join(f'{name} = "{value}"\n' for name, value in keys.items())
    )


def main() -> int:
    """Print the figures; exit code 1 where the ratio is below what is promised."""
    with installation(30) as made, tempfile.TemporaryDirectory():
        folder = made.settings.instance
        prepare(made, folder)
        with served(folder) as port:
            rounds = [
                (per_second(port, STATIC), per_second(port, DYNAMIC))
                for _ in range(ROUNDS)
            ]
    fast, slow = (statistics.median(each) for each in zip(*rounds, strict=True))
    ratio = statistics.median(a / b for a, b in rounds)
    print(f"static {fast:.0f}/s, rendered each time {slow:.0f}/s, ratio {ratio:.1f}")
    print(f"(median of {ROUNDS} rounds of {REQUESTS}; at least {LEAST:g} is promised)")
    return 0 if ratio >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
