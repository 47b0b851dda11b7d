"""What must come through a translation does, whatever the engine makes of it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translation.machine.damage import DAMAGE, Spoiling
from welcome.segmentation import extract, links_in, placeholders
from welcome.translation.errors import EngineFailed
from welcome.translation.machine.drafts import DraftNote, Made, Task, make
from welcome.translation.machine.engine import Answer, Marks

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


def draft(engine: Spoiling, given_texts: Sequence[str], tag: str = "fr") -> list[Made]:
    return make(engine, Task(given_texts, "en", tag, NAMES, "GB"))


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


def test_there_is_enough_to_try() -> None:
    assert len(texts()) >= 200
    assert sum(bool(facts(text)) for text in texts()) >= 100


@pytest.mark.parametrize("tag", ["fr", "ur", "ar", "zh-Hans", "ti"])
@pytest.mark.parametrize("name", DAMAGE)
def test_no_fact_is_lost_or_added_silently(name: str, tag: str) -> None:
    # All texts once; what changes from script to script shows in the written ones.
    sources = texts() if tag == "fr" else WRITTEN
    made = draft(Spoiling([name]), sources, tag)
    assert unmarked(sources, made) == []
    for source, each in zip(sources, made, strict=True):
        if each.text:
            kinds = Counter(code.kind for code in placeholders(source))
            assert Counter(code.kind for code in placeholders(each.text)) == kinds
            targets = sorted(link.target for link in links_in(source))
            assert sorted(link.target for link in links_in(each.text)) == targets


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from(sorted(DAMAGE)), min_size=1, max_size=4),
    st.floats(0.1, 1),
    st.integers(0, 10_000),
    st.sets(st.sampled_from(list(Marks))),
)
def test_no_mixture_of_damage_goes_unmarked(
    spoil: list[str], share: float, seed: int, families: set[Marks]
) -> None:
    engine = Spoiling(spoil, share, tuple(sorted(families, key=str)), seed)
    assert unmarked(WRITTEN, draft(engine, WRITTEN)) == []


def test_a_good_engine_needs_one_round_and_leaves_nothing_to_note() -> None:
    engine = Spoiling(["leave"])
    made = draft(engine, texts())
    assert len(engine.asked) == 2  # texts without anything to keep, and the others
    odd = [
        (text, each) for text, each in zip(texts(), made, strict=True)
        if {note.code for note in each.notes} & (GRAVE | {DraftNote.IN_PIECES})
    ]  # fmt: skip
    assert odd == []


def test_everything_equal_is_asked_once() -> None:
    engine = Spoiling(["leave"])
    draft(engine, [*WRITTEN, *WRITTEN, "See [ours](/one).", "Ask [ours](/two)."])
    asked = [text for each in engine.asked for text in each]
    assert len(asked) == len(set(asked))
    assert asked.count("ours") == 1


@pytest.mark.parametrize(
    ("spoil", "rounds"),
    [("space_out", 2), ("translate_digits", 2), ("shuffle", 2), ("lose", 4)],
)
def test_what_is_whole_in_another_shape_needs_no_second_round(
    spoil: str, rounds: int
) -> None:
    engine = Spoiling([spoil])
    made = draft(engine, ["Call {{emergency}} or 112 for help.", "Come in."])
    assert len(engine.asked) == rounds
    pieces = DraftNote.IN_PIECES in {note.code for note in made[0].notes}
    assert pieces == (rounds > 2)


def test_where_no_sentinel_comes_through_words_go_in_pieces_at_once() -> None:
    engine = Spoiling(["leave"], marks=())
    (made,) = draft(engine, ["Call {{emergency}}, or write to help@example.org."])
    assert engine.asked == [["Call", "or write to"]]
    assert made.text == "Callo {{emergency}}, oro writeo too help@example.org."
    assert [note.code for note in made.notes] == [DraftNote.IN_PIECES]


def test_no_words_no_question() -> None:
    engine = Spoiling(["leave"])
    made = draft(engine, ["111", "{{emergency}}", "**{{emergency}}**", "NHS", "…"])
    assert engine.asked == []
    assert [each.text for each in made] == [
        "111", "{{emergency}}", "**{{emergency}}**", "NHS", "…",
    ]  # fmt: skip


def test_what_stands_in_a_draft_is_ordered_by_the_engine() -> None:
    class Turning(Spoiling):
        def translate(self, texts, source, target, *, careful=False):
            return [Answer(" ".join(reversed(text.split()))) for text in texts]

    (made,) = draft(Turning([]), ["from {{one}} to **two words**"])
    assert made.text == "**words two** to {{one}} from"


def test_an_engine_that_loses_texts_fails() -> None:
    class Forgetful(Spoiling):
        def translate(self, texts, source, target, *, careful=False):
            return super().translate(texts, source, target)[1:]

    with pytest.raises(EngineFailed):
        draft(Forgetful(["leave"]), WRITTEN)


def test_circles_are_asked_once_more_with_care() -> None:
    class Careful(Spoiling):
        def translate(self, texts, source, target, *, careful=False):
            said = "Bien." if careful else "lundi lundi lundi lundi."
            return [Answer(said) for _text in texts]

    (made,) = draft(Careful([]), ["Well."])
    assert (made.text, made.notes) == ("Bien.", ())


@pytest.mark.parametrize(
    ("source", "said", "code"),
    [
        ("Come in now.", "Ja ja ja ja ja.", DraftNote.REPETITION),
        ("Come in now, my dear friends.", "Come in now, my dear friends.",
         DraftNote.UNTRANSLATED),
        ("You may come in whenever you like, my dear friends.", "Ja.", DraftNote.LENGTH),
        ("Come in now.", "Bienvenue 7.", DraftNote.FACT_ADDED),
    ],
)  # fmt: skip
def test_what_is_odd_is_noted(source: str, said: str, code: DraftNote) -> None:
    class Saying(Spoiling):
        def translate(self, texts, source, target, *, careful=False):
            return [Answer(said, -0.9) for _text in texts]

    (made,) = draft(Saying([]), [source])
    assert {code, DraftNote.UNSURE} <= {note.code for note in made.notes}


def test_another_script_is_noted() -> None:
    (made,) = draft(Spoiling(["leave"]), ["You may come in whenever you like."], "ur")
    assert DraftNote.WRONG_SCRIPT in {note.code for note in made.notes}


def test_a_way_through_other_languages_is_noted() -> None:
    class Far(Spoiling):
        def find_route(self, source, target):
            return (source, "en", "pl", target)

    (made,) = draft(Far(["leave"]), ["Come in."])
    assert (made.notes[0].code, dict(made.notes[0].params)) == (
        DraftNote.VIA, {"through": "en, pl"},
    )  # fmt: skip
