"""Both sides are asked apart, when it is due; silence and two stories are seen."""

from datetime import date, timedelta
from itertools import islice

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies.errors import MoveRefused
from welcome.buddies.lifecycle import checkins, exits, pairings, schedule
from welcome.buddies.lifecycle.checkins import Said
from welcome.buddies.models.pairings import (
    CHECK_IN_MOVES,
    CheckIn,
    CheckInKind,
    Face,
    Outcome,
    PairingState,
    Side,
)
from welcome.buddies.models.pairings import CheckInState as C
from welcome.buddies.models.people import Channel
from welcome.buddies.scheme import Days

START = date(2026, 1, 31)
DAYS = Days()


def test_a_pair_that_did_not_meet_is_asked_on_these_days():
    due = schedule.due_dates(START, DAYS, has_met=False)
    assert list(islice(due, 9)) == [
        (date(2026, 2, 14), CheckInKind.WEEK_2),
        (date(2026, 2, 21), CheckInKind.DID_YOU_MEET),
        (date(2026, 2, 28), CheckInKind.MONTHLY),
        (date(2026, 3, 31), CheckInKind.MONTHLY),
        (date(2026, 4, 30), CheckInKind.MONTHLY),
        (date(2026, 5, 31), CheckInKind.MONTHLY),
        (date(2026, 6, 30), CheckInKind.MONTHLY),
        (date(2026, 7, 31), CheckInKind.REVIEW),
        (date(2026, 8, 31), CheckInKind.MONTHLY),
    ]


def test_who_met_is_not_asked_whether_they_met():
    due = islice(schedule.due_dates(START, DAYS, has_met=True), 40)
    assert CheckInKind.DID_YOU_MEET not in {kind for _, kind in due}


@pytest.mark.parametrize(
    ("today", "latest", "next_day"),
    [
        (date(2026, 2, 13), None, date(2026, 2, 14)),
        (date(2026, 2, 14), CheckInKind.WEEK_2, date(2026, 2, 21)),
        (date(2026, 2, 27), CheckInKind.DID_YOU_MEET, date(2026, 2, 28)),
        (date(2026, 8, 30), CheckInKind.REVIEW, date(2026, 8, 31)),
        (date(2030, 2, 28), CheckInKind.MONTHLY, date(2030, 3, 31)),
    ],
)
def test_the_last_and_the_next_question(today, latest, next_day):
    found = schedule.latest_until(START, today, DAYS, has_met=False)
    assert (found and found[1]) == latest
    assert schedule.next_after(START, today, DAYS, has_met=False) == next_day


STATES = {
    "ask": {C.DUE: C.ASKED},
    "answer": {C.DUE: C.ANSWERED, C.ASKED: C.ANSWERED, C.MISSED: C.ANSWERED},
    "mark_missed": {C.DUE: C.MISSED, C.ASKED: C.MISSED},
}


def do(session, act, check_in, now):
    if act == "ask":
        checkins.ask(session, check_in, SCHEME, now=now)
    elif act == "answer":
        checkins.answer(session, check_in, Said(face=Face.WELL), actor=None, now=now)
    else:
        checkins.mark_missed(session, check_in, now=now)


@pytest.mark.parametrize("state", C)
@pytest.mark.parametrize("act", STATES)
def test_an_act_on_a_check_in(session, now, act, state):
    scene = scenes.scene(session, now, PairingState.MEETING)
    check_in = write(session, scene, Side.NEWCOMER, now, state=state)
    session.commit()
    before = scenes.everything(session)
    if state in STATES[act]:
        do(session, act, check_in, now)
        assert check_in.state is STATES[act][state]
        return
    with pytest.raises(MoveRefused):
        do(session, act, check_in, now)
    assert scenes.everything(session) == before


def test_every_move_of_a_check_in_is_tried():
    tried = {(old, new) for moves in STATES.values() for old, new in moves.items()}
    there_are = {(old, new) for old, after in CHECK_IN_MOVES.items() for new in after}
    assert tried == there_are


def write(session, scene, side, now, **values):
    values = {"kind": CheckInKind.MONTHLY, "due_on": now.date()} | values
    made = CheckIn(pairing_id=scene.pairing.id, side=side, moved_at=now, **values)
    session.add(made)
    session.flush()
    return made


def test_both_sides_are_asked_and_the_next_day_is_noted(session, now):
    scene = scenes.scene(session, now, PairingState.INTRODUCED)
    with pytest.raises(MoveRefused):
        checkins.ask_both(session, scene.pairing, SCHEME, now=now + timedelta(13))
    made = checkins.ask_both(session, scene.pairing, SCHEME, now=now + timedelta(14))
    assert [(each.side, each.kind, each.state) for each in made] == [
        (Side.NEWCOMER, CheckInKind.WEEK_2, C.ASKED),
        (Side.VOLUNTEER, CheckInKind.WEEK_2, C.ASKED),
    ]
    assert scene.pairing.asks_on == (now + timedelta(21)).date()
    assert scenes.letters(session) == [
        ("check_in", scene.newcomer.email),
        ("check_in", scene.volunteer.email),
    ]


def test_after_a_long_gap_only_the_last_question_is_asked(session, now):
    scene = scenes.scene(session, now, PairingState.INTRODUCED)
    later = now + timedelta(days=100)
    made = checkins.ask_both(session, scene.pairing, SCHEME, now=later)
    assert {each.due_on for each in made} == {date(2026, 6, 2)}
    assert scene.pairing.asks_on == date(2026, 7, 2)


def test_who_cannot_be_written_to_is_asked_by_hand(session, now):
    scene = scenes.scene(session, now, PairingState.MEETING, channel=Channel.CALL)
    made = checkins.ask_both(session, scene.pairing, SCHEME, now=now + timedelta(14))
    assert {each.state for each in made} == {C.DUE}
    assert scenes.letters(session) == []
    assert {kind for kind, *_ in scenes.open_tasks(session)} == {"reach-by-hand"}


@pytest.mark.parametrize(
    ("one", "other", "task"),
    [
        (Said(has_met=True), Said(has_met=False), "disagreement"),
        (Said(face=Face.WELL), Said(face=Face.BADLY), "disagreement"),
        (Said(face=Face.WELL), Said(face=Face.SO_SO), None),
        (Said(face=Face.BADLY), Said(face=Face.BADLY), None),
        (Said(has_met=False), Said(has_met=False), None),
        (Said(has_met=True), Said(), None),
        (Said(wants_to_talk=True), Said(), "wants-to-talk"),
    ],
)
def test_two_stories_are_seen_whoever_tells_first(session, now, one, other, task):
    for told in ((one, other), (other, one)):
        scene = scenes.scene(session, now, PairingState.INTRODUCED)
        before = len(scenes.open_tasks(session))
        for side, said in zip(Side, told, strict=True):
            check_in = write(session, scene, side, now)
            checkins.answer(session, check_in, said, actor=None, now=now)
        raised = [kind for kind, *_ in scenes.open_tasks(session)[before:]]
        assert raised == ([task] if task else [])


def test_that_they_met_is_noted_when_one_says_so(session, now):
    scene = scenes.scene(session, now, PairingState.INTRODUCED)
    kind = CheckInKind.DID_YOU_MEET
    check_in = write(session, scene, Side.NEWCOMER, now, kind=kind)
    checkins.answer(session, check_in, Said(has_met=False), actor=None, now=now)
    assert scene.pairing.state is PairingState.INTRODUCED
    check_in = write(session, scene, Side.VOLUNTEER, now, kind=kind)
    checkins.answer(session, check_in, Said(has_met=True), actor=None, now=now)
    assert scene.pairing.state is PairingState.MEETING
    assert scene.pairing.first_met_at == now


def miss(session, scene, side, now, days):
    due_on = (now + timedelta(days=days)).date()
    check_in = write(session, scene, side, now, due_on=due_on)
    checkins.mark_missed(session, check_in, now=now)
    return check_in


def test_silence_twice_in_a_row_by_one_side_is_seen(session, now):
    scene = scenes.scene(session, now, PairingState.MEETING)
    miss(session, scene, Side.NEWCOMER, now, 1)
    miss(session, scene, Side.VOLUNTEER, now, 1)
    assert scenes.open_tasks(session) == []
    told = write(session, scene, Side.NEWCOMER, now, due_on=now.date() + timedelta(2))
    checkins.answer(session, told, Said(face=Face.WELL), actor=None, now=now)
    miss(session, scene, Side.NEWCOMER, now, 3)
    assert scenes.open_tasks(session) == []
    miss(session, scene, Side.NEWCOMER, now, 4)
    expected = [("silent-twice", "pairing", scene.pairing.id)]
    assert scenes.open_tasks(session) == expected
    miss(session, scene, Side.NEWCOMER, now, 5)
    assert scenes.open_tasks(session) == expected


def test_silence_after_the_end_is_nobodys_business(session, now):
    scene = scenes.scene(session, now, PairingState.MEETING)
    ending = exits.Ending(Outcome.COMPLETED)
    exits.end(session, scene.pairing, ending, SCHEME, actor=None, now=now)
    miss(session, scene, Side.NEWCOMER, now, 1)
    miss(session, scene, Side.NEWCOMER, now, 2)
    assert scenes.open_tasks(session) == []


def test_a_pair_that_is_held_is_not_asked(session, now):
    scene = scenes.scene(session, now, PairingState.MEETING)
    pairings.hold(session, scene.pairing, actor=None, now=now)
    with pytest.raises(MoveRefused):
        checkins.ask_both(session, scene.pairing, SCHEME, now=now + timedelta(60))
    assert session.exec(select(CheckIn)).all() == []
