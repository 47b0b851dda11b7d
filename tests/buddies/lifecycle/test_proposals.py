"""From a draft to both agreeing: places, rules looked at again, seats, answers by link."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.accounts.models import JournalEntry
from welcome.buddies import links
from welcome.buddies.errors import (
    AskedAlready,
    LinkOver,
    MoveRefused,
    NoPlaceFree,
    NotPossible,
    SeatTaken,
)
from welcome.buddies.lifecycle import answers, exits, places, proposals
from welcome.buddies.lifecycle.answers import Answer
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import DeclineReason, PairingState, Side
from welcome.buddies.models.people import SpokenThrough, VolunteerState
from welcome.buddies.models.requests import Block, BlockReason, RequestState
from welcome.buddies.noting import Heard
from welcome.buddies.proposing import drafts
from welcome.buddies.proposing.drafts import Suited


def ask(session, pairing, now):
    proposals.ask_volunteer(session, pairing, SCHEME, actor=None, now=now)


def agree(session, pairing, now):
    proposals.volunteer_agrees(session, pairing, SCHEME, actor=None, now=now)
    proposals.newcomer_agrees(session, pairing, SCHEME, actor=None, now=now)


def test_a_draft_keeps_how_well_the_two_suit(session, now, cast):
    asks = scenes.request(session, scenes.newcomer(session, now), now)
    suited = Suited(70, {"language": 30, "time": 40})
    someone = scenes.volunteer(session, now)
    made = drafts.draft(session, asks, someone, suited, actor=cast.writer, now=now)
    assert (made.score, made.parts) == (70, {"language": 30, "time": 40})
    assert (made.seat, made.state, someone.held) == (1, PairingState.DRAFT, 0)
    entry = session.exec(
        select(JournalEntry).where(JournalEntry.subject == "pairing")
    ).one()
    assert (entry.act, entry.details) == (
        "pairing.drafted",
        {"volunteer": someone.id},
    )


def test_one_seat_takes_one_draft_and_two_take_two(session, now):
    for buddies in (1, 2):
        someone = scenes.newcomer(session, now)
        asks = scenes.request(session, someone, now, buddies=buddies)
        first = scenes.volunteer(session, now)
        made = [drafts.draft(session, asks, first, actor=None, now=now)]
        if buddies == 2:
            with pytest.raises(SeatTaken):
                drafts.draft(session, asks, first, actor=None, now=now)
            second = scenes.volunteer(session, now)
            made.append(drafts.draft(session, asks, second, actor=None, now=now))
        third = scenes.volunteer(session, now)
        with pytest.raises(SeatTaken):
            drafts.draft(session, asks, third, actor=None, now=now)
        assert [each.seat for each in made] == [1, 2][:buddies]


@pytest.mark.parametrize("state", sorted(set(RequestState) - {RequestState.OPEN}))
def test_nobody_is_drafted_for_a_request_that_is_not_open(session, now, state):
    asks = scenes.request(session, scenes.newcomer(session, now), now, state=state)
    someone = scenes.volunteer(session, now)
    with pytest.raises(MoveRefused):
        drafts.draft(session, asks, someone, actor=None, now=now)


def test_a_forbidden_pair_is_blocked_for_good(session, now, cast):
    scene = scenes.scene(session, now)
    block = drafts.forbid(session, scene.pairing, SCHEME, actor=cast.writer, now=now)
    assert (block.reason, block.set_by_id) == (BlockReason.COORDINATOR, cast.writer.id)
    again = drafts.draft(session, scene.request, scene.volunteer, actor=None, now=now)
    with pytest.raises(NotPossible):
        ask(session, again, now)


@pytest.mark.parametrize(
    "state", sorted(set(VolunteerState) - {VolunteerState.CLEARED})
)
def test_only_who_is_cleared_gives_a_place(session, now, state):
    someone = scenes.volunteer(session, now, state=state)
    with pytest.raises(NoPlaceFree):
        places.take(session, someone.id)
    assert someone.held == 0


def test_a_volunteer_gives_as_many_places_as_there_are(session, now):
    someone = scenes.volunteer(session, now, capacity=2)
    places.take(session, someone.id)
    places.take(session, someone.id)
    with pytest.raises(NoPlaceFree):
        places.take(session, someone.id)
    places.release(session, someone.id)
    assert someone.held == 1


def test_a_volunteer_is_asked_about_one_newcomer_at_a_time(session, now):
    scene = scenes.scene(session, now)
    scene.volunteer.capacity = 3
    other = scenes.request(session, scenes.newcomer(session, now), now)
    second = drafts.draft(session, other, scene.volunteer, actor=None, now=now)
    ask(session, scene.pairing, now)
    session.commit()
    with pytest.raises(AskedAlready):
        ask(session, second, now)
    session.rollback()
    proposals.volunteer_agrees(session, scene.pairing, SCHEME, actor=None, now=now)
    ask(session, second, now)
    session.expire_all()
    assert scene.volunteer.held == 2


def test_a_request_of_two_seats_waits_until_both_are_filled(session, now):
    someone = scenes.newcomer(session, now)
    asks = scenes.request(session, someone, now, buddies=2)
    for filled in (RequestState.OPEN, RequestState.PAIRED):
        helper = scenes.volunteer(session, now)
        pairing = drafts.draft(session, asks, helper, actor=None, now=now)
        ask(session, pairing, now)
        agree(session, pairing, now)
        assert asks.state is filled


def test_a_no_blocks_the_two_and_the_request_waits_on(session, now):
    scene = scenes.scene(session, now, PairingState.NEWCOMER_ASKED)
    since = scene.request.waiting_since
    no = exits.No(Side.NEWCOMER, DeclineReason.KNOWS_THEM)
    exits.decline(session, scene.pairing, no, SCHEME, actor=None, now=now)
    blocked = session.exec(select(Block)).one()
    assert (blocked.reason, blocked.note) == (BlockReason.SAID_NO, None)
    assert (scene.pairing.said_no, scene.pairing.said_why) == (no.side, no.reason)
    assert (scene.request.state, scene.request.waiting_since) == (
        RequestState.OPEN,
        since,
    )
    assert scenes.letters(session) == [("no_longer", scene.volunteer.email)]


def test_what_the_volunteer_declines_the_newcomer_never_hears_of(session, now):
    scene = scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    no = exits.No(Side.VOLUNTEER)
    exits.decline(session, scene.pairing, no, SCHEME, actor=None, now=now)
    assert scenes.letters(session) == []


def link_for(session, scene, side, now):
    about = About("pairing", scene.pairing.id, side.value)
    return links.make(session, LinkPurpose.ANSWER, about, now=now).link


@pytest.mark.parametrize("agrees", [True, False])
def test_a_link_answers_once_for_its_side(session, now, agrees):
    scene = scenes.scene(session, now, PairingState.VOLUNTEER_ASKED)
    link = link_for(session, scene, Side.VOLUNTEER, now)
    early = link_for(session, scene, Side.NEWCOMER, now)
    with pytest.raises(LinkOver):
        answers.get_asked(session, early)
    assert answers.get_asked(session, link) == (scene.pairing, Side.VOLUNTEER)
    yes = Answer(Side.VOLUNTEER, agrees)
    answers.answer_by_link(session, link, yes, SCHEME, now=now)
    then = PairingState.NEWCOMER_ASKED if agrees else PairingState.DECLINED
    assert scene.pairing.state is then
    with pytest.raises(LinkOver):
        answers.answer_by_link(session, link, yes, SCHEME, now=now)
    assert scene.pairing.state is then


def test_a_link_cannot_answer_for_the_other_side(session, now):
    scene = scenes.scene(session, now, PairingState.NEWCOMER_ASKED)
    link = link_for(session, scene, Side.NEWCOMER, now)
    wrong = Answer(Side.VOLUNTEER, agrees=True)
    with pytest.raises(LinkOver):
        answers.answer_by_link(session, link, wrong, SCHEME, now=now)


def test_a_coordinator_writes_down_what_they_were_told(session, now, cast):
    scene = scenes.scene(session, now, PairingState.NEWCOMER_ASKED)
    heard = Heard(Side.NEWCOMER, SpokenThrough.INTERPRETER, "Ines Fiction")
    said = Answer(Side.NEWCOMER, True, heard=heard)
    answers.record_answer(
        session, scene.pairing, said, SCHEME, actor=cast.writer, now=now
    )
    assert scene.pairing.state is PairingState.AGREED
    told = session.exec(select(JournalEntry)).all()
    acts = {each.act: each.details for each in told if each.actor_id}
    assert acts == {
        "pairing.newcomer_agreed": {},
        "pairing.answer_told": {"side": "newcomer", "through": "interpreter"},
    }
    assert "Ines" not in str(acts)


def test_who_is_asked_anew_has_all_the_days_again(session, now):
    scene = scenes.scene(session, now, PairingState.NEWCOMER_ASKED)
    later = now + timedelta(days=3)
    proposals.ask_newcomer(session, scene.pairing, SCHEME, actor=None, now=later)
    assert scene.pairing.expires_at == later + timedelta(days=7)
    assert scenes.letters(session) == [("proposal_to_newcomer", scene.newcomer.email)]
