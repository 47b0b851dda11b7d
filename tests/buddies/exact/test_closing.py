"""What is reached is what walking every way reaches."""

from hypothesis import given
from hypothesis import strategies as some

from welcome.buddies.exact.closing import close
from welcome.buddies.exact.sets import list_numbers, lowest, set_of

MOST = 9


def walked(follow, start):
    """Walk from a point, one edge at a time."""
    seen, waiting = {start}, [start]
    while waiting:
        fresh = follow[waiting.pop()] - seen
        seen |= fresh
        waiting += fresh
    return seen


@given(
    some.integers(0, MOST).flatmap(
        lambda size: some.lists(
            some.sets(some.integers(0, max(size - 1, 0)), max_size=3 * (size > 0)),
            min_size=size,
            max_size=size,
        )
    )
)
def test_everything_that_can_be_reached_is(follow):
    found = close([set_of(each, MOST) for each in follow])
    for start, reached in enumerate(found):
        assert set(list_numbers(reached)) == walked(follow, start)


def test_a_long_chain_needs_no_deep_stack():
    count = 5_000
    chain = [1 << at + 1 for at in range(count - 1)] + [0]
    assert [each.bit_count() for each in close(chain)] == list(range(count, 0, -1))
    ring = [*chain[:-1], 1]
    assert set(close(ring)) == {(1 << count) - 1}


@given(some.sets(some.integers(0, 100), min_size=1))
def test_a_set_gives_back_its_numbers(numbers):
    made = set_of(numbers, 100)
    assert list_numbers(made) == sorted(numbers)
    assert lowest(made) == min(numbers)
    assert list_numbers(0) == []
