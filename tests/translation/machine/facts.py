"""Texts with every kind of fact, and what must be equal in them and their drafts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from welcome.segmentation import extract
from welcome.translation.machine.drafts import DraftNote, Made

GRAVE = {DraftNote.FACT_LOST, DraftNote.FACT_ADDED}
# Each kind of thing that must come through, alone, together, at either end, nested.
WRITTEN = [
    "Call {{emergency}} now.",
    "{{emergency}} is free, {{police}} is not.",
    "Call 01922 650000 or +44 1922 650000, from 9am to 5.30pm.",
    "It costs £12.50, then £1,000 a month or 50p a day.",
    "Come on 5 May 2026, or on 25/12/2026 at 17:00.",
    "Write to help@example.org, or to first_last@example.org.",
    "See https://www.example.org/a_(b)?c=d#e and www.gov.uk/help for more.",
    "See [the *NHS* site (A–Z)](https://www.nhs.uk/a_(b)) and [ours](/help).",
    "**Do this first**, _then_ wait, and **never [go](/away) alone**.",
    "Bring form `HC1` & wait for %(name)s, {count} or %s at WS1 1TP.",
    "A star \\* is no mark, nor is &amp; or &#8364;.",
    "Line one  \nline two: call 999.",
    "![A map of 3 roads](/media/map.png) shows the way.",
    "<https://example.org> and <help@example.org> work too.",
    "111",
    "{{emergency}}",
    "**{{emergency}}**",
    "NHS 111 and Universal Credit stay as they are.",
    "Ring X1Q or ⟦1⟧ at gate 3.",
    "COVID-19, 24/7, 1st floor, 3.5%, 20-minute walk.",
    "[01922 650000](tel:+441922650000)",
    "five * six and under_score and [brackets] alone",
    "1,2,3: go! 4–5 people, 6 to 7 days, 8am–9pm",
]
NAMES = ("NHS", "Universal Credit")


@cache
def texts() -> list[str]:
    """The segments of the demonstration pack, and the written ones."""
    pages = sorted(Path("content/walsall/en").glob("*.md"))
    bodies = [page.read_text("utf-8").split("+++", 2)[2] for page in pages]
    return WRITTEN + [each.text for body in bodies for each in extract(body)]


def facts(text: str) -> Counter[str]:
    """Count what must be equal, found in another way than the code under test does."""
    plain = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text
    )
    found = Counter(re.findall(r"\d+", plain))
    found += Counter(re.findall(r"\{\{[^{}]*\}\}|[\w.]+@[\w.]+\w|`[^`]*`", text))
    found += Counter(
        re.findall(r"\]\([^\s)]*(?:\([^\s)]*\))?[^\s)]*\)|https?://\S+", text)
    )
    return found + Counter(each for each in NAMES if each in text)


def unmarked(sources: Sequence[str], made: Sequence[Made]) -> list[tuple[str, str]]:
    """List the drafts in which a fact is lost or added and nobody is told."""
    return [
        (source, each.text)
        for source, each in zip(sources, made, strict=True)
        if each.text
        and facts(source) != facts(each.text)
        and not GRAVE & {note.code for note in each.notes}
    ]
