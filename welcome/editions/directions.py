"""Keep what reads from left to right in one piece, whatever stands around it."""

import html
import re
from collections.abc import Iterator

import regex

_WITHOUT = ("code", "pre", "bdi")
_TAG = re.compile(r"(<[^>]*>)")
_ADDRESS = (
    r"(?:https?://|www\.)[^\s<>\"']*[\w/=&#+-]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_PHONE = r"(?<![\w.])(?:\+|\(?[0٠۰])\d?[\d\u00a0 ()./-]{4,}\d"
_CLOCK = (
    r"(?<![\d.:£€$])(?:\d{1,2}(?:[:.]\d\d)?[ \u00a0]?[ap]\.?m\b\.?"
    r"|\d{1,2}:\d\d(?![\d.:]))"
)
_TIME = rf"(?:{_CLOCK})(?:[ \u00a0]?[–-][ \u00a0]?(?:{_CLOCK}))*"
_LETTER = r"\p{Latin}\p{Greek}\p{Cyrillic}"
_ATOM = rf"(?:[+-]?[0-9]|[£€$][0-9]|[{_LETTER}])(?:[0-9{_LETTER}£€$%@:/.,_?=&#+~'’–-]*[0-9{_LETTER}£€$%/])?"
_LEFT_TO_RIGHT = regex.compile(rf"{_ADDRESS}|{_PHONE}|{_TIME}")
_FOREIGN = regex.compile(
    rf"\{{\{{[^{{}}]*\}}\}}|{_ADDRESS}|{_PHONE}|{_ATOM}(?:[ \u00a0]{_ATOM})*|{_TIME}"
)
_ARABIC_GROUP = re.compile(r"[٠-٩]+(?:[:.,/][٠-٩]+)*")
_PLAIN_NUMBER = re.compile(r"[0-9]+")


def isolate(rendered: str, *, is_rtl: bool) -> str:
    """Wrap what must be read from left to right; without it 0300 123 comes out reversed.

    In a right-to-left text that is every run of foreign words and numbers, because some
    print engines know no other isolation than this element.
    """
    pattern = _FOREIGN if is_rtl else _LEFT_TO_RIGHT
    return "".join(_isolated(rendered, pattern))


def _isolated(rendered: str, pattern: "regex.Pattern[str]") -> Iterator[str]:
    inside = 0
    for piece in _TAG.split(rendered):
        if piece.startswith("<"):
            name = piece[1:].split(" ")[0].rstrip(">")
            inside += name in _WITHOUT
            inside -= name.removeprefix("/") in _WITHOUT and name.startswith("/")
            yield piece
        elif inside or not pattern.search(text := html.unescape(piece)):
            yield piece
        else:
            yield "".join(_runs(text, pattern))


def _runs(text: str, pattern: "regex.Pattern[str]") -> Iterator[str]:
    at = 0
    for run in pattern.finditer(text):
        yield html.escape(text[at : run.start()], quote=False)
        shown = html.escape(run[0], quote=False)
        yield shown if _PLAIN_NUMBER.fullmatch(run[0]) else _kept_together(shown)
        at = run.end()
    yield html.escape(text[at:], quote=False)


def _kept_together(shown: str) -> str:
    # Groups of these digits run from right to left even here, unless each stands alone.
    if len(_ARABIC_GROUP.findall(shown)) > 1:
        shown = _ARABIC_GROUP.sub(r'<bdi dir="ltr">\g<0></bdi>', shown)
    return f'<bdi dir="ltr">{shown}</bdi>'
