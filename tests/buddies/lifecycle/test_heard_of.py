"""Whoever acts themself, or whose step is written down, was heard of; nobody else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from tests.buddies.test_telling import STEPS, check_in
from welcome.buddies import links
from welcome.buddies.due.tending import Tending, list_due
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import answers, letters, pairings
from welcome.buddies.lifecycle.answers import Answer
from welcome.buddies.lifecycle.checkins import Said
from welcome.buddies.links import About
from welcome.buddies.models.desk import Link, LinkPurpose
from welcome.buddies.models.pairings import PairingState, Side
from welcome.buddies.models.people import SpokenThrough, VolunteerState
from welcome.buddies.noting import Heard
from welcome.buddies.people import still_free

DAY = timedelta(days=1)
ASKED = {
    Side.VOLUNTEER: PairingState.VOLUNTEER_ASKED,
    Side.NEWCOMER: PairingState.NEWCOMER_ASKED,
}
BY_PHONE = Heard(Side.VOLUNTEER, SpokenThrough.PHONE)


def heard(session, scene, now):
    """Name the sides of whom something was heard just now."""
    session.flush()
    session.refresh(scene.newcomer)
    session.refresh(scene.volunteer)
    people = {Side.NEWCOMER: scene.newcomer, Side.VOLUNTEER: scene.volunteer}
    return {side for side, person in people.items() if person.heard_at == now}


def is_due(session, now):
    """Say whether somebody is asked whether they are still free."""
    return Tending.ASK_IF_FREE in {each.act for each in list_due(session, now)}


@pytest.mark.parametrize("act", sorted(STEPS))
def test_a_step_that_is_written_down_is_a_word_of_whoever_told_it(
    session, now, cast, act
):
    state, find, move, said = STEPS[act]
    scene = scenes.scene(session, now, state)
    row = find(session, scene, now)
    later = now + 3 * DAY
    move(session, row, *said, actor=cast.coordinator, now=later)
    told = Side.NEWCOMER if "Ines" in str(said) else Side.VOLUNTEER
    assert heard(session, scene, later) == {told}


@pytest.mark.parametrize("agrees", [False, True])
@pytest.mark.parametrize("side", sorted(Side))
def test_an_answer_behind_a_link_is_a_word(session, now, side, agrees):
    scene = scenes.scene(session, now, ASKED[side])
    letters.propose(session, scene.pairing, side, SCHEME, now=now)
    link = session.exec(select(Link)).one()
    later = now + 3 * DAY
    answers.answer_by_link(session, link, Answer(side, agrees), SCHEME, now=later)
    assert heard(session, scene, later) == {side}


def test_saying_how_it_goes_behind_a_link_is_a_word(session, now):
    scene = scenes.scene(session, now, PairingState.MEETING)
    asked, later = check_in(session, scene, now), now + 3 * DAY
    about = About("check_in", asked.id, asked.side.value)
    links.make(session, LinkPurpose.CHECK_IN, about, now=now)
    link = session.exec(select(Link)).one()
    answers.answer_check_in(session, link, Said(has_met=True), now=later)
    assert heard(session, scene, later) == {Side.NEWCOMER}


def test_what_nobody_told_is_no_word(session, now, cast):
    scene = scenes.scene(session, now, PairingState.INTRODUCED)
    later = now + 3 * DAY
    pairings.note_first_meeting(
        session, scene.pairing, actor=cast.coordinator, now=later
    )
    assert heard(session, scene, later) == set()


def test_who_answered_is_not_asked_soon_whether_they_are_still_free(session, now):
    scene = scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    scene.volunteer.capacity = 2
    letters.propose(session, scene.pairing, Side.VOLUNTEER, SCHEME, now=now)
    link = session.exec(select(Link)).one()
    no = Answer(Side.VOLUNTEER, agrees=False)
    answers.answer_by_link(session, link, no, SCHEME, now=now + 6 * DAY)
    assert not is_due(session, now + 180 * DAY)
    assert is_due(session, now + 186 * DAY)


def test_who_told_a_coordinator_is_not_asked_soon_either(session, now, cast):
    someone = scenes.volunteer(session, now)
    later = now + 180 * DAY
    assert is_due(session, later)
    still_free.note_free(session, someone, BY_PHONE, actor=cast.coordinator, now=later)
    assert not is_due(session, later)
    assert is_due(session, later + 180 * DAY)


@pytest.mark.parametrize(
    "state", sorted(set(VolunteerState) - {VolunteerState.CLEARED})
)
def test_who_is_asked_about_nobody_cannot_be_still_free(session, now, cast, state):
    someone = scenes.volunteer(session, now, state=state)
    with pytest.raises(MoveRefused):
        still_free.note_free(
            session, someone, BY_PHONE, actor=cast.coordinator, now=now + DAY
        )
    assert someone.heard_at == now
