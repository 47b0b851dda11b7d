"""Two processes act at the same moment, again and again: one of them wins, once."""

import multiprocessing
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import NOON, SCHEME
from tests.conftest import KEYRING
from welcome.buddies.due import deadlines
from welcome.buddies.lifecycle import exits, proposals
from welcome.buddies.lifecycle.exits import No
from welcome.buddies.models.pairings import (
    HOLDS_PLACE,
    OVER,
    Outcome,
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.models.people import Volunteer, VolunteerState
from welcome.buddies.models.requests import BuddyRequest, RequestState
from welcome.buddies.people import volunteers
from welcome.buddies.proposing import drafts
from welcome.database import connect, sessions
from welcome.errors import WelcomeError

RACES = 500
WON = "won"
LATE = NOON + timedelta(days=8)


def draft(session, request_id, volunteer_id):
    asks = session.get_one(BuddyRequest, request_id)
    someone = session.get_one(Volunteer, volunteer_id)
    drafts.draft(session, asks, someone, actor=None, now=NOON)


def on_pairing(act, *more):
    def do(session, pairing_id):
        pairing = session.get_one(Pairing, pairing_id)
        act(session, pairing, *more, SCHEME, actor=None, now=NOON)

    return do


def expire(session, pairing_id):
    pairing = session.get_one(Pairing, pairing_id)
    deadlines.expire(session, pairing, SCHEME, now=LATE)


def leave(session, volunteer_id):
    someone = session.get_one(Volunteer, volunteer_id)
    ending = exits.Ending(Outcome.VOLUNTEER_TIME)
    volunteers.leave(session, someone, ending, SCHEME, actor=None, now=NOON)


ACTS = {
    "ask": on_pairing(proposals.ask_volunteer),
    "agree": on_pairing(proposals.newcomer_agrees),
    "say no": on_pairing(exits.decline, No(Side.NEWCOMER)),
    "withdraw": on_pairing(exits.withdraw),
    "expire": expire,
    "draft": draft,
    "leave": leave,
}


def run(url, act, things, barrier, results):
    """Act on one thing after the other, each at the moment the other process does."""
    engine = connect(url, KEYRING)
    maker = sessions(engine)
    told = []
    for thing in things:
        barrier.wait(60)
        try:
            with maker.begin() as session:
                ACTS[act](session, *thing)
            told.append(WON)
        except WelcomeError as problem:
            told.append(problem.code)
        except SQLAlchemyError as problem:
            told.append(repr(problem))
    results.put((act, things, told))
    engine.dispose()


def race(url, one, other):
    """Race two lists of acts; give what came of each, side by side."""
    spawn = multiprocessing.get_context("spawn")
    barrier, results = spawn.Barrier(2), [spawn.Queue(), spawn.Queue()]
    running = [
        spawn.Process(target=run, args=(url, *side, barrier, result))
        for side, result in zip((one, other), results, strict=True)
    ]
    for each in running:
        each.start()
    found = [each.get(timeout=240)[-1] for each in results]
    for each in running:
        each.join(60)
    return list(zip(*found, strict=True))


@dataclass
class Start:
    """What each of the two processes does, on what."""

    one: tuple[str, list[tuple[int, ...]]]
    other: tuple[str, list[tuple[int, ...]]]


def same_pairing(session, one, other, state):
    made = [scenes.scene(session, NOON, state).pairing for _ in range(RACES)]
    things = [(each.id,) for each in made]
    return Start((one, things), (other, things))


def two_drafts(session, capacity):
    """Drafts of two newcomers with the same volunteer."""
    pairs = []
    for _ in range(RACES):
        first = scenes.scene(session, NOON)
        first.volunteer.capacity = capacity
        asks = scenes.request(session, scenes.newcomer(session, NOON), NOON)
        second = drafts.draft(session, asks, first.volunteer, actor=None, now=NOON)
        pairs.append((first.pairing.id, second.id))
    return Start(
        ("ask", [(first,) for first, _ in pairs]),
        ("ask", [(second,) for _, second in pairs]),
    )


def one_seat(session):
    wanted = []
    for _ in range(RACES):
        asks = scenes.request(session, scenes.newcomer(session, NOON), NOON)
        helpers = [scenes.volunteer(session, NOON).id for _ in range(2)]
        wanted.append((asks.id, helpers))
    return Start(
        ("draft", [(asks, helpers[0]) for asks, helpers in wanted]),
        ("draft", [(asks, helpers[1]) for asks, helpers in wanted]),
    )


STARTS = {
    "the last place": (lambda s: two_drafts(s, 1), {"no_place_free"}),
    "one at a time": (lambda s: two_drafts(s, 2), {"asked_already"}),
    "one seat": (one_seat, {"seat_taken"}),
    "asked twice": (
        lambda s: same_pairing(s, "ask", "ask", PairingState.DRAFT),
        {"move_refused"},
    ),
    "agreed or lapsed": (
        lambda s: same_pairing(s, "agree", "expire", PairingState.NEWCOMER_ASKED),
        {"move_refused"},
    ),
    "declined or withdrawn": (
        lambda s: same_pairing(s, "say no", "withdraw", PairingState.NEWCOMER_ASKED),
        {"move_refused"},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", STARTS)
def test_of_two_at_once_one_wins(session, database_url, name):
    begin, refusals = STARTS[name]
    start = begin(session)
    session.commit()
    told = race(database_url, start.one, start.other)
    assert len(told) == RACES
    assert {tuple(sorted(each)) for each in told} <= {
        tuple(sorted((WON, refusal))) for refusal in refusals
    }
    # Had one always been first, they would not have met.
    assert set(Counter(each.index(WON) for each in told)) == {0, 1}
    assert_lawful(session)


@pytest.mark.slow
def test_who_leaves_while_being_asked_is_in_no_pair(session, database_url):
    made = [scenes.scene(session, NOON) for _ in range(RACES)]
    session.commit()
    asked = [(each.pairing.id,) for each in made]
    leaving = [(each.volunteer.id,) for each in made]
    told = race(database_url, ("ask", asked), ("leave", leaving))
    assert {left for _, left in told} <= {WON, "move_refused"}
    assert {was for was, _ in told} <= {WON, "move_refused", "no_place_free"}
    assert_lawful(session)
    assert len(set(told)) > 1


def assert_lawful(session):
    """As many places are held as pairings hold; who left is in no pair."""
    session.expire_all()
    live = [each for each in session.exec(select(Pairing)) if each.state not in OVER]
    holding = Counter(p.volunteer_id for p in live if p.state in HOLDS_PLACE)
    living = {each.volunteer_id for each in live}
    for each in session.exec(select(Volunteer)):
        assert each.held == holding[each.id] <= each.capacity
        assert each.state is not VolunteerState.LEFT or each.id not in living
    paired = {p.request_id for p in live if p.state is PairingState.AGREED}
    for each in session.exec(select(BuddyRequest)):
        assert (each.state is RequestState.PAIRED) is (each.id in paired)
