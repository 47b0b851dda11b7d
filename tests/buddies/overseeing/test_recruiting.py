"""What a kind of volunteer would come to is what bringing them in comes to."""

from dataclasses import replace

import pytest

from welcome.buddies.explaining.planning import EVENINGS_AND_WEEKENDS, Gain, Recruit
from welcome.buddies.matching import match
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.overseeing import recruiting
from welcome.buddies.proposing.posing import Scope, pose
from welcome.buddies.rules.policy import Policy
from welcome.buddies.rules.vocabulary import BuddyRole, Gender, Level, make_wish

TIGRINYA = {"ti": Level.FIRST}
WOMAN = make_wish([Gender.WOMAN])
WANTED = Recruit("ti", EVENINGS_AND_WEEKENDS, Gender.WOMAN)


def plan(town, organisations=None, places=5):
    own = frozenset(organisations or town.everywhere)
    scope = Scope(own, town.everywhere)
    return recruiting.plan(town.session, scope, town.moment, places=places)


def gained(found):
    return {each.recruit: each.gained for each in found.gains}


def test_who_would_help_most_is_named_first(town):
    town.ask(3, languages=TIGRINYA, wish=WOMAN)
    town.ask(4, languages={"pl": Level.FIRST})
    town.help(1, languages={"pl": Level.FIRST})
    found = plan(town)
    assert (found.waiting, found.without, found.places) == (7, 6, 5)
    # Men and women suit alike who speak Polish; a man suits nobody who speaks Tigrinya.
    assert [
        (each.recruit.language, each.recruit.gender, each.gained, each.suits)
        for each in found.gains
    ] == [
        ("pl", Gender.MAN, 3, 4),
        ("pl", Gender.WOMAN, 3, 4),
        ("ti", Gender.WOMAN, 3, 3),
    ]


@pytest.mark.parametrize("places", [1, 2, 20])
def test_the_gain_is_what_a_run_with_them_finds(town, places):
    town.ask(3, 1, languages=TIGRINYA, wish=WOMAN)
    town.ask(4, 2, languages=TIGRINYA)
    town.help(2, 2, languages=TIGRINYA)
    own = {town.organisations[0].id}
    told = gained(plan(town, own, places))[WANTED]
    town.help(
        1, 1, languages=TIGRINYA | {"en": Level.FIRST}, capacity=places, place=None,
        reach_m=None, times=EVENINGS_AND_WEEKENDS, cleared_for=frozenset(BuddyRole),
    )  # fmt: skip
    scope = Scope(frozenset(own), town.everywhere)
    posed = pose(town.session, scope, Policy(), town.moment)
    assert told == match(posed.problem).matched == min(places, 3)


def test_a_recruit_may_join_any_of_the_organisations(town):
    town.ask(2, 1, languages=TIGRINYA)
    town.ask(2, 3, languages=TIGRINYA)
    assert gained(plan(town))[WANTED] == 4
    assert gained(plan(town, {town.organisations[0].id}))[WANTED] == 2


def test_who_was_asked_about_keeps_the_place_that_is_held(town):
    [asking, _other] = town.ask(2, languages=TIGRINYA)
    [volunteer] = town.help(1, languages=TIGRINYA, held=1)
    town.pair(asking, volunteer, PairingState.NEWCOMER_ASKED)
    found = plan(town)
    assert (found.waiting, found.without) == (2, 1)
    assert gained(found)[WANTED] == 1


def test_where_nobody_waits_nobody_is_looked_for(town):
    town.help(3)
    found = plan(town)
    assert (found.waiting, found.without, found.gains) == (0, 0, [])


WOMEN, MEN = WANTED, replace(WANTED, gender=Gender.MAN)


@pytest.mark.parametrize(
    ("women", "men", "exactly", "told"),
    [
        ((7, 9), (7, 9), True, [(None, 7, 9)]),
        ((7, 9), (7, 8), True, [(Gender.WOMAN, 7, 9), (Gender.MAN, 7, 8)]),
        ((7, 9), None, True, [(Gender.WOMAN, 7, 9)]),
        ((7, 9), (7, 8), False, [(None, 7, 9)]),
        ((11, 19), (7, 8), False, [(Gender.WOMAN, 11, 19), (Gender.MAN, 7, 8)]),
        ((11, 19), (3, 8), False, [(None, 11, 19)]),
        ((2, 2), None, False, [(None, 2, 2)]),
        ((7, 9), None, False, [(Gender.WOMAN, 7, 9)]),
    ],
)
def test_women_and_men_are_one_where_nothing_parts_them(women, men, exactly, told):
    gains = [
        Gain(recruit, *numbers)
        for recruit, numbers in ((WOMEN, women), (MEN, men))
        if numbers
    ]
    found = recruiting.fold(gains, exactly=exactly)
    assert [(each.gender, each.gained, each.suits) for each in found] == told
    assert {(each.language, each.times) for each in found} == {("ti", WANTED.times)}
