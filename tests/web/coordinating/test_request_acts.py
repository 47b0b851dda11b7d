"""A request is held, resumed, withdrawn, referred on and re-opened, each asked about first."""

from datetime import timedelta

import pytest
from lxml import html

from tests.buddies import scenes
from tests.web.coordinating.conftest import DESK, text_of
from welcome import clock
from welcome.accounts.models import JournalEntry
from welcome.buddies.models.pairings import Outcome, Pairing, PairingState
from welcome.buddies.models.people import Newcomer
from welcome.buddies.models.requests import BuddyRequest, HoldReason, RequestState
from welcome.buddies.rules.times import PartOfDay, Weekday, make_times
from welcome.web.coordinating.request_acts import ACTS

R = RequestState
# Whoever they are seen to by may change wherever they stand.
ALWAYS = {"give", "hand", "correct"}
# The acts that are offered from each state; of a request that is paired, nobody re-opens.
OFFERED = {
    R.OPEN: {"urge", "hold", "change", "refer", "withdraw", "reach"} | ALWAYS,
    R.ON_HOLD: {"urge", "again", "resume", "change", "refer", "withdraw", "reach"}
    | ALWAYS,
    R.PAIRED: {"reopen", "change", "withdraw", "reach"} | ALWAYS,
    R.CLOSED: {"reopen"} | ALWAYS,
    R.EXPIRED: {"reopen"} | ALWAYS,
    R.WITHDRAWN: ALWAYS,
    R.REFERRED_ON: ALWAYS,
}


@pytest.fixture
def stand(session, town):
    """Have the request stand somewhere."""

    def act(state):
        town.asking.state = state
        session.commit()
        return f"{DESK}requests/{town.asking.public_id}/"

    return act


def links_of(answer, there):
    found = html.document_fromstring(text_of(answer)).xpath("//a/@href")
    return {each.removeprefix(there).strip("/") for each in found if there in each}


@pytest.mark.parametrize("state", list(R))
def test_what_is_offered_is_what_may_be_done(desk, stand, state):
    there = stand(state)
    offered = links_of(desk.get(there), there) - {"", "#why", "rivals"}
    assert offered == OFFERED[state] | {"apart"}
    for name in ACTS:
        act = name.partition("_")[0]
        opened = desk.get(f"{there}{act}/")
        assert opened.status_code == (200 if act in OFFERED[state] else 409)


def test_opening_the_question_changes_nothing(desk, stand, read):
    there = stand(R.OPEN)
    for act in OFFERED[R.OPEN]:
        assert "Nour Fiction" in text_of(desk.get(f"{there}{act}/"))
    assert read(BuddyRequest)[0].state is R.OPEN


def test_a_request_is_held_with_a_reason_and_resumed(desk, stand, pair, read):
    there = stand(R.OPEN)
    waiting_since = read(BuddyRequest)[0].waiting_since
    pair()
    refused = desk.post(f"{there}hold/")
    assert (refused.status_code, read(BuddyRequest)[0].state) == (422, R.OPEN)
    assert "Choose one of these." in text_of(refused)
    assert desk.post(f"{there}hold/", data={"reason": "asked"}).location == there
    (held,) = read(BuddyRequest)
    assert (held.state, held.hold_reason) == (R.ON_HOLD, HoldReason.ASKED)
    assert read(Pairing)[0].state is PairingState.WITHDRAWN
    assert "They asked us to wait" in text_of(desk.get(there))
    assert desk.post(f"{there}resume/").location == there
    (open_again,) = read(BuddyRequest)
    assert (open_again.state, open_again.hold_reason) == (R.OPEN, None)
    assert open_again.waiting_since == waiting_since


def test_a_hold_has_a_day_on_which_somebody_looks_again(desk, stand, read):
    there, today = stand(R.OPEN), clock.now().date()
    usual = (today + timedelta(days=90)).isoformat()
    assert f'value="{usual}"' in text_of(desk.get(f"{there}hold/"))
    said = {"reason": "other-need", "again_on": today.isoformat()}
    refused = desk.post(f"{there}hold/", data=said)
    assert refused.status_code == 422
    assert "This day lies behind." in text_of(refused)
    ahead = today + timedelta(days=20)
    said["again_on"] = ahead.isoformat()
    assert desk.post(f"{there}hold/", data=said).location == there
    assert read(BuddyRequest)[0].look_again_on == ahead
    assert "Look at it again on" in text_of(desk.get(there))
    assert desk.post(f"{there}resume/").location == there
    assert read(BuddyRequest)[0].look_again_on is None


def test_withdrawing_ends_the_pair_as_was_said(desk, stand, pair, read, acts):
    there = stand(R.PAIRED)
    pair(PairingState.MEETING)
    said = {"outcome": Outcome.NEWCOMER_MOVED.value}
    assert desk.post(f"{there}withdraw/", data=said).location == there
    assert read(BuddyRequest)[0].state is R.WITHDRAWN
    (ended,) = read(Pairing)
    assert (ended.state, ended.outcome) == (PairingState.ENDED, Outcome.NEWCOMER_MOVED)
    assert "request.withdrawn" in acts()


@pytest.mark.parametrize("outcome", ["safeguarding", "erased", "", "made up"])
def test_nobody_withdraws_for_what_is_not_theirs_to_say(desk, stand, read, outcome):
    there = stand(R.OPEN)
    refused = desk.post(f"{there}withdraw/", data={"outcome": outcome})
    assert (refused.status_code, read(BuddyRequest)[0].state) == (422, R.OPEN)


def test_referring_on_is_done_once(desk, stand, read):
    there = stand(R.OPEN)
    assert desk.post(f"{there}refer/").location == there
    assert read(BuddyRequest)[0].state is R.REFERRED_ON
    again = desk.post(f"{there}refer/")
    assert again.status_code == 409
    assert "That cannot be done any more" in text_of(again)


def test_opening_again_keeps_the_waiting_time(desk, stand, read, acts):
    there = stand(R.CLOSED)
    waiting_since = read(BuddyRequest)[0].waiting_since
    assert desk.post(f"{there}reopen/").location == there
    (again,) = read(BuddyRequest)
    assert (again.state, again.waiting_since) == (R.OPEN, waiting_since)
    assert "request.reopened" in acts()


@pytest.mark.parametrize("act", ["hold", "refer", "withdraw"])
def test_while_a_pair_is_held_nothing_ends(desk, stand, pair, read, act):
    there = stand(R.OPEN)
    pair(PairingState.HELD, held_from=PairingState.VOLUNTEER_ASKED.value)
    said = {"reason": "asked", "outcome": "friends"}
    refused = desk.post(f"{there}{act}/", data=said)
    # What somebody typed as a reason is shown with the refusal.
    assert refused.status_code == 409
    assert "The safeguarding lead says when it goes" in text_of(refused)
    assert read(Pairing)[0].state is PairingState.HELD
    assert read(BuddyRequest)[0].state is R.OPEN


def test_a_newcomer_has_other_times_and_another_home(desk, stand, read, acts, session):
    there = stand(R.OPEN)
    area = scenes.area(session)
    session.commit()
    said = {"times": ["fri-evening"], "area": "ws14ab"}
    assert desk.post(f"{there}change/", data=said).location == there
    (changed,) = read(Newcomer)
    wanted = make_times([(Weekday.FRIDAY, PartOfDay.EVENING)])
    assert (changed.times, changed.area_id) == (wanted, area.id)
    assert "request.week_changed" in acts()
    refused = desk.post(f"{there}change/", data={"area": "ws14ab"})
    assert refused.status_code == 422
    assert "Tick at least one time" in text_of(refused)
    assert read(Newcomer)[0].times == wanted
    kept = text_of(desk.get(f"{there}change/"))
    assert 'value="WS1 4"' in kept
    assert kept.count("checked") == 1


def hold_for(session, town, reason):
    town.asking.state, town.asking.hold_reason = R.ON_HOLD, reason
    session.commit()
    return f"{DESK}requests/{town.asking.public_id}/"


@pytest.mark.parametrize("reason", sorted(set(HoldReason) - {HoldReason.NO_CONTACT}))
def test_who_waits_for_another_reason_is_not_closed(desk, town, session, read, reason):
    there = hold_for(session, town, reason)
    assert f'href="{there}expire/"' not in text_of(desk.get(there))
    assert desk.post(f"{there}expire/").status_code == 409
    assert read(BuddyRequest)[0].state is R.ON_HOLD


def test_whom_nobody_reaches_waits_no_more_and_may_ask_again(
    desk, town, session, pair, read, acts
):
    there = hold_for(session, town, HoldReason.NO_CONTACT)
    pair(PairingState.DRAFT)
    assert "They could not be reached" in text_of(desk.get(there))
    assert f'href="{there}expire/"' in text_of(desk.get(there))
    assert desk.post(f"{there}expire/").location == there
    assert read(BuddyRequest)[0].state is R.EXPIRED
    assert read(Pairing)[0].state is PairingState.WITHDRAWN
    assert "request.expired" in acts()
    assert "On hold because" not in text_of(desk.get(there))
    assert desk.post(f"{there}reopen/").location == there
    assert read(BuddyRequest)[0].state is R.OPEN


def test_what_is_urgent_comes_first_and_says_why(desk, stand, session, town, read, now):
    there = stand(R.OPEN)
    longer = scenes.newcomer(
        session, now, name="Longer Fiction", organisation_id=town.own
    )
    waits = scenes.request(session, longer, now)
    waits.waiting_since = town.asking.waiting_since - timedelta(days=300)
    session.commit()
    lists = DESK, f"{DESK}requests/"
    for page in (text_of(desk.get(path)) for path in lists):
        assert page.index("Longer Fiction") < page.index("Nour Fiction")
        assert "urgent" not in page
    said = {"level": "2", "reason": "A baby is due."}
    assert desk.post(f"{there}urge/", data=said).location == there
    (asking, _other) = read(BuddyRequest)
    assert (asking.urgency, asking.urgency_reason) == (2, "A baby is due.")
    for page in (text_of(desk.get(path)) for path in lists):
        assert page.index("Longer Fiction") > page.index("Nour Fiction")
        assert "urgent" in page
    page = text_of(desk.get(there))
    assert "Very urgent" in page
    assert "A baby is due." in page
    assert "A baby is due." in text_of(desk.get(f"{there}urge/"))


def test_whom_is_urgent_no_more_has_no_reason(desk, stand, town, session, read, maker):
    there = stand(R.ON_HOLD)
    for said in (
        {"level": "1", "reason": "Alone."},
        {"level": "0", "reason": "Alone."},
    ):
        assert desk.post(f"{there}urge/", data=said).location == there
    (asking,) = read(BuddyRequest)
    assert (asking.urgency, asking.urgency_reason) == (0, None)
    told = read(JournalEntry, JournalEntry.act == "request.urgency_set")
    assert [each.details for each in told] == [{"urgency": 1}, {"urgency": 0}]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"level": "1", "reason": " "}, "Write why it is urgent."),
        ({"level": "3", "reason": "Why."}, "Choose one"),
        ({"level": "-1", "reason": "Why."}, "Choose one"),
        ({"reason": "Why."}, "Choose one of these."),
    ],
)
def test_urgency_is_one_of_three_with_a_reason(desk, stand, read, said, told):
    there = stand(R.OPEN)
    refused = desk.post(f"{there}urge/", data=said)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert read(BuddyRequest)[0].urgency == 0


def test_what_is_on_hold_is_left_so_until_another_day(
    desk, town, session, read, acts, now
):
    there = hold_for(session, town, HoldReason.ASKED)
    behind = (now - timedelta(days=1)).date().isoformat()
    refused = desk.post(f"{there}again/", data={"again_on": behind})
    assert refused.status_code == 422
    assert "This day lies behind" in text_of(refused)
    later = (clock.now() + timedelta(days=30)).date()
    data = {"again_on": later.isoformat()}
    assert desk.post(f"{there}again/", data=data).location == there
    (held,) = read(BuddyRequest)
    assert (held.state, held.look_again_on) == (R.ON_HOLD, later)
    assert held.hold_reason is HoldReason.ASKED
    assert "request.held_on" in acts()
