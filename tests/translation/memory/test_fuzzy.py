"""Nearly the same: the window loses nothing, the best comes first."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from welcome.translation.memory.fuzzy import CUTOFF, Candidate, best, window
from welcome.translation.memory.lookup import _joined

WORDS = st.text(alphabet="abcdefgh ", min_size=1, max_size=60)


@settings(deadline=None)
@given(WORDS, st.text(alphabet="abc", max_size=60), st.integers(0, 60))
def test_the_window_holds_every_text_that_is_like_enough(
    one: str, added: str, cut: int
) -> None:
    low, high = window(len(one))
    for other in (one + added, one[cut:], one[cut:] + added):
        if fuzz.ratio(one, other) >= CUTOFF:
            assert low <= len(other) <= high


@settings(deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=20))
def test_joined_windows_cover_the_same_lengths(lengths: list[int]) -> None:
    windows = [window(length) for length in lengths]
    joined = _joined(windows)

    def cover(spans: list[tuple[int, int]]) -> set[int]:
        return {at for low, high in spans for at in range(low, high + 1)}

    assert cover(joined) == cover(windows)
    assert all(one[1] + 1 < two[0] for one, two in pairwise(joined))


def test_the_best_comes_first_and_each_target_once() -> None:
    candidates = [
        Candidate("Find a doctor near you.", "1"),
        Candidate("Find a good surgery near you.", "2"),
        Candidate("find a surgery near you.", "3"),
        Candidate("Find a surgery near you!", "3"),
        Candidate("We keep nothing about readers.", "4"),
        Candidate("x", "5"),
    ]
    found = best("Find a surgery near you.", candidates)
    assert [each.candidate.target for each in found] == ["3", "2", "1"]
    assert found[0].score == 100
    assert best("Find a surgery near you.", candidates, limit=1) == found[:1]
    assert best("", candidates) == []
    assert best("Find a surgery near you.", []) == []
