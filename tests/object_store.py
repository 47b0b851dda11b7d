"""A server that speaks S3, in a process of its own, which can be stopped and started.

What it holds stays while it is stopped, as it would on a disk.
"""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

BUCKET = "editions"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAFORTESTS", "AWS_SECRET_ACCESS_KEY": "only-for-tests"}


@dataclass(frozen=True)
class ObjectStore:
    """A running server, and the way to tell it things."""

    process: subprocess.Popen[str]
    address: str

    def stop(self) -> None:
        """Take the server away."""
        self._tell("stop")

    def start(self) -> None:
        """Give the server back."""
        self._tell("start")

    def client(self, service: str = "s3") -> Any:
        """Speak with it past our door."""
        return import_module("boto3").client(
            service,
            endpoint_url=self.address,
            region_name="us-east-1",
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )

    def objects(self, prefix: str) -> dict[str, int]:
        """List what lies below a prefix, with its sizes."""
        pages = self.client().get_paginator("list_objects_v2")
        return {
            each["Key"]: each["Size"]
            for page in pages.paginate(Bucket=BUCKET, Prefix=prefix)
            for each in page.get("Contents", [])
        }

    def ask_for_keys(self, *, wanted: bool) -> None:
        """Let only those in whose keys are known, or everybody."""
        request = urllib.request.Request(
            f"{self.address}/moto-api/reset-auth",
            data=b"0" if wanted else b"inf",
            headers={"Content-Type": "text/plain"},
        )
        urllib.request.urlopen(request, timeout=10).close()

    def _tell(self, command: str) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == f"{command}\n"


def running() -> Iterator[ObjectStore]:
    """Start a server with one bucket, and end it afterwards."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.object_store"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout
        made = ObjectStore(process, process.stdout.readline().strip())
        assert made.address
        made.client().create_bucket(Bucket=BUCKET)
        yield made
        process.kill()


def environment(given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Give an environment with keys, and without anything else of this machine's."""
    ours = {name: each for name, each in given.items() if not name.startswith("AWS_")}
    nowhere = {
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    return ours | nowhere | KEYS


def main() -> None:
    """Serve, and obey what is said on standard input until that ends."""
    # It belongs to the tests alone, and takes long to load.
    make = import_module("moto.server").ThreadedMotoServer
    server = make(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    _say(f"http://{host}:{port}")
    for line in sys.stdin:
        if line == "stop\n":
            server.stop()
        else:
            server = make(ip_address="127.0.0.1", port=port, verbose=False)
            server.start()
        _say(line.strip())


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
