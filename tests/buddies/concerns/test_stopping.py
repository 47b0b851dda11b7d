"""What a concern stops: a pair, a volunteer; and what lets them go on."""

import pytest
from sqlmodel import select

from tests.buddies import clearing_people, scenes
from tests.buddies.scenes import SCHEME
from welcome.accounts.models import JournalEntry
from welcome.buddies.concerns import concern_access, handling, safeguarding, stopping
from welcome.buddies.concerns.errors import NoPairConcerned, StillHeld
from welcome.buddies.concerns.handling import Decision
from welcome.buddies.concerns.safeguarding import Worry, whom
from welcome.buddies.errors import MoveRefused
from welcome.buddies.models.concerns import (
    ConcernAct,
    ConcernState,
    RaisedBy,
    ReferredTo,
)
from welcome.buddies.models.pairings import Outcome, PairingState, Side
from welcome.buddies.models.people import VolunteerState
from welcome.buddies.models.requests import RequestState
from welcome.errors import NotFound
from welcome.messages.models import Message

S, A = ConcernState, ConcernAct
WORRY = Worry(raised_by=RaisedBy.VOLUNTEER, what="Something is wrong.")


@pytest.fixture
def people(session, now):
    return clearing_people.assemble(session, now)


@pytest.fixture
def pair(session, people, now):
    made = scenes.scene(session, now, PairingState.MEETING)
    made.pairing.lead_id = people.charity.id
    session.commit()
    return made


@pytest.fixture
def raised(session, people, pair, now):
    return safeguarding.raise_concern(
        session, whom(pair.pairing), WORRY, SCHEME, actor=None, now=now
    )


@pytest.fixture
def concern(session, people, raised, now):
    """A concern that is being handled."""
    handling.take_up(session, raised, actor=people.lead, now=now)
    return raised


@pytest.fixture
def by(people, now):
    return {"actor": people.lead, "now": now}


def decide(session, concern, by, text="We spoke to both.", to=(ReferredTo.NOBODY,)):
    handling.decide(session, concern, Decision(text, to), **by)


STOPS = {
    "hold": lambda s, pair, by: stopping.hold_pair(s, pair, **by),
    "go_on": lambda s, pair, by: stopping.let_pair_go_on(s, pair, SCHEME, **by),
    "end": lambda s, pair, by: stopping.end_pair(
        s, pair, SCHEME, wants_another=False, **by
    ),
    "suspend": lambda s, pair, by: stopping.suspend(s, pair.concern, SCHEME, **by),
    "lift": lambda s, pair, by: stopping.lift(s, pair.concern, SCHEME, **by),
}


@pytest.mark.parametrize("state", [S.RAISED, S.CLOSED], ids=str)
@pytest.mark.parametrize("act", list(STOPS))
def test_nothing_is_stopped_before_somebody_handles_it(
    session, raised, pair, by, act, state
):
    raised.state = state
    session.flush()
    concerned = stopping.get_pair(session, raised, pair.pairing.public_id)
    with pytest.raises(MoveRefused):
        STOPS[act](session, concerned, by)
    assert pair.pairing.state is PairingState.MEETING
    assert pair.volunteer.state is VolunteerState.CLEARED


@pytest.fixture
def held(session, concern, pair, by):
    found = stopping.get_pair(session, concern, pair.pairing.public_id)
    stopping.hold_pair(session, found, **by)
    return found


def test_a_pair_is_held_and_goes_on_where_it_stood(session, held, pair, by):
    assert held.concern.holds_pairing
    assert pair.pairing.state is PairingState.HELD
    stopping.let_pair_go_on(session, held, SCHEME, **by)
    assert pair.pairing.state is PairingState.MEETING
    assert not held.concern.holds_pairing
    acts = [each.act for each in concern_access.list_notes(session, held.concern)]
    assert acts == [A.TAKEN_UP, A.HELD, A.LET_GO_ON]


def test_a_concern_is_not_closed_over_a_pair_on_hold(session, held, by):
    decide(session, held.concern, by)
    with pytest.raises(StillHeld):
        handling.close(session, held.concern, **by)
    stopping.let_pair_go_on(session, held, SCHEME, **by)
    handling.close(session, held.concern, **by)
    assert held.concern.state is S.CLOSED


@pytest.fixture
def another(session, pair, by, now):
    """A second concern that holds the same pair."""
    worry = Worry(**{**vars(WORRY), "holds_pairing": True})
    made = safeguarding.raise_concern(
        session, whom(pair.pairing), worry, SCHEME, actor=None, now=now
    )
    handling.take_up(session, made, **by)
    return made


def test_each_concern_has_to_let_a_pair_go_on(session, held, another, pair, by):
    with pytest.raises(StillHeld):
        stopping.let_pair_go_on(session, held, SCHEME, **by)
    decide(session, another, by)
    handling.close(session, another, **by)
    stopping.let_pair_go_on(session, held, SCHEME, **by)
    assert pair.pairing.state is PairingState.MEETING


@pytest.mark.parametrize("wants_another", [False, True], ids=["done", "waits on"])
def test_a_pair_is_ended_and_nobody_is_written_to(
    session, held, another, pair, by, wants_another
):
    before = len(session.exec(select(Message)).all())
    stopping.end_pair(session, held, SCHEME, wants_another=wants_another, **by)
    assert pair.pairing.state is PairingState.ENDED
    assert pair.pairing.outcome is Outcome.SAFEGUARDING
    assert len(session.exec(select(Message)).all()) == before
    assert not any(each.holds_pairing for each in (held.concern, another))
    wanted = RequestState.OPEN if wants_another else RequestState.CLOSED
    session.refresh(pair.request)
    assert pair.request.state is wanted


def test_the_journal_does_not_tell_that_safeguarding_ended_a_pair(
    session, held, pair, by
):
    stopping.end_pair(session, held, SCHEME, wants_another=False, **by)
    acts = session.exec(select(JournalEntry.act)).all()
    assert "pairing.held" in acts
    assert "pairing.ended" not in acts
    [*_others, noted] = concern_access.list_notes(session, held.concern)
    assert (noted.act, noted.written_by_id) == (A.ENDED, by["actor"].id)


@pytest.mark.parametrize(
    "state", [PairingState.VOLUNTEER_ASKED, PairingState.NEWCOMER_ASKED], ids=str
)
def test_a_proposal_is_ended_too(session, concern, pair, by, state):
    pair.pairing.state = state
    pair.request.state = RequestState.OPEN
    session.flush()
    found = stopping.get_pair(session, concern, pair.pairing.public_id)
    stopping.end_pair(session, found, SCHEME, wants_another=False, **by)
    assert pair.pairing.state is PairingState.ENDED


def test_a_suspended_volunteer_is_stopped_whole_and_let_back_by_steps(
    session, concern, pair, by, now
):
    stopping.suspend(session, concern, SCHEME, **by)
    assert pair.volunteer.state is VolunteerState.SUSPENDED
    assert pair.pairing.state is PairingState.HELD
    decide(session, concern, by)
    with pytest.raises(StillHeld):
        handling.close(session, concern, **by)
    stopping.lift(session, concern, SCHEME, **by)
    assert pair.volunteer.state is VolunteerState.PAUSED
    [found] = handling.list_pairs(session, concern)
    concerned = stopping.get_pair(session, concern, found.public_id)
    stopping.let_pair_go_on(session, concerned, SCHEME, **by)
    assert pair.pairing.state is PairingState.MEETING


def test_another_pair_of_the_volunteer_is_theirs_to_let_go_on(
    session, concern, pair, people, by, now
):
    other = scenes.scene(session, now, PairingState.MEETING)
    other.pairing.volunteer_id = pair.volunteer.id
    pair.volunteer.held, pair.volunteer.capacity = 2, 2
    session.flush()
    with pytest.raises(NotFound):
        stopping.get_pair(session, concern, other.pairing.public_id)
    stopping.suspend(session, concern, SCHEME, **by)
    stopping.lift(session, concern, SCHEME, **by)
    concerned = stopping.get_pair(session, concern, other.pairing.public_id)
    stopping.let_pair_go_on(session, concerned, SCHEME, **by)
    assert other.pairing.state is PairingState.MEETING
    assert pair.pairing.state is PairingState.HELD


@pytest.mark.parametrize("side", list(Side), ids=str)
def test_where_it_names_no_pair_the_persons_pairs_can_be_stopped(
    session, people, pair, by, now, side
):
    person = pair.newcomer if side is Side.NEWCOMER else pair.volunteer
    draft = scenes.scene(session, now, PairingState.DRAFT)
    draft.pairing.volunteer_id = pair.volunteer.id
    made = safeguarding.raise_concern(
        session, whom(person), WORRY, SCHEME, actor=None, now=now
    )
    handling.take_up(session, made, **by)
    assert handling.list_pairs(session, made) == [pair.pairing]
    found = stopping.get_pair(session, made, pair.pairing.public_id)
    stopping.hold_pair(session, found, **by)
    # Another concern about the pair does not let it go on meanwhile.
    other = safeguarding.raise_concern(
        session, whom(pair.pairing), WORRY, SCHEME, actor=None, now=now
    )
    handling.take_up(session, other, **by)
    theirs = stopping.get_pair(session, other, pair.pairing.public_id)
    with pytest.raises(StillHeld):
        stopping.let_pair_go_on(session, theirs, SCHEME, **by)
    stopping.let_pair_go_on(session, found, SCHEME, **by)
    assert pair.pairing.state is PairingState.MEETING


def test_a_pair_of_others_is_nobody_elses_to_stop(session, concern, now):
    other = scenes.scene(session, now, PairingState.HELD, PairingState.MEETING)
    with pytest.raises(NotFound):
        stopping.get_pair(session, concern, other.pairing.public_id)


def test_there_may_be_nobody_to_stop(session, people, by, now):
    made = safeguarding.raise_concern(
        session, whom(people.charity), WORRY, SCHEME, actor=None, now=now
    )
    handling.take_up(session, made, **by)
    assert handling.list_pairs(session, made) == []
    for act in (stopping.suspend, stopping.lift):
        with pytest.raises(NoPairConcerned):
            act(session, made, SCHEME, **by)
