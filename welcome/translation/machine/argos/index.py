"""The public list of packages: read only when somebody asks, from a file or by https."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from welcome.translation.errors import IndexUnreadable

from .packages import Pair, read_version

# The project's own list; fetched by `welcome mt available` alone.
ADDRESS = (
    "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
)
MOST_BYTES = 5_000_000
SECONDS = 20


@dataclass(frozen=True)
class Offer:
    """The newest package of a pair that the list knows, and where it lies."""

    pair: Pair
    version: str
    links: tuple[str, ...]


def read(place: str) -> dict[Pair, Offer]:
    """Read a list from a file or an https address; raises IndexUnreadable."""
    try:
        offers = _read(_fetch(place))
    except OSError as problem:
        raise IndexUnreadable(place=place, reason=str(problem)) from None
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        reason = "it is no list of packages"
        raise IndexUnreadable(place=place, reason=reason) from None
    newest: dict[Pair, Offer] = {}
    for offer in sorted(offers, key=lambda each: read_version(each.version)):
        newest[offer.pair] = offer
    return newest


def _read(content: bytes) -> list[Offer]:
    given = json.loads(content)
    if not isinstance(given, list):
        raise TypeError(type(given))
    return [_offer(each) for each in given if each["type"] == "translate"]


def _fetch(place: str) -> bytes:
    address = urlsplit(place)
    if address.scheme not in ("https", ""):
        raise OSError("only a file, or an address that begins with https://, is read")
    content = _download(address) if address.scheme else _read_file(Path(place))
    if len(content) > MOST_BYTES:
        raise OSError(f"it is longer than {MOST_BYTES} bytes")
    return content


def _read_file(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _download(address: SplitResult) -> bytes:
    connection = HTTPSConnection(address.netloc, timeout=SECONDS)
    try:
        connection.request("GET", f"{address.path}?{address.query}".rstrip("?"))
        answer = connection.getresponse()
        if answer.status != HTTPStatus.OK:
            raise OSError(f"the server answers {answer.status} {answer.reason}")
        return answer.read(MOST_BYTES + 1)
    except HTTPException as problem:
        raise OSError(repr(problem)) from None
    finally:
        connection.close()


def _offer(given: dict[str, object]) -> Offer:
    links = given.get("links")
    listed = links if isinstance(links, list) else []
    pair = str(given["from_code"]), str(given["to_code"])
    return Offer(pair, str(given["package_version"]), tuple(map(str, listed)))
