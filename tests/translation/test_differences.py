"""Differing words are looked for only in texts that a person could look at."""

import pytest

from welcome.segmentation import Op
from welcome.translation.differences import MOST_CHARACTERS, MOST_TOKENS, compare


def test_words_that_differ_are_marked() -> None:
    assert compare("Call the police now", "Call the council now") == [
        (Op.EQUAL, "Call the "),
        (Op.DELETE, "police"),
        (Op.INSERT, "council"),
        (Op.EQUAL, " now"),
    ]


@pytest.mark.parametrize("much", ["x" * (MOST_CHARACTERS + 1), "a " * MOST_TOKENS])
def test_what_is_too_much_is_shown_whole(much: str) -> None:
    assert compare(much, "a") == [(Op.DELETE, much), (Op.INSERT, "a")]
    assert compare("a", much) == [(Op.DELETE, "a"), (Op.INSERT, much)]
    assert compare("", much) == [(Op.INSERT, much)]
