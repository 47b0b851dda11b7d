"""A volunteer's page on the desk, and what is done to a volunteer there."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.web.coordinating.conftest import DESK, text_of
from welcome import clock
from welcome.buddies.models.pairings import Outcome, Pairing, PairingState
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    PausedBy,
    Volunteer,
    VolunteerLanguage,
    VolunteerState,
)
from welcome.buddies.people.areas import cell_of
from welcome.buddies.rules.times import PartOfDay, Weekday, make_times

V = VolunteerState
ALWAYS = {"correct"}
STAYS = {"change", "reach", "give", "hand", "leave"} | ALWAYS
# The acts that are offered from each state.
OFFERED = {
    V.APPLIED: STAYS,
    V.CLEARING: STAYS,
    V.CLEARED: STAYS | {"free", "pause"},
    V.PAUSED: STAYS | {"resume"},
    V.SUSPENDED: STAYS,
    V.LEFT: ALWAYS,
    V.DECLINED: ALWAYS,
}
BY_CALL = {
    "channel": "call", "phone": "020 7946 0123", "safe_from": "9", "safe_until": "17",
}  # fmt: skip


@pytest.fixture
def there(town):
    return f"{DESK}volunteers/{town.volunteer.public_id}/"


@pytest.fixture
def stand(session, town):
    """Have the volunteer stand somewhere."""

    def act(**values):
        for name, value in values.items():
            setattr(town.volunteer, name, value)
        session.commit()

    return act


def test_the_page_tells_what_is_known(desk, there, town, pair):
    pair(PairingState.MEETING)
    page = text_of(desk.get(there))
    for said in (
        "Vera Fiction", "Cleared", "English", "Arabic", "1 / 1", "7911 123457",
        town.volunteer.email, "Nour Fiction", "Monday", "They offer themselves for no",
        f"/-/clearing/{town.volunteer.public_id}/",
    ):  # fmt: skip
        assert said in page, said
    assert there in text_of(desk.get(f"{DESK}volunteers/"))


def test_newcomers_of_others_have_no_name_there(
    desk, there, session, town, organisations, now
):
    other = organisations["Harbour Charity"].id
    newcomer = scenes.newcomer(session, now, name="Nadir", organisation_id=other)
    asking = scenes.request(session, newcomer, now)
    session.add(
        Pairing(
            request_id=asking.id, newcomer_id=newcomer.id,
            volunteer_id=town.volunteer.id, moved_at=now, lead_id=other,
        )
    )  # fmt: skip
    session.commit()
    page = text_of(desk.get(there))
    assert "of another organisation" in page
    assert "Nadir" not in page


@pytest.mark.parametrize("state", list(V))
def test_what_is_offered_is_what_may_be_done(desk, there, stand, state):
    stand(state=state)
    page = text_of(desk.get(there))
    for act in STAYS | {"free", "resume", "pause"}:
        is_offered = act in OFFERED[state]
        assert (f'href="{there}{act}/"' in page) is is_offered, act
        assert desk.get(f"{there}{act}/").status_code == (200 if is_offered else 409)


def test_a_volunteer_is_paused_and_resumed(desk, there, pair, read, acts):
    pair(PairingState.VOLUNTEER_ASKED)
    day = clock.now().date() + timedelta(days=9)
    said = {"by": "themselves", "back_on": day.isoformat()}
    assert desk.post(f"{there}pause/", data=said).location == there
    (paused,) = read(Volunteer)
    assert (paused.state, paused.paused_by, paused.back_on) == (
        V.PAUSED, PausedBy.THEMSELVES, day,
    )  # fmt: skip
    assert read(Pairing)[0].state is PairingState.WITHDRAWN
    assert "Volunteer paused" in text_of(desk.get(there))
    assert desk.post(f"{there}resume/").location == there
    (back,) = read(Volunteer)
    assert (back.state, back.paused_by, back.back_on) == (V.CLEARED, None, None)
    assert {"volunteer.paused", "volunteer.came_back"} <= set(acts())


def test_a_volunteer_says_by_phone_that_they_are_still_free(
    desk, there, read, acts, stand
):
    stand(heard_at=clock.now() - timedelta(days=200))
    assert "They are still free" in text_of(desk.get(there))
    assert desk.post(f"{there}free/").location == there
    (heard,) = read(Volunteer)
    assert clock.now() - heard.heard_at < timedelta(days=1)
    assert "volunteer.still_free" in acts()
    assert "Volunteer is still free" in text_of(desk.get(there))


@pytest.mark.parametrize(
    "said",
    [{}, {"by": "clearance"}, {"by": "themselves", "back_on": "2020-01-01"}],
)
def test_a_pause_needs_a_reason_and_a_day_ahead(desk, there, read, said, town):
    assert desk.post(f"{there}pause/", data=said).status_code == 422
    assert read(Volunteer)[0].state is V.CLEARED


def test_who_leaves_goes_for_good(desk, there, pair, read):
    pair(PairingState.MEETING)
    said = {"outcome": Outcome.VOLUNTEER_MOVED.value}
    assert desk.post(f"{there}leave/", data=said).location == there
    assert read(Volunteer)[0].state is V.LEFT
    (ended,) = read(Pairing)
    assert (ended.state, ended.outcome) == (PairingState.ENDED, Outcome.VOLUNTEER_MOVED)


def test_nobody_leaves_while_a_pair_is_held(desk, there, pair, read):
    pair(PairingState.HELD, held_from=PairingState.MEETING.value)
    refused = desk.post(f"{there}leave/", data={"outcome": "completed"})
    assert refused.status_code == 409
    assert "The safeguarding lead says when" in text_of(refused)
    assert read(Volunteer)[0].state is V.CLEARED


def test_places_and_times_change(desk, there, read):
    asked = text_of(desk.get(f"{there}change/"))
    assert asked.count("checked") == 2
    said = {"capacity": "3", "times": ["fri-evening", "mon-morning"]}
    assert desk.post(f"{there}change/", data=said).location == there
    (changed,) = read(Volunteer)
    wanted = make_times(
        [(Weekday.FRIDAY, PartOfDay.EVENING), (Weekday.MONDAY, PartOfDay.MORNING)]
    )
    assert (changed.capacity, changed.times) == (3, wanted)


def test_who_is_never_free_is_not_kept(desk, there, read, town):
    refused = desk.post(f"{there}change/", data={"capacity": "1"})
    assert refused.status_code == 422
    assert "Tick at least one time" in text_of(refused)
    assert read(Volunteer)[0].times == town.volunteer.times


def test_who_moves_house_is_found_where_they_live_now(desk, there, read, session):
    area = scenes.area(session)
    area.easting, area.northing = 401_002, 298_001
    session.commit()
    said = {"capacity": "1", "times": ["fri-evening"], "area": "WS1 4AB"}
    assert desk.post(f"{there}change/", data=said).location == there
    assert read(Volunteer)[0].area_id == area.id
    spoken = session.exec(select(VolunteerLanguage))
    cells = {(each.cell_x, each.cell_y) for each in spoken}
    assert cells == {cell_of(area)}
    assert cells != {(None, None)}
    assert 'value="WS1 4"' in text_of(desk.get(f"{there}change/"))


def test_nobody_moves_to_where_nothing_is(desk, there, read, session):
    scenes.area(session)
    session.commit()
    said = {"capacity": "2", "times": ["fri-evening"], "area": "ZZ99 9ZZ"}
    refused = desk.post(f"{there}change/", data=said)
    assert refused.status_code == 422
    assert 'value="ZZ99 9ZZ"' in text_of(refused)
    (kept,) = read(Volunteer)
    assert (kept.area_id, kept.capacity) == (None, 1)


def test_nobody_has_fewer_places_than_are_taken(desk, there, pair, read):
    pair(PairingState.MEETING)
    refused = desk.post(
        f"{there}change/", data={"capacity": "0", "times": "mon-morning"},
        headers={"Referer": f"http://localhost{there}change/"},
    )  # fmt: skip
    assert refused.status_code == 409
    shown = text_of(refused)
    assert "More places than that are taken" in shown
    assert '<option selected value="0">' in shown
    assert shown.count("checked") == 1
    assert read(Volunteer)[0].capacity == 1


@pytest.mark.parametrize("capacity", ["-1", "4", "many", ""])
def test_no_other_number_of_places_is_taken(desk, there, read, town, capacity):
    said = {"capacity": capacity, "times": ["fri-evening"]}
    refused = desk.post(f"{there}change/", data=said)
    assert (refused.status_code, read(Volunteer)[0].capacity) == (422, 1)


def test_a_volunteer_is_reached_in_another_way(desk, there, read, town):
    asked = text_of(desk.get(f"{there}reach/"))
    assert town.volunteer.email in asked
    assert desk.post(f"{there}reach/", data=BY_CALL).location == there
    (changed,) = read(Volunteer)
    assert (changed.channel, changed.email, changed.phone) == (
        Channel.CALL, None, "+442079460123",
    )  # fmt: skip
    assert (changed.safe_from, changed.safe_until) == (9, 17)


def test_a_newcomer_is_reached_in_another_way(desk, read, town):
    there = f"{DESK}requests/{town.asking.public_id}/"
    assert town.newcomer.email in text_of(desk.get(f"{there}reach/"))
    assert desk.post(f"{there}reach/", data=BY_CALL).location == there
    (changed,) = read(Newcomer)
    assert (changed.channel, changed.email) == (Channel.CALL, None)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"channel": "email"}, "Write the e-mail address"),
        ({"phone": "12"}, "12"),
        ({"safe_until": "9"}, "The second hour must be later"),
    ],
)
def test_what_nobody_is_reached_by_is_refused_with_the_reason(
    desk, there, read, town, wrong, told
):
    refused = desk.post(f"{there}reach/", data=BY_CALL | wrong)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert read(Volunteer)[0].channel is Channel.EMAIL
