"""The laws: what was taken apart comes together the same; a target is only text."""

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from tests.segmentation.documents import ANY_MARKDOWN, NASTY, documents, generated
from tests.segmentation.hostile import TARGETS
from tests.segmentation.reading_html import skeleton, without_blanks
from welcome.editions.markup import to_html, to_html_raw
from welcome.segmentation import (
    OutsideSubset,
    canonical,
    check,
    clean_target,
    extract,
    first_difference,
    merge,
    normalise,
    shape,
)

from .sentences import sentence

often = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
targets = st.one_of(st.sampled_from(TARGETS), NASTY, st.text(max_size=60))


@often
@given(ANY_MARKDOWN)
@example("")
@example("\ufeff")
@example("- a\n- b\n\n  c\n- d\n")
@example("> a\n\n> b\n")
@example("a\n:   b\na\n:   b\n")
def test_every_text_is_accepted_or_refused_with_a_line_and_a_reason(
    markdown: str,
) -> None:
    problems = check(markdown)
    for problem in problems:
        assert 1 <= problem.line <= max(markdown.replace("\r", "\n").count("\n"), 0) + 1
        assert sentence(problem)
    if not problems:
        written = canonical(markdown)
        assert canonical(written) == written
        assert check(written) == []
        assert shape(written) == shape(markdown)


@often
@given(documents())
def test_merging_what_was_extracted_renders_as_the_source(markdown: str) -> None:
    assume(not check(markdown))
    own = {i: segment.text for i, segment in enumerate(extract(markdown))}
    assert to_html(markdown, targets=own) == to_html(markdown)
    merged = merge(markdown, own)
    assert merged == canonical(markdown)
    assert without_blanks(to_html_raw(merged)) == without_blanks(to_html_raw(markdown))


@often
@given(documents())
def test_the_canonical_form_holds_the_same_segments(markdown: str) -> None:
    assume(not check(markdown))
    before, after = extract(markdown), extract(canonical(markdown))
    assert [(s.kind, s.path, s.key) for s in before] == [
        (s.kind, s.path, s.key) for s in after
    ]


@often
@given(documents(), st.data())
def test_a_target_never_changes_structure(markdown: str, data: st.DataObject) -> None:
    assume(not check(markdown))
    count = len(extract(markdown))
    poured = data.draw(
        st.dictionaries(st.integers(0, max(count - 1, 0)), targets, max_size=8)
    )
    assert skeleton(to_html(markdown, targets=poured)) == skeleton(to_html(markdown))
    merged = merge(markdown, poured)
    assert shape(merged) == shape(markdown)
    assert first_difference(markdown, merged) is None


@pytest.mark.parametrize("target", TARGETS)
def test_hostile_targets_are_only_text(target: str, one_of_everything: str) -> None:
    count = len(extract(one_of_everything))
    poured = dict.fromkeys(range(count), target)
    expected = skeleton(to_html(one_of_everything))
    assert skeleton(to_html(one_of_everything, targets=poured)) == expected
    assert shape(merge(one_of_everything, poured)) == shape(one_of_everything)


@often
@given(st.text(), st.sampled_from(["p", "h2", "li", "td", "th", "dt", "dd", "title"]))
def test_what_is_stored_is_clean_and_stays_so(text: str, kind: str) -> None:
    stored = clean_target(text, kind)
    assert clean_target(stored, kind) == stored
    assert normalise(normalise(stored)) == normalise(stored)
    assert not set(stored) & set("\x00\x02\x03\t\r\u202a\u202e\u2066\u2069")
    assert "\n\n" not in stored
    if kind not in ("p", "li", "dd"):
        assert "\n" not in stored


def test_most_of_the_grammar_is_in_the_subset() -> None:
    """The laws above are not empty: what they assume is usually so."""
    accepted = [name for name, text in generated(200) if not check(text)]
    assert len(accepted) >= 120


def test_a_copied_source_is_not_touched() -> None:
    markdown = "Text  with   blanks\nand   a line\n"
    segment = extract(markdown)[0]
    assert to_html(markdown, targets={0: segment.text}) == to_html(markdown)


def test_merging_refuses_what_cannot_be_written() -> None:
    with pytest.raises(OutsideSubset) as refused:
        merge("a\n\n- b\n\n    > c\n    d\n\n[x]: /y\n", {})
    assert refused.value.problems[0].code == "reference-link"
