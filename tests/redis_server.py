"""A Redis of the test run's own."""

import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.ports import free_port

SECONDS_TO_START = 20


@dataclass
class Redis:
    """A Redis that forgets all when it is stopped, at an address that stays."""

    folder: Path
    port: int = field(default_factory=free_port)
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
        until = time.monotonic() + SECONDS_TO_START
        while not (log.exists() and "eady to accept" in log.read_text("utf-8")):
            assert time.monotonic() < until, "it did not start"
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None
