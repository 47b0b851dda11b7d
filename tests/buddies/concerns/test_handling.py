"""Handling a concern: what may follow on what, what stays, what is stopped."""

import pytest
import sqlalchemy as sa
from sqlmodel import select

from tests.buddies import clearing_people, scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies.concerns import concern_access, handling, safeguarding
from welcome.buddies.concerns.errors import NotDecided
from welcome.buddies.concerns.handling import Decision
from welcome.buddies.concerns.safeguarding import Worry, whom
from welcome.buddies.errors import MoveRefused, NothingSaid, TooLongSaid
from welcome.buddies.models.concerns import (
    ConcernAct,
    ConcernNote,
    ConcernState,
    RaisedBy,
    ReferredTo,
)
from welcome.buddies.models.pairings import PairingState

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


ACTS = {
    "take_up": lambda s, c, by: handling.take_up(s, c, **by),
    "note": lambda s, c, by: handling.note(s, c, "Called.", **by),
    "decide": decide,
    "close": lambda s, c, by: handling.close(s, c, **by),
    "open_again": lambda s, c, by: handling.open_again(s, c, **by),
}
LEADS_TO = {
    ("take_up", S.RAISED): S.BEING_HANDLED,
    ("note", S.RAISED): S.RAISED,
    ("note", S.BEING_HANDLED): S.BEING_HANDLED,
    ("note", S.CLOSED): S.CLOSED,
    ("decide", S.BEING_HANDLED): S.BEING_HANDLED,
    ("close", S.BEING_HANDLED): S.CLOSED,
    ("open_again", S.CLOSED): S.BEING_HANDLED,
}


@pytest.mark.parametrize("state", list(S), ids=str)
@pytest.mark.parametrize("act", list(ACTS))
def test_what_may_follow_on_what(session, raised, by, act, state):
    raised.state, raised.decision = state, "Decided before."
    session.flush()
    wanted = LEADS_TO.get((act, state))
    if wanted is None:
        with pytest.raises(MoveRefused):
            ACTS[act](session, raised, by)
        assert concern_access.list_notes(session, raised) == []
    else:
        ACTS[act](session, raised, by)
        [note] = concern_access.list_notes(session, raised)
        assert note.written_by_id == by["actor"].id
    assert raised.state is (wanted or state)


def test_nothing_is_closed_that_nothing_was_decided_on(session, concern, by):
    with pytest.raises(NotDecided):
        handling.close(session, concern, **by)
    decide(session, concern, by)
    handling.close(session, concern, **by)


@pytest.mark.parametrize(
    "to",
    [(), (ReferredTo.NOBODY, ReferredTo.POLICE)],
    ids=["not said", "both"],
)
def test_a_decision_says_to_whom_it_is_passed_on(session, concern, by, to):
    with pytest.raises(NothingSaid):
        decide(session, concern, by, to=to)
    assert concern.decision is None


@pytest.mark.parametrize(
    ("text", "refused"),
    [("  ", NothingSaid), ("x" * (safeguarding.LONGEST + 1), TooLongSaid)],
    ids=["nothing", "a book"],
)
def test_what_cannot_be_written(session, concern, by, text, refused):
    with pytest.raises(refused):
        decide(session, concern, by, text)
    with pytest.raises(refused):
        handling.note(session, concern, text, **by)


def test_an_earlier_decision_stays_among_the_notes(session, concern, by):
    decide(session, concern, by, "First.", [ReferredTo.POLICE])
    decide(session, concern, by, "Second.")
    assert (concern.decision, concern.referred_to) == ("Second.", ["nobody"])
    said = [
        (each.act, each.text, each.referred_to)
        for each in concern_access.list_notes(session, concern)
    ]
    assert said == [
        (A.TAKEN_UP, None, []),
        (A.DECIDED, "First.", ["police"]),
        (A.DECIDED, "Second.", ["nobody"]),
    ]


def test_what_the_adult_wants_is_kept_whenever_it_is_said(session, concern, by):
    for text, wishes in (
        ("One.", " "),
        ("Two.", "To meet outside."),
        ("Three.", "To stop."),
    ):
        handling.decide(
            session, concern, Decision(text, [ReferredTo.NOBODY], wishes), **by
        )
    assert concern.wishes == "To meet outside."
    assert concern.decision == "Three."
    said = [each.text for each in concern_access.list_notes(session, concern)]
    assert said == [None, "One.", "Two.", "Three.\n\nWhat the person wants: To stop."]
    book = "x" * (safeguarding.LONGEST + 1)
    with pytest.raises(TooLongSaid):
        handling.decide(
            session, concern, Decision("Four.", [ReferredTo.NOBODY], book), **by
        )
    assert concern.decision == "Three."


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE concern_note SET text = NULL",
        "UPDATE concern_note SET written_at = NULL",
        "UPDATE concern_note SET act = 'noted' WHERE act = 'taken-up'",
        "UPDATE concern_note SET referred_to = '[\"police\"]'",
        "UPDATE concern_note SET written_by_id = 1",
        "DELETE FROM concern_note",
    ],
)
def test_notes_stay_whatever_is_said_to_the_database(session, concern, by, statement):
    handling.note(session, concern, "As it was.", **by)
    session.commit()
    before = [each.model_dump() for each in session.exec(select(ConcernNote))]
    with pytest.raises(sa.exc.DBAPIError):
        session.connection().exec_driver_sql(statement)
    session.rollback()
    session.expire_all()
    after = [each.model_dump() for each in session.exec(select(ConcernNote))]
    assert after == before
    assert len(after) == 2
