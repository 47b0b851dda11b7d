"""A volunteer who is signed in finds whom they are asked about and whom they meet."""

from datetime import timedelta

import pytest

from tests.buddies import scenes
from tests.web.taking_part.test_answering import press as press_behind
from tests.web.taking_part.test_own_offer import text_of
from tests.web.taking_part.test_volunteers import HOME, inside, stand, vera
from welcome import clock
from welcome.buddies.lifecycle.checkins import GOES_ON
from welcome.buddies.lifecycle.exits import ASKED
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Channel

__all__ = ["inside", "stand", "vera"]

S = PairingState
PAIR = f"{HOME}pair"
STOP = "I would like to stop with this person"
ASKS = "Somebody new to the town would like to meet you."
WAITS = "You said yes. Your coordinator will write or speak to you"


def stand_in(session, asking, volunteer, now, state):
    """Make a pairing that stands somewhere."""
    made = Pairing(
        request_id=asking.id, newcomer_id=asking.newcomer_id,
        volunteer_id=volunteer.id, state=state, moved_at=now, asked_at=now,
        lead_id=volunteer.organisation_id, parts={}, score=30,
        held_from="meeting" if state is S.HELD else None,
        expires_at=now + timedelta(days=7) if state in ASKED else None,
    )  # fmt: skip
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def pair(session, vera):
    """Have somebody stand in a pairing with Vera, at any stage."""

    def make(state, **values):
        now = clock.now()
        someone = scenes.newcomer(session, now, name="Nour Fiction", **values)
        asking = scenes.request(session, someone, now)
        return stand_in(session, asking, vera, now, state)

    return make


def test_the_question_of_the_letter_waits_there_too(inside, pair, read):
    made = pair(S.VOLUNTEER_ASKED)
    page = text_of(inside.get(HOME))
    assert ASKS in page
    assert "Nour Fiction" not in page
    sent = {"pair": made.public_id, "go": "show"}
    led = inside.post(PAIR, data=sent)
    assert led.status_code == 302
    assert led.headers["Referrer-Policy"] == "no-referrer"
    assert led.location.startswith("/-/take-part/answer/")
    assert read(Pairing)[0].state is S.VOLUNTEER_ASKED
    shown = press_behind(inside, led.location, inside.get(led.location), "show")
    assert "Would you like to meet?" in shown.text
    press_behind(inside, led.location, shown, "yes")
    assert read(Pairing)[0].state is S.NEWCOMER_ASKED
    assert ASKS not in text_of(inside.get(HOME))
    assert inside.post(PAIR, data=sent).status_code == 409


@pytest.mark.parametrize("state", sorted(S))
def test_what_they_know_of_is_what_they_see(inside, pair, state):
    pair(state)
    page = text_of(inside.get(HOME))
    assert (ASKS in page) is (state is S.VOLUNTEER_ASKED)
    assert ("Nour Fiction" in page) is (STOP in page) is (state in GOES_ON)
    assert (WAITS in page) is (state in {S.NEWCOMER_ASKED, S.AGREED, S.HELD})


@pytest.mark.parametrize(
    ("values", "told", "untold"),
    [
        ({"channel": Channel.CALL}, ["+447911123456"], ["@"]),
        ({"channel": Channel.PAPER}, ["will help you to arrange"], ["@", "+44"]),
        ({"channel": Channel.CALL, "shares_phone": True}, ["will help you"], ["+44"]),
        ({"safe_from": 9, "safe_until": 17}, ["@", "between 9:00 and 17:00"], ["+44"]),
    ],
)
def test_they_see_the_one_way_that_was_agreed(inside, pair, values, told, untold):
    pair(S.MEETING, **values)
    page = text_of(inside.get(HOME))
    assert all(each in page for each in told)
    assert not any(each in page for each in untold)


@pytest.mark.parametrize("state", sorted(GOES_ON | {S.HELD}))
def test_who_would_stop_is_heard_by_a_coordinator_and_nothing_ends(
    inside, pair, read, state
):
    made = pair(state)
    for _ in range(2):
        sent = {"pair": made.public_id, "go": "stop"}
        assert inside.post(PAIR, data=sent).location == HOME
    assert "Your coordinator knows now" in text_of(inside.get(HOME))
    (task,) = [each for each in read(Task) if each.kind is TaskKind.WOULD_STOP]
    assert (task.subject, task.subject_id) == ("pairing", made.id)
    assert task.organisation_id == made.lead_id
    assert read(Pairing)[0].state is state


@pytest.mark.parametrize("state", sorted(set(S) - GOES_ON - {S.HELD}))
def test_nobody_stops_with_whom_they_do_not_meet(inside, pair, read, state):
    made = pair(state)
    sent = {"pair": made.public_id, "go": "stop"}
    assert inside.post(PAIR, data=sent).status_code in {404, 409}
    assert not [each for each in read(Task) if each.kind is TaskKind.WOULD_STOP]


@pytest.mark.parametrize("go", ["show", "stop"])
def test_pairs_of_others_are_nobodys_here(inside, session, read, go):
    now = clock.now()
    asking = scenes.request(session, scenes.newcomer(session, now), now)
    other = scenes.volunteer(session, now)
    made = stand_in(session, asking, other, now, S.VOLUNTEER_ASKED)
    sent = {"pair": made.public_id, "go": go}
    assert inside.post(PAIR, data=sent).status_code == 404
    assert not [each for each in read(Task) if each.kind is TaskKind.WOULD_STOP]
