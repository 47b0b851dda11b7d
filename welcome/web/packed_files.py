"""Files in several forms, plain and packed: each form has a name of its own for caches."""

from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.headers import Headers
from wsgiref.types import WSGIEnvironment

from werkzeug.http import parse_etags, unquote_etag
from whitenoise.base import WhiteNoise
from whitenoise.responders import NOT_MODIFIED_HEADERS, Redirect, Response, StaticFile

READING = frozenset({"GET", "HEAD"})


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

    def get_static_file(self, *args: object, **kwargs: object) -> PackedFile:
        """Prepare a file to be served."""
        return PackedFile(super().get_static_file(*args, **kwargs))


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
