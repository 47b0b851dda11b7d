"""Whatever is written, translated or held as a fact, nothing in the HTML does harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.segmentation import documents
from tests.segmentation.harm import faults
from tests.segmentation.hostile import SCHEMES, TAGS, TARGETS, patterns
from welcome.editions.markup import FactValue, to_html, to_html_raw
from welcome.segmentation import extract


def test_hostile_patterns_do_nothing() -> None:
    found = list(patterns())
    assert len(found) >= 500
    for markdown in found:
        for direction in ("ltr", "rtl"):
            assert faults(to_html(markdown, direction=direction)) == [], markdown


def test_hostile_targets_do_nothing() -> None:
    source = '## a\n\n- b\n\n| c | d |\n|---|---|\n\nT\n:   M\n\n!!! note "e"\n    f\n'
    count = len(extract(source))
    for target in (*patterns(), *TARGETS):
        rendered = to_html(source, targets=dict.fromkeys(range(count), target))
        assert faults(rendered) == [], target


@pytest.mark.parametrize("kind", ["phone", "url", "email", "money", "address", "text"])
def test_hostile_facts_do_nothing(kind: str) -> None:
    source = '## {{a}}\n\n{{a}} [x]({{a}} "{{a}}") ![{{a}}](/b "{{a}}") **{{a}}**\n'
    values = [*TAGS, *TARGETS, *(f"{scheme}alert(1)" for scheme in SCHEMES)]
    for value in [*values, '" onclick="alert(1)', 'https://a" onclick="x', 'a@b.c"x']:
        rendered = to_html(source, facts={"a": FactValue(kind, value)})
        assert faults(rendered) == [], value


def test_hostile_heading_ids_do_nothing() -> None:
    for name in (*TAGS, '" onclick="alert(1)', "x y"):
        assert faults(to_html("## a\n", heading_ids=[name])) == []


def test_the_test_of_harm_finds_harm() -> None:
    """The unsafe rendering of the same patterns fails, so the tests above can."""
    harmful = [pattern for pattern in patterns() if faults(to_html_raw(pattern))]
    assert len(harmful) >= 100


@settings(max_examples=150, deadline=None)
@given(documents.ANY_MARKDOWN, st.sampled_from(["ltr", "rtl"]))
def test_whatever_is_written_is_harmless(markdown: str, direction: str) -> None:
    assert faults(to_html(markdown, direction=direction)) == []
