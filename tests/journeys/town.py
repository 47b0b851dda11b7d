"""A town whose days the story decides: its web server, jobs and letters, in one process."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Thread

import pytest
from flask_security import hash_password
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.faults.postboxes import Postbox, receiving
from tests.ports import free_port
from welcome import clock
from welcome.app import create_app
from welcome.cli import cast
from welcome.config import Settings
from welcome.database import Sessions
from welcome.jobs import due, running
from welcome.jobs.handlers import HANDLERS

# A Monday morning, in everybody's hours.
BEGINS = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LINK = re.compile(r"^https?://\S+/-/take-part/\S+$", re.MULTILINE)


class Quiet(WSGIRequestHandler):
    """A server that writes no line for each request."""

    def log_request(self, *_args: object) -> None:
        """Write nothing."""


@dataclass
class Town:
    """An installation that answers; days pass when the story says so."""

    url: str
    settings: Settings
    sessions: Sessions
    postbox: Postbox
    real: Callable[[], datetime]
    shift: timedelta

    def now(self) -> datetime:
        """Tell the time in the town."""
        return self.real() + self.shift

    def lets_pass(self, **time: float) -> None:
        """Let some time pass, and do what it brings."""
        self.shift += timedelta(**time)
        self.works()

    def works(self) -> None:
        """Do all that is due, as a worker does, until nothing is."""
        while self._works_once():
            pass

    def _works_once(self) -> bool:
        with self.sessions.begin() as session:
            due.find_work(session, clock.now())
            wanted = due.list_to_wake(session, clock.now())
        ran = [running.run(self.sessions, self.settings, HANDLERS, id) for id in wanted]
        return any(ran)

    def letter_to(self, email: str) -> EmailMessage:
        """Find the newest letter that came to an address."""
        to_them = [each for each in self.postbox.received if each["To"] == email]
        assert to_them, f"no letter came to {email}"
        return to_them[-1]

    def link_for(self, email: str) -> str:
        """Find the link of the newest letter to an address, as a path of the site."""
        text = self.letter_to(email).get_content().replace("\r\n", "\n")
        # It stands twice where a letter is written in two languages.
        (address,) = set(LINK.findall(text))
        assert address.startswith(self.url), address
        return str(address).removeprefix(self.url)


@contextmanager
def opened(
    settings: Settings,
    sessions: Sessions,
    monkeypatch: pytest.MonkeyPatch,
    *,
    interface_tag: str,
) -> Iterator[Town]:
    """Bring the cast in, who read one language, and open the town's site."""
    port, mail_port = free_port(), free_port()
    url, postbox = f"http://127.0.0.1:{port}", Postbox()
    settings = replace(
        settings,
        site_url=url,
        place_name="Town",
        mail_server="127.0.0.1",
        mail_port=mail_port,
        mail_from="town@example.org",
    )
    Path(settings.instance).mkdir(parents=True, exist_ok=True)
    real = clock.now
    town = Town(url, settings, sessions, postbox, real, BEGINS - real())
    monkeypatch.setattr(clock, "now", town.now)
    app = create_app(settings, sessions)
    with app.app_context(), sessions.begin() as session:
        hashed = str(hash_password(cast.KEY_TO_EVERY_DOOR))
        people = cast.assemble(session, now=town.now(), password_hash=hashed)
        for account in people.values():
            account.interface_tag = interface_tag
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        with receiving(postbox, mail_port):
            yield town
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
