"""Markdown to segments and back: pure, the same answer for the same text."""

from . import changes
from .caps import find_excess_in_text
from .changes import Change, ChangeKind, Op, word_diff
from .check import check
from .errors import OutsideSubset
from .extract import Segment, extract
from .inline import (
    Code,
    CodeKind,
    Link,
    facts_in,
    links_in,
    placeholders,
    visible_text,
)
from .keys import clean_target, key_hash, normalise
from .merge import canonical, merge
from .problems import CODES, Problem
from .structure import Difference, first_difference, shape

__all__ = [
    "CODES",
    "Change",
    "ChangeKind",
    "Code",
    "CodeKind",
    "Difference",
    "Link",
    "Op",
    "OutsideSubset",
    "Problem",
    "Segment",
    "canonical",
    "changes",
    "check",
    "clean_target",
    "extract",
    "facts_in",
    "find_excess_in_text",
    "first_difference",
    "key_hash",
    "links_in",
    "merge",
    "normalise",
    "placeholders",
    "shape",
    "visible_text",
    "word_diff",
]
