"""The pseudo-translator: visibly fake, and nothing but words is touched."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packs_on_disk import TOWN
from welcome.segmentation import extract, facts_in, links_in
from welcome.translation.checks import Severity, run
from welcome.translation.machine.drafts import Task, make
from welcome.translation.machine.pseudo import PseudoEngine

SAYING = [
    "Call {{emergency}} or 112 before 5 May 2026, 9am to 5.30pm.",
    "See the [NHS site (A–Z)](https://www.nhs.uk/a_(b)) or write to help@example.org.",
    "It costs £12.50, **not** £1,000 a month; call 01632 960001.",
    "Use `HC1` & wait for %(name)s at WS1 1TP.",
    "See www.gov.uk/help for the form, 24 hours a day.",
]
TAGS = ["ar", "ur", "pl", "uk", "pa", "zh-Hans", "ti", "hi", "el", "bn"]


def pseudo(texts: Sequence[str], source: str, tag: str) -> list[str]:
    return [each.text for each in make(PseudoEngine(), Task(texts, source, tag))]


def texts() -> list[str]:
    bodies = [
        text.split("+++", 2)[2] for name, text in TOWN.items() if name[-2:] == "md"
    ]
    return SAYING + [segment.text for body in bodies for segment in extract(body)]


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_that_a_check_guards_is_lost(tag: str) -> None:
    sources = texts()
    made = pseudo(sources, "en", tag)
    for source, target in zip(sources, made, strict=True):
        wrong = [
            f for f in run(source, target, tag=tag) if f.severity is Severity.BLOCKING
        ]
        assert wrong == [], target
        assert facts_in(target) == facts_in(source)
        assert [x.target for x in links_in(target)] == [
            x.target for x in links_in(source)
        ]
        assert target != source
        assert target.startswith("«")


def test_text_gets_longer_as_other_languages_do() -> None:
    source = "You can register with a family doctor near you."
    target = pseudo([source], "en", "pl")[0]
    assert len(source) * 1.2 < len(target) < len(source) * 1.8


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5), st.sampled_from([*TAGS, "x-none"]))
def test_there_is_an_answer_for_each_text(given_texts: list[str], tag: str) -> None:
    made = pseudo(given_texts, "en", tag)
    assert len(made) == len(given_texts)
    assert made == pseudo(given_texts, "en", tag)


def test_the_whole_demonstration_pack_can_be_tried() -> None:
    pages = sorted(Path("content/walsall/en").glob("*.md"))
    segments = [
        segment.text
        for page in pages
        for segment in extract(page.read_text("utf-8").split("+++", 2)[2])
    ]
    made = pseudo(segments, "en", "ar")
    for source, target in zip(segments, made, strict=True):
        codes = [
            f.code
            for f in run(source, target, tag="ar")
            if f.severity is Severity.BLOCKING
        ]
        assert codes == [], (source, target)
