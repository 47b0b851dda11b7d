"""The key of a text (what makes two texts the same) and what may be stored as a target."""

import hashlib
import re
import unicodedata

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ONE_LINE = HEADINGS | {"td", "th", "dt", "title"}

_HARD_BREAK = re.compile(r"[ ]{2,}\n[ ]*")
_BLANKS = re.compile(r"[ \t\n]+")
_EMPTY_LINES = re.compile(r"\n[ ]*\n+")
# What ends a line somewhere: Word's own break, separators. Without it words would join.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Bytes Python-Markdown keeps for itself, other controls, the characters that turn the
# direction of everything after them, halves of surrogate pairs.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def normalise(text: str) -> str:
    """Give the key of a text: NFC, blanks collapsed, hard line breaks kept."""
    lines = _HARD_BREAK.split(unicodedata.normalize("NFC", text.strip()))
    return "  \n".join(_BLANKS.sub(" ", line) for line in lines)


def key_hash(text: str) -> str:
    """Give the SHA-256 of the key of a text, in hexadecimal digits."""
    return hashlib.sha256(normalise(text).encode("utf-8", "replace")).hexdigest()


def clean_target(text: str, kind: str) -> str:
    """Give what can be stored as target of a segment of this kind.

    Control characters, direction overrides and empty lines go; a heading, cell, term
    or callout title is one line. What is left may be empty.
    """
    text = _LINE_END.sub("\n", text).replace("\t", " ")
    text = unicodedata.normalize("NFC", _UNWANTED.sub("", text))
    text = _EMPTY_LINES.sub("\n", text).strip()
    if kind in ONE_LINE:
        text = _BLANKS.sub(" ", text)
    return text
