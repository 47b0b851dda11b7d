"""What changed between two versions."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from welcome.segmentation import ChangeKind, Op, changes, word_diff
from welcome.segmentation.changes import (
    MOST_CHARACTERS,
    MOST_TOKENS,
    Change,
    tokens,
)

A = "Register with a doctor near your home as soon as you can."
B = "Calling 111 is free at any time of the day or night."
C = "Children between five and sixteen must go to school."
D = "You need a National Insurance number before you start work."
SAME, MOVED, EDITED = ChangeKind.SAME, ChangeKind.MOVED, ChangeKind.EDITED


def kinds(
    old: list[str], new: list[str]
) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(c.kind.value, c.old, c.new) for c in changes.diff(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [], []),
        ([A], [A], [("same", (0,), (0,))]),
        ([A, B], [B, A], None),
        (
            [A, B, C],
            [A, C],
            [("same", (0,), (0,)), ("same", (2,), (1,)), ("removed", (1,), ())],
        ),
        (
            [A, C],
            [A, B, C],
            [("same", (0,), (0,)), ("new", (), (1,)), ("same", (1,), (2,))],
        ),
        ([A], [A.replace("soon", "early")], [("edited", (0,), (0,))]),
        ([A], [A + "!"], [("edited", (0,), (0,))]),
        (["Pay 1.5"], ["Pay 15"], [("edited", (0,), (0,))]),
        ([f"{A} {B}"], [A, B], [("split", (0,), (0, 1))]),
        ([A, B], [f"{A} {B}"], [("merged", (0, 1), (0,))]),
        ([A], [B], [("new", (), (0,)), ("removed", (0,), ())]),
    ],
)
def test_kinds(
    old: list[str],
    new: list[str],
    expected: list[tuple[str, tuple[int, ...], tuple[int, ...]]] | None,
) -> None:
    found = kinds(old, new)
    if expected is None:
        assert sorted(kind for kind, _, _ in found) == ["moved", "same"]
    else:
        assert found == expected


def test_a_heading_and_a_new_paragraph_are_not_a_split() -> None:
    found = kinds([A], [A, "Opening times"])
    assert found == [("same", (0,), (0,)), ("new", (), (1,))]


def test_a_moved_copy_is_the_one_with_the_same_neighbours() -> None:
    old = ["x", "More", "y", A, B, "p", "More", "q"]
    new = [A, B, "p", "More", "q", "x", "More", "y"]
    found = {c.new: c for c in changes.diff(old, new)}
    assert found[(3,)].old == (6,)
    assert found[(6,)].old == (1,)


keys = st.lists(
    st.sampled_from([A, B, C, D, f"{A} {B}", "Yes", "No", "More", A[:40]]), max_size=8
)


@settings(deadline=None)
@given(keys, keys)
def test_every_position_is_in_one_change(old: list[str], new: list[str]) -> None:
    found = changes.diff(old, new)
    assert sorted(i for c in found for i in c.old) == list(range(len(old)))
    assert sorted(j for c in found for j in c.new) == list(range(len(new)))
    for change in found:
        pairs = zip(change.old, change.new, strict=False)
        equal = [old[i] == new[j] for i, j in pairs]
        if change.kind in (SAME, MOVED):
            assert equal == [True]
        elif change.kind is EDITED:
            assert equal == [False]


def test_the_truth_is_found_again() -> None:
    """Known edits, moves, removals and insertions in documents of distinct sentences."""
    chance = random.Random(5)
    words = ["bus", "rent", "food", "card", "bank", "visit", "phone", "letter", "court"]
    for _ in range(40):
        old = [" ".join(chance.choice(words) for _ in range(12)) for _ in range(20)]
        new, truth = list(old), {}
        edited, removed = chance.sample(range(20), 2)
        new[edited] = " ".join(["street", *old[edited].split(" ")[1:]])
        truth[edited] = "edited"
        truth[removed] = "removed"
        del new[removed]
        found = {c.old[0]: c.kind.value for c in changes.diff(old, new) if c.old}
        assert found == {i: truth.get(i, "same") for i in range(20)}


def joined(pieces: list[tuple[Op, str]], *ops: Op) -> str:
    return "".join(text for op, text in pieces if op in ops)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    assert "".join(tokens(old)) == old
    pieces = word_diff(old, new)
    assert joined(pieces, Op.EQUAL, Op.DELETE) == old
    assert joined(pieces, Op.EQUAL, Op.INSERT) == new


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        (
            "Ring 0300 123 4567 now",
            "Ring 0300 123 4568 now",
            "0300 123 4567",
            "0300 123 4568",
        ),
        ("At 16:00 daily", "At 17:00 daily", "16:00", "17:00"),
        (
            "See https://a.example/x today",
            "See https://a.example/y today",
            "https://a.example/x",
            "https://a.example/y",
        ),
        ("Pay £10.50 here", "Pay £10.60 here", "£10.50", "£10.60"),
        ("Use {{gp-phone}} please", "Use {{gp}} please", "{{gp-phone}}", "{{gp}}"),
        ("اتصل على ١٢٣ الآن", "اتصل على ١٢٤ الآن", "١٢٣", "١٢٤"),
        ("我去医院", "我去学校", "医院", "学校"),
        ("می‌خواهم بروم", "نمی‌خواهم بروم", "می‌خواهم", "نمی‌خواهم"),
        ("a same", "a same", "", ""),
    ],
)
def test_numbers_and_addresses_stay_whole(
    old: str, new: str, gone: str, come: str
) -> None:
    pieces = word_diff(old, new)
    assert joined(pieces, Op.DELETE) == gone
    assert joined(pieces, Op.INSERT) == come


@pytest.mark.parametrize("much", ["x" * (MOST_CHARACTERS + 1), "a " * MOST_TOKENS])
def test_what_is_too_much_to_be_looked_at_is_shown_whole(much: str) -> None:
    assert word_diff(much, "a") == [(Op.DELETE, much), (Op.INSERT, "a")]
    assert word_diff("a", much) == [(Op.DELETE, "a"), (Op.INSERT, much)]
    assert word_diff("", much) == [(Op.INSERT, much)]


def test_changes_say_how_alike() -> None:
    assert changes.diff([A], [A]) == [Change(SAME, (0,), (0,), 100.0)]
    (edit,) = changes.diff([A], [A.replace("doctor", "dentist")])
    assert 80 < edit.score < 100
