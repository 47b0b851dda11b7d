"""Phone numbers and amounts that a text writes out, where a fact could hold them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from . import money, phones
from .plain import values_of, without

# Reading values takes time that grows with the square of a text.
_LONGEST = 5_000


class Loose(NamedTuple):
    """A value as the text writes it, and what stands for the same."""

    written: str
    key: str
    is_money: bool


def find(texts: Iterable[str], region: str) -> list[Loose]:
    """Find the phone numbers and amounts of texts in English, each once, in order."""
    found: dict[str, Loose] = {}
    for text in texts:
        if len(text) > _LONGEST or not re.search(r"\d", text):
            continue
        seen = values_of(text)
        dialled = phones.read(seen, region)
        loose = [
            (span, Loose(seen[slice(*span)].strip(), number, is_money=False))
            for span, number in dialled.items()
        ]
        loose += [
            (each.span, Loose(each.text, each.text.replace(" ", ""), is_money=True))
            for each in money.read(without(seen, dialled), strict=True)
        ]
        for _span, each in sorted(loose):
            found.setdefault(each.key, each)
    return list(found.values())
