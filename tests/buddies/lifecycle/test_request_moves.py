"""Every act on a request and on a volunteer, from every state they may stand in."""

from datetime import date

import pytest

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies.errors import MoveRefused, NotCleared, NothingSaid
from welcome.buddies.lifecycle.exits import Ending
from welcome.buddies.models.clearing import ClearedFor
from welcome.buddies.models.pairings import Outcome, PairingState
from welcome.buddies.models.people import PausedBy
from welcome.buddies.models.people import VolunteerState as V
from welcome.buddies.models.requests import (
    REQUEST_MOVES,
    Hold,
    HoldReason,
    RequestSource,
)
from welcome.buddies.models.requests import RequestState as R
from welcome.buddies.people import requests, standing, volunteers
from welcome.buddies.people.errors import RequestThere
from welcome.buddies.people.requests import Wanted
from welcome.buddies.people.standing import Urgency
from welcome.buddies.people.volunteers import Pause


def with_scheme(act, *more):
    def do(session, row, now):
        act(session, row, *more, SCHEME, actor=None, now=now)

    return do


def plain(act):
    def do(session, row, now):
        act(session, row, actor=None, now=now)

    return do


def to(state, *before):
    return dict.fromkeys(before, state)


ON_REQUESTS = {
    "hold": (with_scheme(requests.hold, Hold(HoldReason.ASKED)), to(R.ON_HOLD, R.OPEN)),
    "resume": (plain(requests.resume), to(R.OPEN, R.ON_HOLD)),
    "withdraw": (
        with_scheme(requests.withdraw, Ending(Outcome.NEWCOMER_TIME)),
        to(R.WITHDRAWN, R.OPEN, R.ON_HOLD, R.PAIRED),
    ),
    "refer_on": (
        with_scheme(requests.refer_on),
        to(R.REFERRED_ON, R.OPEN, R.ON_HOLD),
    ),
    "expire": (with_scheme(requests.expire), to(R.EXPIRED, R.OPEN, R.ON_HOLD)),
    "reopen": (plain(requests.reopen), to(R.OPEN, R.PAIRED, R.CLOSED, R.EXPIRED)),
}
ON_VOLUNTEERS = {
    "pause": (
        with_scheme(volunteers.pause, Pause(PausedBy.THEMSELVES, date(2026, 4, 1))),
        to(V.PAUSED, V.CLEARED),
    ),
    "come_back": (with_scheme(volunteers.come_back, None), to(V.CLEARED, V.PAUSED)),
    "leave": (
        with_scheme(volunteers.leave, Ending(Outcome.VOLUNTEER_TIME)),
        to(V.LEFT, V.APPLIED, V.CLEARING, V.CLEARED, V.PAUSED, V.SUSPENDED),
    ),
    "suspend": (
        with_scheme(volunteers.suspend),
        to(V.SUSPENDED, V.CLEARING, V.CLEARED, V.PAUSED),
    ),
    "restore": (plain(volunteers.restore), to(V.PAUSED, V.SUSPENDED)),
}


def try_it(session, row, cell, now):
    """Do an act on a row that stands in a state, and see what became of it."""
    (do, allowed), state = cell
    row.state = state
    session.commit()
    before = scenes.everything(session)
    if state in allowed:
        do(session, row, now)
        session.expire_all()
        assert row.state is allowed[state]
        assert scenes.everything(session) != before
        return
    with pytest.raises(MoveRefused):
        do(session, row, now)
    assert scenes.everything(session) == before


@pytest.mark.parametrize("state", R)
@pytest.mark.parametrize("act", ON_REQUESTS)
def test_an_act_on_a_request(session, now, act, state):
    row = scenes.request(session, scenes.newcomer(session, now), now)
    since = row.waiting_since
    try_it(session, row, (ON_REQUESTS[act], state), now)
    assert row.waiting_since == since


@pytest.mark.parametrize("state", V)
@pytest.mark.parametrize("act", ON_VOLUNTEERS)
def test_an_act_on_a_volunteer(session, now, act, state):
    row = scenes.volunteer(session, now)
    try_it(session, row, (ON_VOLUNTEERS[act], state), now)


def test_every_move_of_a_request_is_tried_here_or_where_pairs_agree_and_end():
    tried = {
        (old, new) for _, moves in ON_REQUESTS.values() for old, new in moves.items()
    }
    there_are = {(old, new) for old, after in REQUEST_MOVES.items() for new in after}
    by_pairs = {(R.OPEN, R.PAIRED), (R.PAIRED, R.CLOSED)}
    assert tried | by_pairs == there_are
    assert tried & by_pairs == set()


def test_a_newcomer_has_one_request_at_a_time(session, now):
    someone = scenes.newcomer(session, now)
    wanted = Wanted(RequestSource.SELF, buddies=2)
    first = requests.open_request(session, someone, wanted, actor=None, now=now)
    assert (first.state, first.buddies, first.waiting_since) == (R.OPEN, 2, now)
    with pytest.raises(RequestThere):
        requests.open_request(session, someone, wanted, actor=None, now=now)
    requests.expire(session, first, SCHEME, actor=None, now=now)
    second = requests.open_request(session, someone, wanted, actor=None, now=now)
    with pytest.raises(RequestThere):
        requests.reopen(session, first, actor=None, now=now)
    requests.refer_on(session, second, SCHEME, actor=None, now=now)
    requests.reopen(session, first, actor=None, now=now)
    assert first.closed_at is None


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (PairingState.DRAFT, PairingState.WITHDRAWN),
        (PairingState.NEWCOMER_ASKED, PairingState.WITHDRAWN),
        (PairingState.AGREED, PairingState.WITHDRAWN),
        (PairingState.MEETING, PairingState.ENDED),
        (PairingState.HELD, PairingState.ENDED),
    ],
)
def test_who_withdraws_leaves_what_they_are_in(session, now, state, left):
    held_from = PairingState.MEETING if state is PairingState.HELD else None
    scene = scenes.scene(session, now, state, held_from)
    ending = Ending(Outcome.NEWCOMER_MOVED)
    requests.withdraw(session, scene.request, ending, SCHEME, actor=None, now=now)
    assert (scene.request.state, scene.pairing.state) == (R.WITHDRAWN, left)
    assert scene.volunteer.held == 0


@pytest.mark.parametrize(
    "stage", [PairingState.VOLUNTEER_ASKED, PairingState.NEWCOMER_ASKED], ids=str
)
def test_what_safeguarding_holds_stays_while_nobody_is_looked_for(session, now, stage):
    held = scenes.scene(session, now, PairingState.HELD, stage)
    asked = scenes.scene(session, now, stage)
    for each in (held, asked):
        ON_REQUESTS["hold"][0](session, each.request, now)
        assert each.request.state is R.ON_HOLD
    assert held.pairing.state is PairingState.HELD
    assert (held.volunteer.held, asked.volunteer.held) == (1, 0)
    assert asked.pairing.state is PairingState.WITHDRAWN


@pytest.mark.parametrize("state", [PairingState.AGREED, PairingState.MEETING])
def test_nobody_is_looked_for_again_while_somebody_is_there(session, now, state):
    scene = scenes.scene(session, now, state)
    with pytest.raises(MoveRefused):
        requests.reopen(session, scene.request, actor=None, now=now)


@pytest.mark.parametrize(
    ("state", "paused", "suspended", "left"),
    [
        ("draft", "withdrawn", "withdrawn", "withdrawn"),
        ("volunteer-asked", "withdrawn", "withdrawn", "withdrawn"),
        ("newcomer-asked", "withdrawn", "withdrawn", "withdrawn"),
        ("agreed", "agreed", "held", "withdrawn"),
        ("introduced", "introduced", "held", "ended"),
        ("meeting", "meeting", "held", "ended"),
        ("ending", "ending", "held", "ended"),
        ("held", "held", "held", "ended"),
    ],
)
def test_what_becomes_of_a_volunteers_pairs(
    session, now, state, paused, suspended, left
):
    state = PairingState(state)
    held_from = PairingState.MEETING if state is PairingState.HELD else None
    for act, then in (("pause", paused), ("suspend", suspended), ("leave", left)):
        scene = scenes.scene(session, now, state, held_from)
        ON_VOLUNTEERS[act][0](session, scene.volunteer, now)
        session.expire_all()
        assert scene.pairing.state.value == then
        if then in {"withdrawn", "ended"}:
            assert (scene.volunteer.held, scene.request.state) == (0, R.OPEN)
        else:
            assert scene.volunteer.held == 1


def test_who_is_cleared_for_nothing_cannot_come_back(session, now):
    row = scenes.volunteer(session, now, state=V.PAUSED)
    cleared = session.get_one(ClearedFor, (row.id, "adult"))
    cleared.until = date(2026, 3, 1)
    session.flush()
    with pytest.raises(NotCleared):
        volunteers.come_back(session, row, None, SCHEME, actor=None, now=now)
    cleared.until = date(2026, 3, 2)
    session.flush()
    volunteers.come_back(session, row, None, SCHEME, actor=None, now=now)
    assert (row.state, row.paused_by, row.back_on) == (V.CLEARED, None, None)


@pytest.mark.parametrize("level", [1, 2])
def test_nobody_is_put_before_others_without_a_reason(session, now, level):
    asking = scenes.request(session, scenes.newcomer(session, now), now)
    with pytest.raises(NothingSaid):
        standing.set_urgency(session, asking, Urgency(level, " "), actor=None, now=now)
    assert asking.urgency == 0


@pytest.mark.parametrize("state", list(R))
def test_only_who_is_looked_for_is_urgent(session, now, state):
    asking = scenes.request(session, scenes.newcomer(session, now), now, state=state)
    urgent = Urgency(1, "Alone.")
    if state in requests.LIVE:
        standing.set_urgency(session, asking, urgent, actor=None, now=now)
    else:
        with pytest.raises(MoveRefused):
            standing.set_urgency(session, asking, urgent, actor=None, now=now)
    assert (asking.urgency, asking.state) == (int(state in requests.LIVE), state)
