"""Services of a story's own that it can stop: a Redis, and a mail server."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from typing_extensions import override

from tests.faults import killing
from tests.faults.installation import free_port

SECONDS_TO_START = 20


@dataclass
class Redis:
    """A Redis that forgets all when it is stopped, at an address that stays."""

    folder: Path
    port: int = field(default_factory=lambda: free_port())
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is found."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it; its absence fails with the command that installs it."""
        server = shutil.which("redis-server")
        assert server, "Run: apt-get install redis-server"
        log = self.folder / "redis.log"
        log.unlink(missing_ok=True)
        options = [
            "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
            "--dir", str(self.folder), "--logfile", str(log),
        ]  # fmt: skip
        self.process = subprocess.Popen([server, *options])
        assert killing.wait_until(
            lambda: log.exists() and "eady to accept" in log.read_text("utf-8"),
            SECONDS_TO_START,
        )

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None


@dataclass
class Postbox:
    """What a mail server was given; it takes its time and says what it was told to."""

    answer: str = "250 OK"
    seconds: float = 0
    received: list[str] = field(default_factory=list)

    @override
    async def handle_DATA(
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a letter, or refuse it."""
        await asyncio.sleep(self.seconds)
        if self.answer.startswith("250"):
            self.received += envelope.rcpt_tos
        return self.answer


@contextmanager
def receiving(postbox: Postbox, port: int) -> Iterator[None]:
    """Take letters at a port for the block."""
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
