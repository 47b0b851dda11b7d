"""What is small is hidden, and never can it be worked out from what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from welcome.buddies.explaining.hiding import (
    FEWEST,
    hide,
    hide_together,
    is_small,
    round_down,
)

SIZES = some.dictionaries(some.sampled_from("abcdef"), some.integers(0, 12), min_size=1)


@pytest.mark.parametrize(
    ("sizes", "also", "hidden"),
    [
        ({"a": 0, "b": 5}, "", ""),
        ({"a": 0, "b": 4, "c": 9, "d": 7}, "", "bd"),
        ({"a": 8, "b": 9, "c": 7}, "b", "bc"),
        ({"a": 8, "b": 0, "c": 7}, "b", "bc"),
        ({"a": 3, "b": 0}, "", "a"),
    ],
)
def test_nobody_is_no_group_and_whatever_is_hidden_is_not_alone(sizes, also, hidden):
    assert hide(sizes, also) == set(hidden)


@pytest.mark.parametrize(("size", "small"), [(0, 0), (1, 1), (4, 1), (5, 0)])
def test_small_is_from_one_to_four(size, small):
    assert is_small(size) == bool(small)


@given(some.integers(0, 1000))
def test_what_is_rounded_tells_the_fives(size):
    told = round_down(size)
    assert told % FEWEST == 0
    assert told <= size < told + FEWEST


@given(SIZES, some.data())
def test_parts_of_something_shown_are_hidden_together(first, rolled):
    second = {each: rolled.draw(some.integers(0, 12)) for each in first}
    hidden = hide_together([first, second])
    for sizes in (first, second):
        assert {each for each, size in sizes.items() if is_small(size)} <= hidden
        shown = [size for each, size in sizes.items() if each not in hidden and size]
        rest = sum(sizes[each] for each in hidden)
        # Only where nobody else is left does the whole itself tell of few people.
        assert not hidden or not shown or (len(hidden) > 1 and not is_small(rest))
