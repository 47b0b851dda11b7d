"""What becomes of the pairs of somebody who is corrected."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.people.test_correcting import NEWCOMER, of_newcomer
from welcome.buddies.lifecycle.seats import FILLS
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import Prefers
from welcome.buddies.people.applications import Household
from welcome.buddies.rules.vocabulary import (
    ANY_GENDER,
    BuddyRole,
    Gender,
    make_wish,
)
from welcome.messages.models import Message

P = PairingState
ALONE = replace(
    NEWCOMER, gender=None, wish=ANY_GENDER, never_told="", prefers=Prefers.READ
)
WITH_CHILDREN = replace(ALONE, household=Household.FAMILY)
TOLD = {P.VOLUNTEER_ASKED: ["volunteer"], P.NEWCOMER_ASKED: ["newcomer", "volunteer"]}


def written_to(session, scene):
    """Who was written to that it goes no further."""
    sides = {scene.newcomer.email: "newcomer", scene.volunteer.email: "volunteer"}
    letters = session.exec(select(Message).where(Message.letter == "no_longer"))
    return sorted(sides[each.recipient] for each in letters)


@pytest.mark.parametrize("state", [P.DRAFT, P.NEWCOMER_ASKED, P.VOLUNTEER_ASKED])
def test_what_nobody_may_agree_on_any_more_is_taken_back(session, now, state):
    scene = scenes.scene(session, now, state)
    of_newcomer(session, scene.request, ALONE, now)
    assert scene.pairing.state is state
    of_newcomer(session, scene.request, WITH_CHILDREN, now)
    assert (scene.pairing.state, scene.volunteer.held) == (P.WITHDRAWN, 0)
    assert written_to(session, scene) == TOLD.get(state, [])
    assert scenes.open_tasks(session) == []


def test_a_couple_is_taken_back_from_who_wishes_for_a_gender(session, now):
    scene = scenes.scene(session, now, P.VOLUNTEER_ASKED)
    scene.volunteer.wish = make_wish([Gender.WOMAN])
    by_herself = replace(ALONE, gender=Gender.WOMAN)
    of_newcomer(session, scene.request, by_herself, now)
    assert scene.pairing.state is P.VOLUNTEER_ASKED
    couple = replace(by_herself, household=Household.COUPLE)
    of_newcomer(session, scene.request, couple, now)
    assert scene.pairing.state is P.WITHDRAWN


@pytest.mark.parametrize("state", sorted(FILLS))
def test_a_family_that_meets_who_is_not_cleared_for_families_is_looked_at(
    session, now, state
):
    scene = scenes.scene(session, now, state)
    of_newcomer(session, scene.request, WITH_CHILDREN, now)
    assert scene.pairing.state is state
    looked_at = [("no-longer-fits", "pairing", scene.pairing.id)]
    assert scenes.open_tasks(session) == looked_at
    # Until it turns out that there are no children.
    of_newcomer(session, scene.request, ALONE, now)
    assert scenes.open_tasks(session) == []


def test_a_family_that_meets_who_is_cleared_for_families_goes_on(session, now):
    scene = scenes.scene(session, now, P.MEETING)
    session.add(
        ClearedFor(
            volunteer_id=scene.volunteer.id, role=BuddyRole.FAMILY, until=scenes.LONG
        )
    )
    of_newcomer(session, scene.request, WITH_CHILDREN, now)
    assert (scene.pairing.state, scenes.open_tasks(session)) == (P.MEETING, [])


def test_what_is_held_stays_and_is_looked_at(session, now):
    scene = scenes.scene(session, now, P.HELD)
    scene.pairing.held_from = P.NEWCOMER_ASKED.value
    of_newcomer(session, scene.request, WITH_CHILDREN, now)
    looked_at = [("no-longer-fits", "pairing", scene.pairing.id)]
    assert (scene.pairing.state, scenes.open_tasks(session)) == (P.HELD, looked_at)


def test_a_couple_that_agreed_with_who_wishes_for_a_gender_is_looked_at(session, now):
    scene = scenes.scene(session, now, P.AGREED)
    scene.volunteer.wish = make_wish([Gender.WOMAN])
    by_herself = replace(ALONE, gender=Gender.WOMAN)
    of_newcomer(session, scene.request, by_herself, now)
    assert scenes.open_tasks(session) == []
    couple = replace(by_herself, household=Household.COUPLE)
    of_newcomer(session, scene.request, couple, now)
    assert scene.pairing.state is P.AGREED
    looked_at = [("no-longer-fits", "pairing", scene.pairing.id)]
    assert scenes.open_tasks(session) == looked_at
    of_newcomer(session, scene.request, by_herself, now)
    assert scenes.open_tasks(session) == []
