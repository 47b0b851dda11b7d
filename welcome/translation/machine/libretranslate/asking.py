"""Having texts translated by a server: lists of them, within one span of time."""

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from welcome.translation.errors import (
    EngineAway,
    EngineFailed,
    EngineRefused,
    NoRoute,
)

from . import talking
from .talking import NAME, Reply

log = logging.getLogger(__name__)

_LETTER = re.compile(r"[^\W\d_]")
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")


@dataclass(frozen=True)
class Limits:
    """How much is sent at once, and how long we wait for it, in seconds.

    The server works on a list one by one: a short list costs no speed, and is not
    half done when its time is up. `wait` is for a server that wants fewer requests
    and does not say when; it doubles each time. `whole` is for all of a call.
    """

    texts: int = 25
    characters: int = 4000
    seconds: float = 120
    wait: float = 5
    longest_wait: float = 60
    whole: float = 600


@dataclass
class Asking:
    """One call: its server, the codes of its locales, and what is left of its time."""

    address: str
    key: str = field(repr=False)
    pair: tuple[str, str]
    limits: Limits
    alternatives: int = 0
    # Why a text got no answer, once one did not.
    stumbled: str = ""
    _until: float = field(init=False)

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.limits.whole

    def ask(self, texts: Sequence[str]) -> list[list[str]]:
        """Have texts translated: for each its answer, then others that are worse.

        What the server stumbles over gets an empty one. Raises NoRoute, EngineAway,
        EngineFailed, EngineRefused.
        """
        reply = self._send(texts)
        if reply.status == HTTPStatus.OK:
            return _read(reply.read(), texts)
        self._refuse(reply)
        if reply.status == HTTPStatus.BAD_REQUEST and "alternatives" in reply.said:
            if not self.alternatives:
                raise _failed(reply)
            self.alternatives = 0
            return self.ask(texts)
        if not _is_too_much(reply):
            raise _failed(reply)
        if len(texts) > 1:
            half = len(texts) // 2
            return self.ask(texts[:half]) + self.ask(texts[half:])
        self.stumbled = f"{reply.status}: {reply.said}"
        log.warning("%s has no answer for a text: %s", self.address, self.stumbled)
        return [[""]]

    def _send(self, texts: Sequence[str]) -> Reply:
        """Send a list, again after a while where the server has too much to do."""
        wait = self.limits.wait
        while True:
            seconds = min(self.limits.seconds, self._until - time.monotonic())
            if seconds <= 0:
                reason = f"not done within {self.limits.whole:g} seconds"
                raise EngineAway(address=self.address, reason=reason)
            reply = talking.ask(
                self.address, "/translate", self._body(texts), seconds=seconds
            )
            if reply.status != HTTPStatus.TOO_MANY_REQUESTS:
                return reply
            pause = max(reply.wait or 0.0, wait)
            if time.monotonic() + pause > self._until:
                reason = f"{reply.status}, wants {pause:g} seconds: {reply.said}"
                raise EngineAway(address=self.address, reason=reason)
            log.info("%s has too much to do; waiting %g s", self.address, pause)
            time.sleep(pause)
            wait = min(2 * wait, self.limits.longest_wait)

    def _body(self, texts: Sequence[str]) -> dict[str, Any]:
        source, target = self.pair
        asked: dict[str, Any] = {"q": list(texts), "source": source, "target": target}
        asked["format"] = "text"
        if self.alternatives:
            asked["alternatives"] = self.alternatives
        if self.key:
            asked["api_key"] = self.key
        return asked

    def _refuse(self, reply: Reply) -> None:
        """Raise what a refusal means that no other way of asking would mend."""
        said = reply.said
        if reply.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise EngineRefused(address=self.address, said=said)
        if reply.status != HTTPStatus.BAD_REQUEST:
            return
        # It says so with the same code as everything else.
        if "API key" in said:
            raise EngineRefused(address=self.address, said=said)
        if "is not supported" in said or "not available as a target" in said:
            source, target = self.pair
            raise NoRoute(engine=NAME, source=source, target=target)


def _is_too_much(reply: Reply) -> bool:
    """Tell whether fewer texts at once may go well: one of them may be the culprit."""
    if reply.status == HTTPStatus.BAD_REQUEST:
        return "exceeds text limit" in reply.said
    return reply.status in (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def _read(given: object, texts: Sequence[str]) -> list[list[str]]:
    """Read the answer for a list; raises EngineFailed where it is none."""
    said = given.get("translatedText") if isinstance(given, dict) else None
    others = given.get("alternatives") if isinstance(given, dict) else None
    if not isinstance(said, list) or not all(_is_text(each) for each in said):
        raise EngineFailed(engine=NAME, reason="its answer is no list of texts")
    if len(said) != len(texts):
        reason = f"it gave {len(said)} texts for {len(texts)}"
        raise EngineFailed(engine=NAME, reason=reason)
    if _is_mockery(texts, said):
        reason = "it answers with emoji: it wants a secret, or a key"
        raise EngineFailed(engine=NAME, reason=reason)
    if not isinstance(others, list) or len(others) != len(texts):
        return [[each] for each in said]
    return [
        [first, *(each for each in rest if _is_text(each))]
        if isinstance(rest, list)
        else [first]
        for first, rest in zip(said, others, strict=True)
    ]


def _is_text(given: object) -> bool:
    """Tell whether something is a text that can be kept."""
    if not isinstance(given, str):
        return False
    try:
        given.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_mockery(texts: Sequence[str], said: Sequence[str]) -> bool:
    """Tell whether nothing but emoji came back for words."""
    pairs = zip(texts, said, strict=True)
    worded = [answer for text, answer in pairs if _LETTER.search(text)]
    return bool(worded) and all(
        _EMOJI.search(answer) and not _LETTER.search(answer) for answer in worded
    )


def _failed(reply: Reply) -> EngineFailed:
    return EngineFailed(engine=NAME, reason=f"{reply.status}: {reply.said}")
