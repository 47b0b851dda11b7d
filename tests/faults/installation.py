"""An installation of one's own: its processes are started by the real commands."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from flask_security import hash_password
from sqlmodel import select

from tests.faults import killing, town
from tests.ports import free_port
from welcome import config
from welcome.app import create_app
from welcome.cli import cast
from welcome.config import Settings
from welcome.database import Sessions, connect, sessions
from welcome.editions import problems
from welcome.editions.errors import PrintFailed
from welcome.editions.models import Edition
from welcome.translation.models import Target, TargetState

# Long enough for a machine that does other things too.
SECONDS_TO_START = 60
LEASE_SECONDS = 4
TAGS = "en,ur"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CONFIG = f"""\
site_url = "http://town.example"
testing = true
job_lease_seconds = {LEASE_SECONDS}
"""
SERVE = ("serve", "--processes", "2", "--threads", "4")
WORK = ("worker", "--processes", "2")


@dataclass
class Installation:
    """A folder with an instance, and the processes that work on it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    # Of a story's kills, those that are done to it.
    part: float = 1
    # Over its whole life, so that clients find it again.
    port: int = field(default_factory=free_port)

    @property
    def instance(self) -> Path:
        """Where its database and editions lie."""
        return self.folder / "instance"

    @property
    def log(self) -> Path:
        """What its processes say."""
        return self.folder / "log.txt"

    @property
    def scratch(self) -> Path:
        """Where its processes put what they need for a while."""
        return self.folder / "tmp"

    @cached_property
    def settings(self) -> Settings:
        """What it is set to."""
        return config.load(self.instance, self._welcome_environment())

    @cached_property
    def sessions(self) -> Sessions:
        """A look into its database."""
        return sessions(connect(self.settings.database, self.settings.keyring))

    def command(
        self, *words: str, seconds: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            _command(words), env=self._environment(), capture_output=True, text=True,
            timeout=seconds, check=False,
        )  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a command in a group of its own; what it says goes into the log."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                _command(words), env=self._environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def serve(self, *more: str) -> None:
        """Start the web server and wait until readers get a page."""
        self.running["web"] = self.start(*SERVE, "--port", str(self.port), *more)
        self.wait_for_web()

    def work(self) -> None:
        """Start the worker; what is due it finds by itself."""
        self.running["worker"] = self.start(*WORK)

    def print_nothing(self) -> None:
        """Let no print be due, as after some that failed: the story is another."""
        failed = problems.keep(PrintFailed(reason="time", detail=""), 1000)
        with self.sessions.begin() as session:
            for edition in session.exec(select(Edition)):
                edition.problem = failed

    def revive(self) -> None:
        """Start again what has ended, as whoever watches over it would."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self.serve() if name == "web" else self.work()
        if "web" in self.running:
            self.wait_for_web()

    def wait_for_web(self) -> None:
        """Wait until a page is there; raises AssertionError with the log."""
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.url + "/en/", timeout=5):
                    return
            except OSError:
                if self.running["web"].poll() is not None:
                    break
                time.sleep(0.1)
        raise AssertionError(f"the site did not start:\n{self.last_words()}")

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def last_words(self) -> str:
        """Give the end of the log."""
        return self.log.read_text("utf-8", "replace")[-6000:]

    def stop(self, name: str) -> None:
        """End a process as an administrator does; it is not started again."""
        process = self.running.pop(name)
        below = killing.descendants(process.pid)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            killing.kill_all(process.pid)
            process.wait(5)
        for each in filter(killing.is_alive, below):
            killing.kill(each)

    def end(self) -> None:
        """End all, whatever state they are in."""
        everyone = killing.who_works_on(self.instance)
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        killing.wait_until(lambda: not any(map(killing.is_alive, everyone)), 5)
        for each in everyone:
            killing.kill(each)
        for process in self.running.values():
            process.wait(5)
        self.sessions.kw["bind"].dispose()

    def _welcome_environment(self) -> dict[str, str]:
        given = self._environment()
        return {name: value for name, value in given.items() if "WELCOME_" in name}

    def _environment(self) -> dict[str, str]:
        self.scratch.mkdir(exist_ok=True)
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("WELCOME_")
        }
        # Commands start in half the time where what was compiled is kept.
        own.pop("PYTHONDONTWRITEBYTECODE", None)
        ours = {"WELCOME_INSTANCE": str(self.instance), "TMPDIR": str(self.scratch)}
        return own | ours | self.environment


def prepare(folder: Path, **environment: str) -> Path:
    """Make an instance with a pack, the cast and editions, by the real commands."""
    made = Installation(folder, environment)
    made.instance.mkdir()
    (made.instance / "config.toml").write_text(CONFIG, "utf-8")
    files = str(town.write(folder / "town"))
    for words in (
        ("db", "upgrade"),
        ("content", "import", files),
    ):
        _must(made.command(*words))
    _bring_people_in(made)
    _must(made.command("publish", "town", "--locales", TAGS))
    with made.sessions() as session:
        session.connection().exec_driver_sql("SELECT 1")
    made.end()
    return folder


def _bring_people_in(made: Installation) -> None:
    with create_app(made.settings, made.sessions).app_context():
        hashed = str(hash_password(cast.KEY_TO_EVERY_DOOR))
    with made.sessions.begin() as session:
        people = cast.assemble(session, now=NOW, password_hash=hashed)
        for account in people.values():
            account.interface_tag = "en"
        for target in session.exec(select(Target)):
            target.state, target.reviewed_at = TargetState.ACCEPTED, NOW
            target.author_id = people["translator_ur"].id
            target.reviewer_id = people["reviewer_ur"].id


def _command(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "welcome", *words]


def _must(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
