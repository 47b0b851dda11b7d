"""Masks are read as they were made; levels have an order; priority counts days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from welcome.buddies.rules.profiles import DAYS_IN_CLASS, days_between
from welcome.buddies.rules.times import (
    ANY_TIME,
    SLOTS,
    PartOfDay,
    Weekday,
    make_times,
    read_times,
)
from welcome.buddies.rules.vocabulary import (
    ANY_GENDER,
    Gender,
    Interest,
    Level,
    is_accepted,
    is_at_least,
    make_interests,
    make_wish,
    read_interests,
    read_wish,
)


@given(some.integers(0, ANY_TIME))
def test_times_are_read_as_they_were_made(mask):
    assert make_times(read_times(mask)) == mask


@given(some.lists(some.sampled_from(Interest)))
def test_interests_are_read_as_they_were_made(chosen):
    assert set(read_interests(make_interests(chosen))) == set(chosen)


@given(some.lists(some.sampled_from(Gender)))
def test_wishes_are_read_as_they_were_made(chosen):
    assert set(read_wish(make_wish(chosen))) == set(chosen)


def test_a_week_has_21_parts_three_a_day():
    assert len(SLOTS) == 21
    assert make_times([(Weekday.MONDAY, PartOfDay.MORNING)]) == 1
    assert make_times([(Weekday.SUNDAY, PartOfDay.EVENING)]) == 1 << 20


def test_levels_have_an_order():
    assert [is_at_least(level, Level.WELL) for level in Level] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("gender", [*Gender, None])
def test_no_wish_accepts_everybody(gender):
    assert is_accepted(gender, ANY_GENDER)


def test_a_wish_accepts_only_what_it_names():
    wish = make_wish([Gender.WOMAN, Gender.ANOTHER])
    accepted = [each for each in [*Gender, None] if is_accepted(each, wish)]
    assert accepted == [Gender.WOMAN, Gender.ANOTHER]


@pytest.mark.parametrize(
    ("group", "days", "priority"),
    [
        (0, 0, 0),
        (0, 364, 364),
        (0, 365, 364),
        (0, 9_999, 364),
        (1, 0, 365),
        (2, 3, 733),
    ],
)
def test_no_wait_outweighs_a_class(group, days, priority):
    person = type(NEWCOMER)(
        key=1, languages={}, priority_class=group, waiting_days=days
    )
    assert person.priority == priority
    assert DAYS_IN_CLASS == 365


def test_days_are_never_fewer_than_none():
    assert days_between(date(2026, 3, 1), date(2026, 3, 2)) == 1
    assert days_between(date(2026, 3, 3), date(2026, 3, 2)) == 0


def test_first_languages_are_those_grown_up_with():
    assert NEWCOMER.first_languages == {"ti"}
    assert VOLUNTEER.first_languages == {"en"}
