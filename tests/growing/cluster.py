"""Web and worker processes, each on a folder of its own, as if on machines of their own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask_security import hash_password

from tests import object_store, packs_on_disk
from tests.growing.browser import Browser
from tests.ports import free_port
from welcome import clock, config
from welcome.app import create_app
from welcome.cli import cast
from welcome.config import Settings
from welcome.database import Sessions, connect, sessions
from welcome.packs import access, content, versions
from welcome.translation.exchange import folder as translations

SECONDS_TO_START = 90
# Prints are made one after the other, on a machine that others use too.
SECONDS_TO_COME = 120


def wait_until(is_so: Callable[[], object], seconds: float = SECONDS_TO_COME) -> Any:
    """Wait for something, and give what came."""
    until = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < until, "it did not come in time"
        time.sleep(0.25)
    return found


@dataclass
class Machine:
    """A folder with the installation's keys, and a process that works on it."""

    folder: Path
    environment: Mapping[str, str]
    url: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def editions(self) -> Path:
        return self.folder / "editions"

    def begin(self, *command: str) -> None:
        """Start a process of this machine's."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "welcome", *command],
                env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def end(self) -> None:
        """Stop its process as whoever looks after the machine would."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        self.process = None

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "welcome", *command],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def told(self, *command: str) -> Any:
        """Give what a command tells programs."""
        done = self.run(*command, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@dataclass
class Cluster:
    """An installation on many machines."""

    root: Path
    given: Mapping[str, str]
    machines: dict[str, Machine] = field(default_factory=dict)
    maker: Sessions | None = None

    def machine(self, name: str) -> Machine:
        """Set up a folder: all it shares with the others are keys and settings."""
        folder = self.root / name
        folder.mkdir()
        shutil.copy(self.root / "secrets.toml", folder)
        environment = object_store.environment(os.environ) | self.given
        environment["WELCOME_INSTANCE"] = str(folder)
        self.machines[name] = Machine(folder, environment)
        return self.machines[name]

    def web(self, name: str) -> Machine:
        """Serve the site from one more machine."""
        made, port = self.machine(name), free_port()
        made.url = f"http://127.0.0.1:{port}"
        made.begin("serve", "--port", str(port))
        return made

    def worker(self, name: str) -> Machine:
        """Work on one more machine."""
        made = self.machine(name)
        made.begin("worker", "--processes", "1")
        return made

    def change(self, text: str) -> None:
        """Have a writer add a paragraph."""
        assert self.maker
        with self.maker.begin() as session:
            pack = access.get_pack(session, "town")
            page = access.get_page(session, pack, "doctor")
            draft = versions.draft_of(versions.head(session, page))
            draft = replace(draft, body=f"{draft.body}\n\n{text}\n")
            based_on = {"based_on": page.head, "actor": None, "now": clock.now()}
            versions.save(session, page, draft, **based_on)

    def publisher(self, machine: Machine) -> Browser:
        """Come in through one of the machines as who may publish."""
        browser = Browser(machine.url)
        wait_until(lambda: browser.get("/-/account/sign-in").code == 200, 90)
        browser.sign_in("publisher@example.org", cast.KEY_TO_EVERY_DOOR)
        return browser


@contextmanager
def running(
    root: Path, database_url: str, queue_url: str, **given: str
) -> Iterator[Cluster]:
    """Two machines that serve and two that work, on one database and one queue."""
    environment = {
        "WELCOME_DATABASE_URL": database_url,
        "WELCOME_QUEUE_URL": queue_url,
        "WELCOME_SITE_URL": "http://127.0.0.1:8000",
        "WELCOME_TESTING": "true",
        # What a worker was doing when it ended is taken up by the other soon.
        "WELCOME_JOB_LEASE_SECONDS": "10",
        **given,
    }
    config.make_secrets(root, database_exists=False)
    made = Cluster(root, environment)
    settings = replace(config.load(root, environment), instance=root)
    engine = connect(settings.database, settings.keyring)
    made.maker = sessions(engine)
    _fill(made.maker, settings)
    try:
        for name in ("web-1", "web-2"):
            made.web(name)
        for name in ("worker-1", "worker-2"):
            made.worker(name)
        yield made
    finally:
        for machine in made.machines.values():
            machine.end()
        engine.dispose()


def _fill(maker: Sessions, settings: Settings) -> None:
    """Load the town's pack with what is translated of it, and the cast."""
    now = clock.now()
    with create_app(settings, maker).app_context():
        hashed = str(hash_password(cast.KEY_TO_EVERY_DOOR))
    files = packs_on_disk.TOWN | packs_on_disk.URDU
    town = packs_on_disk.write_files(settings.instance / "town", dict(files))
    with maker.begin() as session:
        cast.assemble(session, now=now, password_hash=hashed)
        source = content.read(town)
        loaded = content.load(session, source, actor=None, now=now)
        translations.load(session, loaded, source, overwrite=False, actor=None, now=now)
