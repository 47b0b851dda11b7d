"""Files in several forms, plain and packed: each form has a name of its own for caches."""

import gzip
import hashlib
import logging
import os
from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from wsgiref.headers import Headers
from wsgiref.types import WSGIApplication, WSGIEnvironment

import brotli
from werkzeug.http import parse_etags, unquote_etag
from whitenoise.base import WhiteNoise
from whitenoise.responders import NOT_MODIFIED_HEADERS, Redirect, Response, StaticFile

log = logging.getLogger(__name__)

READING = frozenset({"GET", "HEAD"})
ASSETS = "/-/static/"
TEXTS = (".css", ".js", ".svg")
WEEK = 7 * 24 * 3600


class PackedFile:
    """One file; whether a browser has it already is told by its name, never by its age."""

    def __init__(self, file: StaticFile) -> None:
        self.file = file
        # Equal names of unequal bytes would let a cache mix two forms of a page.
        file.alternatives = [
            (accepted, path, _named(headers))
            for accepted, path, headers in file.alternatives
        ]
        # When readers get an earlier edition again, its files are older than theirs.
        file.etag = file.last_modified = None

    def get_response(self, method: str, environ: WSGIEnvironment) -> Response:
        """Answer with the form the browser takes, or say that it has it."""
        if method in READING:
            _path, headers = self.file.get_path_and_headers(environ)
            own = dict(headers)["ETag"]
            if is_among(own, environ.get("HTTP_IF_NONE_MATCH")):
                kept = [each for each in headers if each[0] in NOT_MODIFIED_HEADERS]
                return Response(HTTPStatus.NOT_MODIFIED, kept, None)
            if environ.get("HTTP_IF_RANGE", own) != own:
                environ = {**environ, "HTTP_RANGE": ""}
        return self.file.get_response(method, environ)


class PackedFiles(WhiteNoise):
    """Serves files whose forms have names of their own."""

    files: dict[str, PackedFile | Redirect]

    def get_static_file(
        self, path: str, url: str, stat_cache: dict[str, os.stat_result] | None = None
    ) -> PackedFile:
        """Prepare a file to be served."""
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        self.add_own_headers(headers, path)
        forms = self.packed_forms(path)
        return PackedFile(StaticFile(path, headers.items(), forms, stat_cache))

    def add_own_headers(self, headers: Headers, path: str) -> None:
        """Add headers that only this kind of file has."""

    def packed_forms(self, path: str) -> dict[str, str]:
        """Say where the packed forms of a file lie."""
        return {"br": f"{path}.br", "gzip": f"{path}.gz"}


class PackedAssets(PackedFiles):
    """Serves our own assets, packed once into a folder of the installation."""

    def __init__(self, application: WSGIApplication, root: Path, packed: Path) -> None:
        super().__init__(application, max_age=WEEK, allow_all_origins=False)
        self.packed = packed
        for file in root.rglob("*"):
            if file.is_file():
                address = ASSETS + file.relative_to(root).as_posix()
                self.add_file_to_dictionary(address, str(file))

    def packed_forms(self, path: str) -> dict[str, str]:
        """Pack a text where it is not packed yet; nothing where that cannot be kept."""
        return self._pack(Path(path)) if path.endswith(TEXTS) else {}

    def _pack(self, file: Path) -> dict[str, str]:
        content = file.read_bytes()
        name = hashlib.sha256(content).hexdigest()[:32]
        forms = {}
        try:
            self.packed.mkdir(parents=True, exist_ok=True)
            for form, pack in PACKERS.items():
                place = self.packed / f"{name}.{form}"
                if not place.exists():
                    made = place.with_suffix(f".{os.getpid()}")
                    made.write_bytes(pack(content))
                    made.replace(place)
                forms[form] = str(place)
        except OSError:
            log.warning("assets are sent unpacked: %s cannot be written", self.packed)
            return {}
        return forms


@lru_cache
def _pack_thoroughly(content: bytes) -> bytes:
    packed: bytes = brotli.compress(content)
    return packed


@lru_cache
def _pack_widely(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


PACKERS = {"br": _pack_thoroughly, "gzip": _pack_widely}


def is_among(name: str, said: str | None) -> bool:
    """Tell whether a name (an ETag) stands in a list of them, weak or strong."""
    return parse_etags(said).contains_weak(unquote_etag(name)[0])


def _named(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Add the form to the name of what these headers go with."""
    own = Headers(list(headers))
    form = own["Content-Encoding"]
    if form:
        own["ETag"] = f'{str(own["ETag"])[:-1]}-{form}"'
    return own.items()
