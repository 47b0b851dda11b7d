"""A text as the value checks read it: no markup, ASCII digits, no invisible marks."""

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from welcome.segmentation.inline import visible_text, without_code

Span = tuple[int, int]

# Stands where a value was cut out; joins nothing to nothing.
CUT = "\ufffc"

# Marks of direction and vowels: they change nothing that is compared here.
_INVISIBLE = re.compile(
    "[\u00ad\u064b-\u0652\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]"
)
_FACT = re.compile(r"\{\{[^{}]*\}\}")
_MARK = re.compile(r"%\(\w+\)[sd]|%[sd]\b|\{\w*\}")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|www\.)[^\s<>\])»”]+")
_HOST = re.compile(
    r"(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|gov|edu|uk)\b[^\s\])»”]*"
)
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


def fold(text: str) -> str:
    """Write the digits of every script as ASCII; drop direction marks and vowel signs."""
    folded = _INVISIBLE.sub("", text.translate(_digits()))
    return unicodedata.normalize("NFC", folded)


@lru_cache(maxsize=1_000)
def words_of(text: str) -> str:
    """Give what a reader sees, without facts, placeholders, addresses and e-mails."""
    seen = visible_text(_FACT.sub(CUT, without_code(text)))
    for pattern in (_MARK, _ADDRESS, EMAIL, _HOST):
        seen = pattern.sub(CUT, seen)
    return seen


def values_of(text: str) -> str:
    """Give the words of a text ready for reading values."""
    return fold(words_of(text))


def without(text: str, spans: Iterable[Span]) -> str:
    """Cut spans out of a text; they may overlap."""
    for start, end in sorted(set(spans), reverse=True):
        text = text[:start] + CUT * (end - start) + text[end:]
    return text


@cache
def _digits() -> dict[int, str]:
    return {
        code: str(unicodedata.decimal(chr(code)))
        for code in range(0x660, min(sys.maxunicode, 0x1FC00))
        if unicodedata.category(chr(code)) == "Nd"
    }
