"""The one door to the object store that keeps editions for all machines.

Contents are named by their SHA-256: what many editions share is one object, is sent once,
and is either what its name says or harmed.
"""

import base64
import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from types import ModuleType
from typing import Any, ClassVar, Protocol

from typing_extensions import override

from welcome.config import Settings
from welcome.editions import fingerprints
from welcome.editions.errors import (
    StoreHarmed,
    StoreLibraryMissing,
    StoreRefused,
    StoreUnreachable,
)

SCHEME = "s3://"
# How many requests run beside each other.
AT_ONCE = 8
# In seconds. Whoever waits for the store may be a reader who waits for a print.
CONNECTING, ANSWERING = 3, 10
# What the library says where it knows no keys, or half of them.
KEYLESS = ("NoCredentialsError", "PartialCredentialsError", "ProfileNotFound")

# It has no types of its own.
Client = Any


class Store(Protocol):
    """What keeps contents for all machines, and gives them back whole or not at all.

    Each way to ask raises StoreUnreachable or StoreRefused where there is no answer.
    """

    is_set: ClassVar[bool]

    def greet(self) -> None:
        """Ask whether the store answers and lets us in."""

    def holds(self, digest: str, size: int) -> bool:
        """Ask whether a content of this size is there."""

    def keep(self, digest: str, content: bytes) -> None:
        """Send a content; it is there whole once this returns."""

    def fetch(self, digest: str, *, most: int) -> bytes:
        """Fetch a content of at most so many bytes.

        Raises StoreHarmed where it is missing, larger, or not what its name says.
        """


class Nowhere(Store):
    """No store is set: each folder of editions is the only one."""

    is_set: ClassVar[bool] = False

    @override
    def greet(self) -> None:
        """Let everybody pass."""

    @override
    def holds(self, digest: str, size: int) -> bool:
        """Hold nothing."""
        return False

    @override
    def keep(self, digest: str, content: bytes) -> None:
        """Keep nothing."""

    @override
    def fetch(self, digest: str, *, most: int) -> bytes:
        """Raise StoreHarmed: nothing was ever kept."""
        raise StoreHarmed(name=digest, reason="missing")


@dataclass(frozen=True)
class S3Store:
    """A bucket, or a part of one, on a server that speaks S3.

    The keys come from where every tool looks for them: AWS_… in the environment, the
    files in ~/.aws, or the machine's own role.
    """

    bucket: str
    prefix: str
    # Of a server that is not Amazon's; empty for theirs.
    server: str

    is_set: ClassVar[bool] = True

    @property
    def address(self) -> str:
        """Name the store as the setting does."""
        return f"{SCHEME}{self.bucket}/{self.prefix}".rstrip("/")

    def greet(self) -> None:
        """Ask for one name: a bucket that is missing or closed says so here."""
        with self._asked():
            self._client.list_objects_v2(
                Bucket=self.bucket, Prefix=self._key(""), MaxKeys=1
            )

    def holds(self, digest: str, size: int) -> bool:
        """Ask whether a content of this size is there."""
        try:
            with self._asked():
                told = self._client.head_object(
                    Bucket=self.bucket, Key=self._key(digest)
                )
        except StoreHarmed:
            return False
        return bool(told["ContentLength"] == size)

    def keep(self, digest: str, content: bytes) -> None:
        """Send a content with a sum by which the server sees that it came whole."""
        summed = hashlib.md5(content, usedforsecurity=False).digest()
        with self._asked():
            self._client.put_object(
                Bucket=self.bucket,
                Key=self._key(digest),
                Body=content,
                ContentMD5=base64.b64encode(summed).decode(),
            )

    def fetch(self, digest: str, *, most: int) -> bytes:
        """Fetch a content and take nothing that is not what was kept."""
        with self._asked(digest):
            told = self._client.get_object(Bucket=self.bucket, Key=self._key(digest))
            with told["Body"] as body:
                # No more is read than was announced; less is an answer broken off.
                if told.get("ContentLength", most + 1) > most:
                    raise StoreHarmed(name=digest, reason="larger")
                content = bytes(body.read())
        if fingerprints.of_bytes(content) != digest:
            raise StoreHarmed(name=digest, reason="changed")
        return content

    @cached_property
    def _client(self) -> Client:
        """Open the library's client when it is first needed: loading it takes long."""
        boto3, config = _library("boto3"), _library("botocore.config")
        session = boto3.session.Session()
        return session.client(
            "s3",
            endpoint_url=self.server or None,
            region_name=session.region_name or "us-east-1",
            config=config.Config(
                connect_timeout=CONNECTING,
                read_timeout=ANSWERING,
                retries={"mode": "standard", "total_max_attempts": 2},
                max_pool_connections=AT_ONCE,
                # Servers that are not Amazon's know no newer sums than the one we send.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path" if self.server else "auto"},
            ),
        )

    def _key(self, digest: str) -> str:
        return f"{self.prefix}/files/{digest}".lstrip("/")

    @contextmanager
    def _asked(self, digest: str = "") -> Iterator[None]:
        """Say in our own errors how the store answers."""
        problems = _library("botocore.exceptions")
        broken_off = _library("urllib3.exceptions").HTTPError
        try:
            yield
        except problems.ClientError as problem:
            raise self._told(problem.response, digest) from None
        except (problems.BotoCoreError, broken_off) as problem:
            name = type(problem).__name__
            if name in KEYLESS:
                raise StoreRefused(store=self.address, detail=name) from None
            raise StoreUnreachable(store=self.address, detail=name) from None

    def _told(
        self, response: dict[str, Any], digest: str
    ) -> StoreHarmed | StoreRefused | StoreUnreachable:
        """Tell a content that is missing from a store that refuses us or is unwell."""
        code = str(response["Error"]["Code"])
        number = response["ResponseMetadata"]["HTTPStatusCode"]
        if number == 404 and code != "NoSuchBucket":
            return StoreHarmed(name=digest, reason="missing")
        if number >= 500 or number == 429:
            return StoreUnreachable(store=self.address, detail=f"{number} {code}")
        return StoreRefused(store=self.address, detail=f"{number} {code}")


NOWHERE = Nowhere()


def of(settings: Settings) -> Store:
    """Give the store of an installation, opened once in each process."""
    if not settings.editions_store:
        return NOWHERE
    return _open(settings.editions_store, settings.editions_store_address)


@cache
def _open(name: str, server: str) -> S3Store:
    bucket, _, prefix = name.removeprefix(SCHEME).partition("/")
    return S3Store(bucket, prefix.strip("/"), server.rstrip("/"))


def _library(name: str) -> ModuleType:
    """Load a part of the library, which not every installation has."""
    try:
        return import_module(name)
    except ImportError:
        raise StoreLibraryMissing(python=sys.executable) from None
