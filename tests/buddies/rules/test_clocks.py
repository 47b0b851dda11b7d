"""Periods: a day is due exactly when its clock has run out, and nothing odd is set."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from welcome.buddies.rules import clocks
from welcome.buddies.rules.clocks import RANGES, Clock, Period
from welcome.buddies.rules.errors import BadClocks

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2200, 12, 31))


@st.composite
def set_clocks(draw):
    settings = {
        clock.value: draw(st.integers(least, most))
        for clock, (least, most) in RANGES.items()
    }
    return clocks.read(settings)


@given(st.sampled_from(Clock), DAYS, st.integers(-800, 800), set_clocks())
def test_what_is_due_today_began_on_the_last_day_or_before(clock, today, off, counted):
    last = clocks.last_day_due(clock, today, counted)
    since = last + timedelta(days=off)
    assert (clocks.due_on(clock, since, counted) <= today) is (since <= last)


@given(st.sampled_from(Clock), DAYS, set_clocks())
def test_who_comes_later_is_never_let_go_of_sooner(clock, since, counted):
    day = clocks.due_on(clock, since, counted)
    assert day > since
    assert clocks.due_on(clock, since + timedelta(days=1), counted) >= day


@pytest.mark.parametrize(
    ("since", "months", "until"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2020, 1, 31), 84, date(2027, 1, 31)),
    ],
)
def test_months_end_on_their_last_day(since, months, until):
    assert Period(months=months).after(since) == until


def test_what_is_usual_is_what_was_proposed():
    usual = {clock.value: number for clock, number in clocks.USUAL.items()}
    assert usual == {
        "newcomer": 6, "never-paired": 6, "volunteer": 24, "applicant": 6,
        "reference": 6, "pairing": 12, "concern": 84, "run": 12,
        "link": 14, "message": 14, "export": 30,
    }  # fmt: skip
    assert clocks.read({}) == clocks.USUAL_CLOCKS
    assert set(RANGES) == set(Clock)


@pytest.mark.parametrize(
    "settings",
    [
        {"nobody": 6}, {"newcomer": 0}, {"newcomer": 85}, {"concern": 11},
        {"newcomer": True}, {"newcomer": "6"}, {"newcomer": 6.0}, {"link": -1},
        {"newcomer": None}, {"message": 1},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(settings):
    with pytest.raises(BadClocks):
        clocks.read(settings)


@given(set_clocks())
def test_settings_are_read_as_they_were_written(counted):
    assert clocks.read(counted.settings()) == counted
