"""Words that come from an engine: they never bring marks, stops or blanks of their own."""

import re
import unicodedata

from welcome.segmentation.inline import placeholders

from .pieces import OTHER, Line

# What Markdown, our facts or a browser could take for more than words.
_MARKS = re.compile(r"[*_`\[\]{}<>|\\]|&(?=#?\w+;)|!(?=\[)")
_STOP = re.compile(r"\s*[.۔।。።]+\s*$")
_ENDS = re.compile(r"[.۔।。።!?؟？！…:;]\W*$")
_WORDS_AGAIN = re.compile(r"(?i)(?<!\w)(\w+(?:\W+\w+){0,3}?)(?:\W+\1(?!\w)){2,}")
_SIGNS_AGAIN = re.compile(r"(\S{2,8}?)\1{4,}")


def settle(source: str, said: str) -> str:
    """Give what an engine said the outside its source has: stop, case, blanks.

    Engines were trained on sentences, and make one of everything.
    """
    said = said.strip()
    if not _ENDS.search(source.strip()):
        said = _STOP.sub("", said)
    first = re.search(r"[^\W\d_]", source)
    if first and first[0].islower() and said[:1].isupper() and said[1:2].islower():
        said = said[0].lower() + said[1:]
    return said


def tame(source: Line, said: str) -> str:
    """Take from words what could be read as markup, unless their source has it too."""
    own = "".join(each for each in source if isinstance(each, str))
    said = _MARKS.sub(lambda mark: mark[0] if mark[0] in own else "", said)
    # What two halves make together, when what stood between them is gone.
    return re.sub(r"[ \t\n]{2,}", " ", said) if not placeholders(said) else ""


def has_invented(said: str) -> bool:
    """Tell whether words hold what engines never get: figures, addresses."""
    return OTHER.search(said) is not None


def goes_round(said: str) -> bool:
    """Tell whether words go round in a circle."""
    return find_repeated(said) != ""


def find_repeated(said: str) -> str:
    """Find what stands three times in a row, or five where it is part of a word."""
    found = _WORDS_AGAIN.search(said) or _SIGNS_AGAIN.search(said)
    return found[1] if found else ""


def would_grow_together(before: str, after: str) -> bool:
    """Tell whether two texts need a blank between them to stay what they are."""
    one, two = before[-1:], after[:1]
    if "_" in (one, two):
        return one.isalnum() or two.isalnum()
    # Where words are written without blanks, figures stand among them too.
    is_close = unicodedata.east_asian_width(one or " ") in "WF"
    return one.isalnum() and two.isalnum() and not is_close
