"""What must come through a translation does, whatever the engine makes of it."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translation.machine.damage import DAMAGE, Spoiling
from tests.translation.machine.facts import (
    GRAVE,
    NAMES,
    WRITTEN,
    facts,
    texts,
    unmarked,
)
from welcome.segmentation import links_in, placeholders
from welcome.translation.errors import EngineFailed
from welcome.translation.machine.drafts import DraftNote, Made, Task, make
from welcome.translation.machine.engine import Answer, Marks


def draft(engine: Spoiling, given_texts: Sequence[str], tag: str = "fr") -> list[Made]:
    return make(engine, Task(given_texts, "en", tag, NAMES, "GB"))


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
