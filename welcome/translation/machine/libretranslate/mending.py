"""Undoing what the server does to an answer that was well: it minds the last mark.

It has every text end with the mark its source ends with, and knows few marks: `۔`
becomes `۔.`, and `。` is replaced by a full stop.
"""

import re
from collections import Counter

from welcome import locales
from welcome.translation.machine import marks
from welcome.translation.machine.engine import Marks
from welcome.translation.machine.protection.words import goes_round

# The marks it sets, and those that it takes for none.
_SET = "!?.,;。"
_OWN = "۔؟،؛।॥።፧፣፤။၊！？；，…‥⸮՞։"
_CLOSING = "\"'”’»›」』）)"
_DOUBLED = re.compile(rf"(?P<own>[{_OWN}]|[.!?…۔؟।。][{_CLOSING}])\s*[{_SET}]")
_ODD = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
# What takes the place of a mark of ours that took the place of one of theirs.
_TAKEN = {("Hans", "."): "。", ("Hant", "."): "。", ("Grek", "?"): ";"}
# Written without full stops.
_WITHOUT = frozenset(["Thai"])


def mend(source: str, said: str, target: str) -> str:
    """Give an answer as the model had it, as far as that can be known."""
    said = _ODD.sub(" ", said).strip()
    last = source.strip()[-1:]
    if not last or last not in _SET or not said.endswith(last) or said == last:
        return said
    tail = re.search(rf"(?:{_DOUBLED.pattern})$", said)
    if tail and not source.strip()[:-1].endswith(tail["own"]):
        return said[: tail.end("own")]
    locale = locales.find(target)
    script = locale.script if locale else ""
    if script in _WITHOUT and last == ".":
        return said[:-1].rstrip()
    if (script, last) in _TAKEN and not said[:-1].endswith(last):
        return said[:-1] + _TAKEN[script, last]
    return said


def is_whole(source: str, said: str) -> bool:
    """Tell whether all sentinels came back, none was added, and nothing goes round."""
    kept = all(_count(each, source) == _count(each, said) for each in Marks)
    return kept and not goes_round(said)


def _count(family: Marks, text: str) -> Counter[int]:
    return Counter(mark.number for mark in marks.find(family, text))
