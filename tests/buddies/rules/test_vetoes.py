"""Each rule forbids what it should, alone, and nothing where it should not."""

from dataclasses import replace

import pytest

from tests.buddies.profiles import EVENING, MORNING, NEWCOMER, POLICY, VOLUNTEER
from welcome.buddies.rules.profiles import NewcomerProfile, VolunteerProfile
from welcome.buddies.rules.times import NO_TIME
from welcome.buddies.rules.vetoes import VETOES, VetoCode, is_possible, list_vetoes
from welcome.buddies.rules.vocabulary import (
    ANY_GENDER,
    BuddyRole,
    Gender,
    Level,
    make_wish,
)

WOMEN = make_wish([Gender.WOMAN])
MEN = make_wish([Gender.MAN])


def pair(newcomer=None, volunteer=None, policy=None):
    return (
        replace(NEWCOMER, **(newcomer or {})),
        replace(VOLUNTEER, **(volunteer or {})),
        replace(POLICY, **(policy or {})),
    )


def test_a_pair_that_suits_is_possible():
    assert list_vetoes(*pair()) == []
    assert is_possible(*pair())


FORBIDDEN = [
    (VetoCode.NOT_CLEARED, {"role": BuddyRole.FAMILY}, {}),
    (VetoCode.NOT_CLEARED, {}, {"cleared_for": frozenset()}),
    (VetoCode.OTHER_ORGANISATION, {}, {"organisation": 2}),
    (VetoCode.NOT_ADULT, {"is_adult": False}, {}),
    (VetoCode.NOT_ADULT, {}, {"is_adult": False}),
    (VetoCode.NO_LANGUAGE, {}, {"languages": {"ti": Level.A_FEW_WORDS}}),
    (VetoCode.NO_LANGUAGE, {}, {"languages": {"en": Level.FIRST}}),
    (VetoCode.NO_LANGUAGE, {}, {"languages": {}}),
    (VetoCode.NO_LANGUAGE, {"languages": {}}, {}),
    (VetoCode.GENDER_WISH, {"wish": MEN}, {}),
    (VetoCode.GENDER_WISH, {}, {"wish": MEN}),
    (VetoCode.GENDER_WISH, {"wish": WOMEN}, {"gender": None}),
    (VetoCode.GENDER_WISH, {"gender": None}, {"wish": WOMEN}),
    (VetoCode.GENDER_WISH, {"adults": 2}, {"wish": WOMEN}),
    (VetoCode.TOO_FAR, {}, {"reach_m": 4_999}),
    (VetoCode.NO_COMMON_TIME, {"times": NO_TIME}, {}),
    (VetoCode.NO_COMMON_TIME, {}, {"times": MORNING}),
    (VetoCode.BLOCKED, {"blocked": frozenset({VOLUNTEER.key})}, {}),
    (
        VetoCode.OWN_COMMUNITY,
        {"avoids_own_community": True},
        {"languages": {"ti": Level.FIRST}},
    ),
    (VetoCode.NO_PLACE_FREE, {}, {"held": 1}),
    (VetoCode.NO_PLACE_FREE, {}, {"capacity": 0}),
]


@pytest.mark.parametrize(("code", "newcomer", "volunteer"), FORBIDDEN)
def test_a_rule_forbids_by_itself(code, newcomer, volunteer):
    assert list_vetoes(*pair(newcomer, volunteer)) == [code]
    assert not is_possible(*pair(newcomer, volunteer))


ALLOWED = [
    ({}, {"reach_m": 5_000}, {}),
    ({"place": None}, {"reach_m": 1}, {}),
    ({}, {"place": None, "reach_m": 1}, {}),
    ({}, {"reach_m": None}, {"reach_m": 5_000}),
    ({}, {"organisation": 2}, {"sharing": frozenset({frozenset({1, 2})})}),
    ({"wish": WOMEN}, {"wish": WOMEN}, {}),
    ({"gender": None, "wish": WOMEN}, {"wish": ANY_GENDER}, {}),
    ({"adults": 2, "wish": WOMEN}, {"wish": ANY_GENDER}, {}),
    ({"blocked": frozenset({99})}, {}, {}),
    ({"avoids_own_community": True}, {}, {}),
    ({}, {"languages": {"ti": Level.FIRST}}, {}),
    (
        {},
        {"languages": {"en": Level.A_FEW_WORDS}},
        {"minimum": Level.A_FEW_WORDS},
    ),
    ({}, {"capacity": 2, "held": 1}, {}),
]


@pytest.mark.parametrize(("newcomer", "volunteer", "policy"), ALLOWED)
def test_what_no_rule_forbids_is_possible(newcomer, volunteer, policy):
    assert list_vetoes(*pair(newcomer, volunteer, policy)) == []


def test_the_default_reach_counts_where_a_volunteer_says_none():
    wide = pair({}, {"reach_m": None}, {"reach_m": 4_999})
    assert list_vetoes(*wide) == [VetoCode.TOO_FAR]


def test_a_higher_minimum_asks_more_of_both():
    assert list_vetoes(*pair(policy={"minimum": Level.WELL})) == [VetoCode.NO_LANGUAGE]


def test_several_rules_are_told_in_the_order_of_the_funnel():
    told = list_vetoes(
        *pair(
            {"role": BuddyRole.FAMILY, "times": MORNING},
            {"held": 1, "reach_m": 1, "times": EVENING},
        )
    )
    assert told == [
        VetoCode.NOT_CLEARED,
        VetoCode.TOO_FAR,
        VetoCode.NO_COMMON_TIME,
        VetoCode.NO_PLACE_FREE,
    ]


def test_every_code_has_its_rule_and_every_rule_its_title():
    assert list(VETOES) == list(VetoCode)
    assert all((veto.__doc__ or "").endswith(".") for veto in VETOES.values())


def test_what_says_least_about_people_is_enough():
    newcomer = NewcomerProfile(key=1, languages={"en": Level.EVERYDAY})
    volunteer = VolunteerProfile(
        key=1,
        languages={"en": Level.FIRST},
        cleared_for=frozenset({BuddyRole.ADULT}),
    )
    assert is_possible(newcomer, volunteer, POLICY)
