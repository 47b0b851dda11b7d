"""Where others see what arrives, no message says what it is about."""

from datetime import timedelta

import pytest

from tests.buddies import scenes
from tests.buddies.lifecycle.test_reaching import (
    ABOUT,
    BY_TEXT,
    LETTER,
    every_letter,
    messages,
)
from tests.buddies.people.test_intake import APPLICATION, ASKING
from tests.buddies.scenes import SCHEME
from welcome.buddies.lifecycle import letters
from welcome.buddies.lifecycle.reaching import Letter, reach
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import Channel, Newcomer, Prefers
from welcome.buddies.people import door, knowing


def seen_by_others(person, now) -> Letter:
    """Have others see what arrives for somebody, and give a letter for them."""
    person.shares_phone = True
    return Letter(
        "proposal_to_newcomer", LinkPurpose.ANSWER, ABOUT, {"date": now.date()}
    )


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.TEXT])
def test_where_others_see_it_no_message_says_what_it_is_about(session, now, channel):
    one = scenes.newcomer(session, now, channel=channel)
    message = reach(session, one, seen_by_others(one, now), BY_TEXT, now=now)
    start = f"{message.subject}: https://welcome.example.org/-/take-part/answer/"
    assert message.body.startswith(start)
    assert len(message.body.split()) == len(message.subject.split()) + 1
    assert scenes.open_tasks(session) == []


@pytest.mark.parametrize("tag", ["ar", "en"])
def test_where_others_see_it_every_letter_says_little_and_some_are_told(
    session, now, tag
):
    scene = scenes.scene(session, now, PairingState.NEWCOMER_ASKED)
    scene.newcomer.shares_phone = scene.volunteer.shares_phone = True
    every_letter(session, now, tag=tag, scene=scene)
    found = messages(session)
    assert len(found) == 14
    assert all(each.body.startswith(f"{each.subject}: https://") for each in found)
    assert not {each.letter for each in found} & {"introduction", "ending_notice"}
    assert scenes.open_tasks(session) == [
        ("reach-by-hand", "newcomer", scene.newcomer.id),
        ("reach-by-hand", "volunteer", scene.volunteer.id),
    ]


def test_a_last_day_that_no_text_holds_is_told_by_hand_too(session, now):
    scene = scenes.scene(session, now, PairingState.MEETING)
    scene.newcomer.channel = Channel.TEXT
    last = now.date() + timedelta(days=14)
    letters.announce_ending(session, scene.pairing, last, BY_TEXT, now=now)
    assert len(messages(session)) == 2
    told = ("reach-by-hand", "newcomer", scene.newcomer.id)
    assert scenes.open_tasks(session) == [told]


@pytest.mark.parametrize("prefers", sorted(Prefers))
def test_who_would_rather_listen_or_be_called_is_also_told_by_hand(
    session, now, prefers
):
    one = scenes.newcomer(session, now, prefers=prefers)
    assert reach(session, one, LETTER, SCHEME, now=now) is not None
    told = [] if prefers is Prefers.READ else [("reach-by-hand", "newcomer", one.id)]
    assert scenes.open_tasks(session) == told


def test_nothing_about_a_form_goes_to_where_others_see_it(session, now):
    for each in (scenes.newcomer(session, now), scenes.volunteer(session, now)):
        each.shares_phone = True
        again = ASKING if isinstance(each, Newcomer) else APPLICATION
        knowing.tell_known(session, each, again, now=now)
    assert messages(session) == []
    assert {kind for kind, *_ in scenes.open_tasks(session)} == {"wrote-again"}


def test_a_link_to_come_in_says_nothing_else_where_others_see_it(session, now):
    one = scenes.volunteer(session, now, shares_phone=True)
    door.send_link(session, one.email, SCHEME, now=now)
    [message] = messages(session)
    assert message.body.startswith(f"{message.subject}: https://")
