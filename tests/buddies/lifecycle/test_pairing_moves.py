"""Every act on a pairing, from every state: allowed, or refused and nothing changed."""

from datetime import timedelta
from functools import partial

import pytest

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies.due import deadlines
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import checkins, exits, pairings, proposals
from welcome.buddies.lifecycle.exits import Ending, No
from welcome.buddies.lifecycle.seats import FILLS
from welcome.buddies.models.pairings import (
    HOLDS_PLACE,
    PAIRING_MOVES,
    Outcome,
    Side,
)
from welcome.buddies.models.pairings import PairingState as S
from welcome.buddies.models.requests import RequestState
from welcome.buddies.proposing import drafts

STOPPABLE = [
    S.VOLUNTEER_ASKED, S.NEWCOMER_ASKED, S.AGREED, S.INTRODUCED, S.MEETING, S.ENDING,
]  # fmt: skip
ASKED = [S.VOLUNTEER_ASKED, S.NEWCOMER_ASKED]
LATER = timedelta(days=2)
LATE = timedelta(days=7)
GOES_ON = [S.INTRODUCED, S.MEETING, S.ENDING]
FORTNIGHT = timedelta(days=14)


def with_scheme(act, *more):
    def do(session, scene, now):
        act(session, scene.pairing, *more, SCHEME, actor=None, now=now)

    return do


def plain(act):
    def do(session, scene, now):
        act(session, scene.pairing, actor=None, now=now)

    return do


def by_time(act, after):
    def do(session, scene, now):
        act(session, scene.pairing, SCHEME, now=now + after)

    return do


def swap(session, scene, now):
    another = scenes.volunteer(session, now)
    drafts.swap(session, scene.pairing, another, actor=None, now=now)


def begin_ending(session, scene, now):
    last = pairings.Notice(now.date() + FORTNIGHT)
    pairings.begin_ending(session, scene.pairing, last, SCHEME, actor=None, now=now)


def same(*states):
    return {state: state for state in states}


def to(state, *before):
    return dict.fromkeys(before, state)


ACTS = {
    "pin": (plain(drafts.pin), same(S.DRAFT)),
    "unpin": (plain(drafts.unpin), same(S.DRAFT)),
    "swap": (swap, same(S.DRAFT)),
    "forbid": (with_scheme(drafts.forbid), to(S.WITHDRAWN, S.DRAFT)),
    "ask_volunteer": (
        with_scheme(proposals.ask_volunteer),
        to(S.VOLUNTEER_ASKED, S.DRAFT),
    ),
    "volunteer_agrees": (
        with_scheme(proposals.volunteer_agrees),
        to(S.NEWCOMER_ASKED, S.VOLUNTEER_ASKED),
    ),
    "ask_newcomer": (with_scheme(proposals.ask_newcomer), same(S.NEWCOMER_ASKED)),
    "newcomer_agrees": (
        with_scheme(proposals.newcomer_agrees),
        to(S.AGREED, S.NEWCOMER_ASKED),
    ),
    "volunteer_says_no": (
        with_scheme(exits.decline, No(Side.VOLUNTEER)),
        to(S.DECLINED, S.VOLUNTEER_ASKED),
    ),
    "newcomer_says_no": (
        with_scheme(exits.decline, No(Side.NEWCOMER)),
        to(S.DECLINED, S.NEWCOMER_ASKED),
    ),
    "remind": (by_time(deadlines.remind, LATER), same(*ASKED)),
    "expire": (by_time(deadlines.expire, LATE), to(S.EXPIRED, *ASKED)),
    "withdraw": (
        with_scheme(exits.withdraw),
        to(S.WITHDRAWN, S.DRAFT, *ASKED, S.AGREED, S.INTRODUCED, S.HELD),
    ),
    "introduce": (with_scheme(pairings.introduce), to(S.INTRODUCED, S.AGREED)),
    "note_first_meeting": (
        plain(pairings.note_first_meeting),
        to(S.MEETING, S.INTRODUCED),
    ),
    "begin_ending": (begin_ending, to(S.ENDING, S.INTRODUCED, S.MEETING)),
    "carry_on": (plain(pairings.carry_on), to(S.MEETING, S.ENDING)),
    "hold": (plain(pairings.hold), to(S.HELD, *STOPPABLE)),
    "end": (
        with_scheme(exits.end, Ending(Outcome.COMPLETED)),
        to(S.ENDED, S.AGREED, S.INTRODUCED, S.MEETING, S.ENDING, S.HELD),
    ),
    "ask_both": (by_time(checkins.ask_both, FORTNIGHT), same(*GOES_ON)),
}
CELLS = [(act, state) for act in ACTS for state in S]


@pytest.mark.parametrize(("act", "state"), CELLS)
def test_an_act_is_allowed_or_changes_nothing(session, now, act, state):
    held_from = S.MEETING if state is S.HELD else None
    scene = scenes.scene(session, now, state, held_from)
    do, allowed = ACTS[act]
    before = scenes.everything(session)
    if state not in allowed:
        act_is_refused(session, partial(do, session, scene, now))
        if act != "swap":
            assert scenes.everything(session) == before
        session.rollback()
        assert scenes.everything(session) == before
        return
    do(session, scene, now)
    assert_stands(session, scene, allowed[state])
    assert scenes.everything(session) != before or act == "unpin"


@pytest.mark.parametrize("back", STOPPABLE)
def test_what_was_held_goes_on_where_it_stood(session, now, back):
    scene = scenes.scene(session, now, S.HELD, back)
    pairings.let_go_on(session, scene.pairing, SCHEME, actor=None, now=now)
    assert_stands(session, scene, back)
    assert scene.pairing.held_from is None


@pytest.mark.parametrize("state", sorted(set(S) - {S.HELD}))
def test_what_is_not_held_cannot_be_let_go_on(session, now, state):
    scene = scenes.scene(session, now, state)
    before = scenes.everything(session)
    go_on = partial(pairings.let_go_on, session, scene.pairing, SCHEME)
    act_is_refused(session, partial(go_on, actor=None, now=now))
    assert scenes.everything(session) == before


@pytest.mark.parametrize("back", STOPPABLE)
def test_every_exit_from_a_hold_gives_the_place_back(session, now, back):
    for leave in ("withdraw", "end"):
        scene = scenes.scene(session, now, S.HELD, back)
        ACTS[leave][0](session, scene, now)
        assert scene.volunteer.held == 0
        assert scene.request.state is not RequestState.PAIRED


def test_every_move_there_is_was_tried():
    tried = {(old, new) for _, moves in ACTS.values() for old, new in moves.items()}
    tried |= {(S.HELD, back) for back in STOPPABLE}
    there_are = {(old, new) for old, after in PAIRING_MOVES.items() for new in after}
    assert {(old, new) for old, new in tried if old is not new} == there_are


def act_is_refused(session, do):
    with pytest.raises(MoveRefused):
        do()


def assert_stands(session, scene, state):
    session.flush()
    session.expire_all()
    assert scene.pairing.state is state
    assert scene.volunteer.held == int(state in HOLDS_PLACE)
    stage = scene.pairing.held_from if state is S.HELD else state
    assert (scene.request.state is RequestState.PAIRED) is (stage in FILLS)
