"""Comparing a translation's blocks with those of its source."""

import pytest

from welcome.segmentation import Difference, first_difference, shape

SOURCE = "## Head\n\nText.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n"


def test_words_do_not_matter() -> None:
    other = "##  رأس\n\nنص\nثان.\n\n* واحد\n* اثنان\n\n|ا|ب|\n|-|-|\n|ت|ث|\n"
    assert shape(other) == shape(SOURCE)
    assert first_difference(SOURCE, other) is None


@pytest.mark.parametrize(
    ("target", "difference"),
    [
        (SOURCE.replace("##", "###"), Difference(1, "h2", "h3")),
        (SOURCE.replace("- two\n", ""), Difference(7, "li", "table")),
        (SOURCE.replace("- two\n", "- two\n- three\n"), Difference(7, "table", "li")),
        (SOURCE.replace("Text.\n", "Text.\n\nMore.\n"), Difference(5, "ul", "p")),
        (SOURCE.replace("| c | d |", "| c | |"), Difference(10, "td", "td")),
        (SOURCE + "\n> more\n", Difference(12, None, "blockquote")),
        (SOURCE.split("|")[0].rstrip(), Difference(6, "table", None)),
        (SOURCE.replace("- one\n- two", "1. one\n2. two"), Difference(5, "ul", "ol")),
        (SOURCE.replace("- one\n- two", "- one\n\n- two"), Difference(5, "li", "li")),
        ("", Difference(1, "h2", None)),
    ],
)
def test_the_first_difference(target: str, difference: Difference) -> None:
    assert first_difference(SOURCE, target) == difference
    assert shape(target) != shape(SOURCE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("## a {#x}", "## a"),
        ('!!! note "t"\n    a', '!!! stop "t"\n    a'),
        ("3. a\n4. b", "1. a\n2. b"),
        ("| a | b |\n|---|--:|", "| a | b |\n|---|---|"),
    ],
)
def test_attributes_are_structure(one: str, other: str) -> None:
    assert shape(one) != shape(other)
    assert first_difference(one, other) is not None
