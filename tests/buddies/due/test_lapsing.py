"""Who is silent for long waits no more, and is forgotten when the clocks say so."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.due.test_tending import propose, run_due
from tests.buddies.scenes import SCHEME
from welcome.buddies import days, tasks
from welcome.buddies.due import lapsing
from welcome.buddies.due.tending import Tending, list_due
from welcome.buddies.errors import MoveRefused
from welcome.buddies.models.clearing import Clearance, ClearanceKind
from welcome.buddies.models.desk import Task
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import PausedBy, VolunteerState
from welcome.buddies.models.requests import Hold, HoldReason, RequestState
from welcome.buddies.people import requests
from welcome.buddies.privacy import retention
from welcome.buddies.rules.clocks import Clock
from welcome.buddies.scheme import Days

DAY = timedelta(days=1)
LAPSE = Days().lapse


def hold(session, now, reason=HoldReason.NO_CONTACT):
    asks = scenes.request(session, scenes.newcomer(session, now), now)
    requests.hold(session, asks, Hold(reason), SCHEME, actor=None, now=now)
    session.commit()
    return asks


def test_the_third_silence_is_looked_at(session, now):
    asks = scenes.request(session, scenes.newcomer(session, now), now)
    for _each in range(3):
        assert "cannot-be-reached" not in {t[0] for t in scenes.open_tasks(session)}
        propose(session, asks, scenes.volunteer(session, now), now, is_agreed=True)
        session.refresh(asks)
    found = [each for each in scenes.open_tasks(session) if "reached" in each[0]]
    assert found == [("cannot-be-reached", "buddy_request", asks.id)]


def test_a_request_of_somebody_silent_ends_and_is_forgotten_in_time(session, now):
    asks = hold(session, now)
    assert run_due(session, now + (LAPSE - 1) * DAY) == []
    ends = now + LAPSE * DAY
    assert run_due(session, ends) == ["lapse-request"]
    assert asks.state is RequestState.EXPIRED
    later = (ends + 200 * DAY).date()
    counted = retention.read_clocks(session)
    assert retention.count_due(session, ends.date(), counted)[Clock.NEVER_PAIRED] == 0
    would = retention.count_due(session, later, counted)
    assert would[Clock.NEVER_PAIRED] == 1
    assert [each.clock for each in retention.plan(session, later)] == [
        Clock.NEVER_PAIRED
    ]
    gone = retention.carry_out(session, later, actor=None, now=ends + 200 * DAY)
    assert gone == would


def test_who_waits_in_silence_is_asked_by_a_coordinator_again_and_again(session, now):
    asks = scenes.request(session, scenes.newcomer(session, now), now)
    session.commit()
    done = {day: run_due(session, now + day * DAY) for day in (179, 180, 181, 900)}
    assert [day for day, acts in done.items() if acts == ["ask-who-waits"]] == [180]
    waits = ("reach-by-hand", "buddy_request", asks.id)
    assert scenes.open_tasks(session) == [waits]
    with pytest.raises(MoveRefused):
        lapsing.have_asked(session, asks, SCHEME, now=now + 900 * DAY)
    [task] = session.exec(select(Task))
    tasks.done(session, task, actor=None, now=now + 900 * DAY)
    assert run_due(session, now + 1079 * DAY) == []
    assert run_due(session, now + 1080 * DAY) == ["ask-who-waits"]


@pytest.mark.parametrize("what", ["nothing", "a word", "a pair", "a move", "over"])
def test_who_was_heard_of_or_is_proposed_is_not_asked(session, now, what):
    scene = scenes.scene(session, now)
    scene.pairing.state = PairingState.WITHDRAWN
    asks = scene.request
    if what == "a word":
        scene.newcomer.heard_at = now + DAY
    elif what == "a pair":
        scene.pairing.state = PairingState.DRAFT
    elif what == "a move":
        asks.moved_at = now + DAY
    elif what == "over":
        asks.state = RequestState.CLOSED
    session.commit()
    acts = {each.act for each in list_due(session, now + 180 * DAY)}
    assert (Tending.ASK_WHO_WAITS in acts) is (what == "nothing")


def test_nobody_is_on_hold_without_a_day_to_look_again(session, now):
    held = hold(session, now, HoldReason.ASKED)
    assert held.look_again_on == SCHEME.today(now) + 90 * DAY


@pytest.mark.parametrize("reason", sorted(set(HoldReason) - {HoldReason.NO_CONTACT}))
def test_who_asked_to_wait_goes_on_waiting(session, now, reason):
    hold(session, now, reason)
    assert run_due(session, now + 900 * DAY) == []


def test_a_word_of_the_newcomer_starts_the_days_again(session, now):
    asks = hold(session, now)
    newcomer = session.get_one(scenes.Newcomer, asks.newcomer_id)
    newcomer.heard_at = now + 20 * DAY
    session.flush()
    late = now + LAPSE * DAY
    assert run_due(session, late) == []
    with pytest.raises(MoveRefused):
        lapsing.lapse_request(session, asks, SCHEME, now=late)
    assert run_due(session, late + 20 * DAY) == ["lapse-request"]


def test_while_another_pair_of_the_request_goes_on_it_does_not_end(session, now):
    scene = scenes.scene(session, now, PairingState.MEETING)
    scene.request.state = RequestState.ON_HOLD
    scene.request.hold_reason = HoldReason.NO_CONTACT
    scene.pairing.asks_on = None
    session.flush()
    assert "lapse-request" not in run_due(session, now + LAPSE * DAY)


STANDS = [
    (VolunteerState.APPLIED, {}, True),
    (VolunteerState.CLEARING, {}, True),
    (VolunteerState.PAUSED, {"paused_by": PausedBy.SILENCE}, True),
    (VolunteerState.PAUSED, {"paused_by": PausedBy.CLEARANCE}, True),
    (VolunteerState.PAUSED, {"paused_by": PausedBy.THEMSELVES}, True),
    (VolunteerState.SUSPENDED, {}, False),
    (VolunteerState.LEFT, {}, False),
    (VolunteerState.DECLINED, {}, False),
]


@pytest.mark.parametrize(("state", "values", "goes"), STANDS)
def test_a_volunteer_who_stands_still_for_long_is_let_go(
    session, now, state, values, goes
):
    someone = scenes.volunteer(session, now, state=state, **values)
    session.commit()
    assert run_due(session, now + (LAPSE - 1) * DAY) == []
    assert run_due(session, now + LAPSE * DAY) == (["lapse-volunteer"] if goes else [])
    assert someone.state is (VolunteerState.LEFT if goes else state)


def test_who_will_be_back_on_a_day_pauses_until_then(session, now):
    back_on = (now + 300 * DAY).date()
    scenes.volunteer(
        session, now, state=VolunteerState.PAUSED, paused_by=PausedBy.THEMSELVES,
        back_on=back_on,
    )  # fmt: skip
    assert run_due(session, now + 299 * DAY) == []


def test_what_was_seen_of_an_applicant_starts_the_days_again(session, now):
    someone = scenes.volunteer(session, now, state=VolunteerState.CLEARING)
    seen = now + 30 * DAY
    session.add(
        Clearance(
            volunteer_id=someone.id,
            kind=ClearanceKind.IDENTITY,
            seen_on=seen.date(),
            recorded_at=seen,
        )
    )
    session.flush()
    late = now + LAPSE * DAY
    assert run_due(session, late) == []
    with pytest.raises(MoveRefused):
        lapsing.lapse_volunteer(session, someone, SCHEME, now=late)
    assert run_due(session, late + 30 * DAY) == ["lapse-volunteer"]


def test_a_volunteer_who_meets_somebody_is_not_let_go(session, now):
    scene = scenes.scene(session, now, PairingState.MEETING)
    scene.volunteer.state = VolunteerState.PAUSED
    scene.volunteer.paused_by = PausedBy.CLEARANCE
    scene.pairing.asks_on = None
    session.flush()
    assert run_due(session, now + 900 * DAY) == []


def test_another_number_of_days_counts(session, now):
    hold(session, now)
    days.write(session, Days(lapse=60), actor=None, now=now)
    assert list_due(session, now + 59 * DAY) == []
    assert [each.act for each in list_due(session, now + 60 * DAY)] == ["lapse-request"]
