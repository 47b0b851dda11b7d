"""What a server says it can do; asked now and then, not for each page that wants it."""

import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from welcome.translation.errors import EngineAway, EngineFailed
from welcome.translation.machine.argos.packages import code_of

from . import talking
from .talking import NAME

# A page may be waiting for it.
SECONDS = 8
FRESH, AWAY = 300, 20
MOST_LANGUAGES = 1000
# These servers run Argos' packages and have their codes; newer ones say these instead.
ALSO = {
    "pb": "pt-BR",
    "zh": "zh-Hans",
    "zt": "zh-Hant",
    "tl": "fil",
    "no": "nb",
    "nb": "no",
}


@dataclass(frozen=True)
class Known:
    """The languages of a server with those they lead to, all by its own codes.

    `most` is how many characters it takes in at once, None where it sets no limit.
    """

    targets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    most: int | None = None

    def find_pair(self, source: str, target: str) -> tuple[str, str] | None:
        """Find the server's codes for two locales (BCP 47) where one leads to another."""
        start = _find(source, self.targets)
        end = _find(target, self.targets.get(start, ())) if start else None
        return (start, end) if start and end and start != end else None

    def find_route(self, source: str, target: str) -> tuple[str, ...] | None:
        """Find the locales on the way.

        A server does not tell. Those that lead past English go through it as a rule.
        """
        if self.find_pair(source, target) is None:
            return None
        halves = self.find_pair(source, "en") and self.find_pair("en", target)
        return (source, "en", target) if halves else (source, target)


@dataclass
class Server:
    """A server, and what it said of itself last."""

    address: str
    _said: Known | EngineAway | EngineFailed | None = None
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def look(self) -> Known:
        """Say what it can do; raises EngineAway, EngineFailed.

        What was said, and that it was away, is remembered for a while.
        """
        with self._lock:
            if self._said is None or time.monotonic() > self._until:
                self._said = self._ask()
                good = isinstance(self._said, Known)
                self._until = time.monotonic() + (FRESH if good else AWAY)
            said = self._said
        if isinstance(said, Known):
            return said
        raise type(said)(**said.params)

    def forget(self) -> None:
        """Ask anew next time."""
        with self._lock:
            self._said = None

    def _ask(self) -> Known | EngineAway | EngineFailed:
        try:
            reply = talking.ask(self.address, "/languages", None, seconds=SECONDS)
            if reply.status != 200:
                reason = f"it answers /languages with {reply.status}: {reply.said}"
                return EngineFailed(engine=NAME, reason=reason)
            targets = _read_languages(reply.read())
            reply = talking.ask(
                self.address, "/frontend/settings", None, seconds=SECONDS
            )
            # Not every server tells, and what is in front of one may hide it.
            most = _read_most(reply.read()) if reply.status == 200 else None
        except (EngineAway, EngineFailed) as problem:
            return problem
        return Known(targets, most)


@lru_cache(maxsize=4)
def server_at(address: str) -> Server:
    """Give the one server at an address."""
    return Server(address.rstrip("/"))


def _find(tag: str, codes: Collection[str]) -> str | None:
    own = [tag, code_of(tag)]
    wanted = own + [ALSO[code] for code in own if code in ALSO]
    listed = {code.lower(): code for code in codes}
    return next((listed[w.lower()] for w in wanted if w.lower() in listed), None)


def _read_languages(given: object) -> dict[str, frozenset[str]]:
    listed = given if isinstance(given, list) else []
    rows = [row for row in listed[:MOST_LANGUAGES] if isinstance(row, dict)]
    codes = {row["code"] for row in rows if isinstance(row.get("code"), str)}
    if not codes:
        reason = "it names no languages: it may be no LibreTranslate"
        raise EngineFailed(engine=NAME, reason=reason)
    # Old servers name no targets: all lead to all there.
    return {
        row["code"]: _read_codes(row.get("targets", list(codes)))
        for row in rows
        if row.get("code") in codes
    }


def _read_codes(given: object) -> frozenset[str]:
    listed = given[:MOST_LANGUAGES] if isinstance(given, list) else []
    return frozenset(code for code in listed if isinstance(code, str))


def _read_most(given: object) -> int | None:
    most = given.get("charLimit") if isinstance(given, dict) else None
    return most if isinstance(most, int) and most > 0 else None
