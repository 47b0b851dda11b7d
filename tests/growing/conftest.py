"""What stories of many machines share."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.growing.cluster import free_port, wait_until


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of our own; its absence fails with the command that installs it."""
    server = shutil.which("redis-server")
    assert server, "Run: apt-get install redis-server"
    port, folder = free_port(), tmp_path / "redis"
    folder.mkdir()
    options = [
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        folder,
    ]
    with subprocess.Popen(
        [server, *map(str, options)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        wait_until(lambda: "eady to accept" in next(lines))
        yield f"redis://127.0.0.1:{port}/0"
        process.terminate()
        process.communicate()
