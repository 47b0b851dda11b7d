"""Until both agreed each sees a glimpse of the other; then a name and one way to reach."""

import pytest

from tests.buddies import scenes
from welcome.buddies.lifecycle.glimpses import (
    Glimpse,
    contact_of,
    glimpse_for_newcomer,
    glimpse_for_volunteer,
    tell_each,
    wide_area,
)
from welcome.buddies.lifecycle.seats import FILLS
from welcome.buddies.models.pairings import PairingState, Side
from welcome.buddies.models.people import Area, AreaKind, Channel
from welcome.buddies.rules.times import PartOfDay, Weekday
from welcome.buddies.rules.vocabulary import BuddyRole, Gender, make_wish

MONDAY = Weekday.MONDAY
BOTH_FREE = ((MONDAY, PartOfDay.AFTERNOON), (MONDAY, PartOfDay.EVENING))


def test_a_glimpse_is_what_both_share_and_a_wide_area(session, now):
    scene = scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    scene.newcomer.area_id = scenes.area(session).id
    scene.newcomer.gender = scene.volunteer.gender = Gender.WOMAN
    seen = glimpse_for_volunteer(session, scene.pairing)
    assert seen == Glimpse(("ar",), "WS1", BOTH_FREE, BuddyRole.ADULT, None)
    seen = glimpse_for_newcomer(session, scene.pairing)
    assert seen == Glimpse(("ar",), "", BOTH_FREE, BuddyRole.ADULT, None)


def test_who_wished_for_a_gender_sees_it(session, now):
    scene = scenes.scene(session, now, PairingState.NEWCOMER_ASKED)
    scene.newcomer.wish = make_wish([Gender.WOMAN])
    scene.volunteer.gender = Gender.WOMAN
    assert glimpse_for_newcomer(session, scene.pairing).gender is Gender.WOMAN
    assert glimpse_for_volunteer(session, scene.pairing).gender is None


def test_of_a_couple_no_gender_is_seen_but_that_they_are_two(session, now):
    scene = scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    scene.request.adults = 2
    for person in (scene.newcomer, scene.volunteer):
        person.gender, person.wish = Gender.WOMAN, make_wish([Gender.WOMAN])
    seen = glimpse_for_volunteer(session, scene.pairing)
    assert (seen.is_couple, seen.gender) == (True, None)
    seen = glimpse_for_newcomer(session, scene.pairing)
    assert (seen.is_couple, seen.gender) == (False, Gender.WOMAN)


def test_a_glimpse_holds_no_name_address_or_number(session, now):
    scene = scenes.scene(session, now, PairingState.NEWCOMER_ASKED)
    seen = repr(glimpse_for_newcomer(session, scene.pairing))
    seen += repr(glimpse_for_volunteer(session, scene.pairing))
    for person in (scene.newcomer, scene.volunteer):
        for private in (person.name, person.email, person.phone, person.public_id):
            assert private not in seen


def test_a_neighbourhood_is_named_as_it_is():
    kind = AreaKind.NEIGHBOURHOOD
    place = Area(code="x", name="Caldmore", kind=kind, easting=0, northing=0)
    assert wide_area(place) == "Caldmore"


@pytest.mark.parametrize(
    ("channel", "way"),
    [
        (Channel.EMAIL, "email"),
        (Channel.TEXT, "phone"),
        (Channel.CALL, "phone"),
        (Channel.PAPER, None),
        (Channel.REFERRER, None),
    ],
)
def test_the_way_that_was_agreed_and_no_other_is_told(session, now, channel, way):
    scene = scenes.scene(session, now, PairingState.AGREED, channel=channel)
    found = contact_of(scene.newcomer)
    assert found.reached == (getattr(scene.newcomer, way) if way else None)


@pytest.mark.parametrize("channel", [Channel.TEXT, Channel.CALL])
def test_a_phone_that_others_answer_too_is_told_to_nobody(session, now, channel):
    scene = scenes.scene(session, now, PairingState.AGREED, channel=channel)
    scene.newcomer.shares_phone = True
    assert contact_of(scene.newcomer).reached is None


@pytest.mark.parametrize("state", PairingState)
def test_names_are_told_once_both_agreed(session, now, state):
    scene = scenes.scene(session, now, state)
    told = {side: each.name for side, each in tell_each(session, scene.pairing).items()}
    both = {Side.NEWCOMER: scene.volunteer.name, Side.VOLUNTEER: scene.newcomer.name}
    assert told == (both if state in FILLS else {})
