"""Figures are right, and no group of fewer than five can be read from them."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.buddies import profiles
from welcome.buddies.explaining.fairness import (
    Dimension,
    Figures,
    Standing,
    compare,
    describe,
    find_gap,
)
from welcome.buddies.explaining.hiding import FEWEST
from welcome.buddies.rules.vocabulary import Gender, Level, make_wish


def standings(**sizes: int) -> list[Standing]:
    """People of one group each, the same in every dimension; every other is paired."""
    return [
        Standing(dict.fromkeys(Dimension, name), at % 2 == 0, at)
        for name, size in sizes.items()
        for at in range(size)
    ]


def shown(**sizes: int) -> dict[str, bool]:
    table = compare(standings(**sizes)).tables[Dimension.AREA]
    return {name: figures is not None for name, figures in table.items()}


def test_figures_are_counted():
    ledger = compare(standings(a=5, b=8))
    assert ledger.tables[Dimension.LANGUAGE] == {
        "a": Figures(5, 60, 2),
        "b": Figures(8, 50, 3),
    }
    assert ledger.everybody == Figures(13, 53, 3)


@pytest.mark.parametrize(
    ("sizes", "visible"),
    [
        ({"a": 5, "b": 5}, {"a": True, "b": True}),
        ({"a": 4, "b": 9, "c": 7}, {"a": False, "b": True, "c": False}),
        ({"a": 4, "b": 9}, {"a": False, "b": False}),
        ({"a": 1, "b": 1, "c": 9, "d": 8}, {"a": 0, "b": 0, "c": 1, "d": 0}),
        ({"a": 3, "b": 2, "c": 9}, {"a": False, "b": False, "c": True}),
        ({"a": 12}, {"a": True}),
    ],
)
def test_what_is_small_is_hidden_and_what_would_give_it_away(sizes, visible):
    assert shown(**sizes) == visible


def test_too_few_people_are_not_counted_at_all():
    ledger = compare(standings(a=4))
    assert ledger.everybody is None
    assert all(not table for table in ledger.tables.values())


@given(some.lists(some.tuples(*[some.sampled_from("abcdef")] * 4), max_size=60))
def test_no_small_group_can_be_worked_out(rolled):
    known = [
        Standing(dict(zip(Dimension, groups, strict=True)), at % 3 == 0, at)
        for at, groups in enumerate(rolled)
    ]
    ledger = compare(known)
    for dimension, table in ledger.tables.items():
        sizes = Counter(each.groups[dimension] for each in known)
        hidden = [name for name, figures in table.items() if figures is None]
        assert all(figures.people >= FEWEST for figures in table.values() if figures)
        if ledger.everybody is None:
            assert table == {}
            continue
        assert {name for name in sizes if sizes[name] < FEWEST} <= set(hidden)
        seen = sum(figures.people for figures in table.values() if figures)
        rest = ledger.everybody.people - seen
        # The rest is what a reader can work out: no group alone, and not a small one.
        assert rest == sum(sizes[name] for name in hidden)
        assert not hidden or (len(hidden) > 1 and rest >= FEWEST)


def test_a_newcomer_is_described_by_groups_alone():
    told = describe(profiles.NEWCOMER, "WS1", Level.EVERYDAY, is_paired=True)
    assert told.groups == {
        Dimension.LANGUAGE: "ti",
        Dimension.AREA: "WS1",
        Dimension.GENDER_WISH: "any",
        Dimension.ENGLISH: "no",
    }
    other = replace(
        profiles.NEWCOMER,
        languages={"ar": Level.FIRST, "ti": Level.FIRST, "en": Level.WELL},
        wish=make_wish([Gender.WOMAN, Gender.ANOTHER]),
    )
    groups = describe(other, "", Level.WELL, is_paired=False).groups
    assert groups[Dimension.LANGUAGE] == "ar+ti"
    assert groups[Dimension.GENDER_WISH] == "other"
    assert groups[Dimension.ENGLISH] == "yes"


@pytest.mark.parametrize(
    ("table", "gap"),
    [
        ({}, None),
        ({"a": Figures(9, 20, 3)}, None),
        ({"a": Figures(9, 20, 3), "b": None, "c": Figures(5, 20, 9)}, None),
        ({"a": Figures(9, 60, 3), "b": None, "c": Figures(5, 20, 9)}, ("c", "a")),
    ],
)
def test_the_gap_is_between_groups_that_are_shown_and_differ(table, gap):
    assert find_gap(table) == gap
