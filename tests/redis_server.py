"""A Redis of the test run's own."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path


def start(folder: Path) -> Iterator[str]:
    """Start it in a folder, give its address; its absence fails with what installs it."""
    server = shutil.which("redis-server")
    assert server, "Run: apt-get install redis-server"
    folder.mkdir()
    port = _free_port()
    options = (
        "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder),
    )  # fmt: skip
    with subprocess.Popen(
        [server, *options], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        said = iter(process.stdout.readline, "")
        assert any("eady to accept" in line for line in said), "it did not start"
        yield f"redis://127.0.0.1:{port}/0"
        process.terminate()
        process.communicate()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
