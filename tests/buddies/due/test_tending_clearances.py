"""A clearance that runs out pauses by itself; referees who say nothing are asked again."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.buddies import clearing_people
from tests.buddies.rows import SCHEME
from welcome.buddies.clearances import clearing, references
from welcome.buddies.due.tending import Tending, list_due, tend
from welcome.buddies.models.clearing import ClearedFor, Referee, Relation
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.people import PausedBy, VolunteerState
from welcome.buddies.rules.requirements import ClearanceKind, DbsLevel
from welcome.buddies.rules.vocabulary import BuddyRole
from welcome.messages.models import Message

K = ClearanceKind
ONCE = (K.IDENTITY, K.REFERENCE, K.REFERENCE, K.INTERVIEW, K.TRAINING, K.AGREEMENT)


@pytest.fixture
def scheme(session, now):
    return clearing_people.assemble(session, now)


@pytest.fixture
def volunteer(session, scheme, now):
    return clearing_people.add_volunteer(session, scheme.charity, now)


def clear(session, scheme, volunteer, now):
    today = now.date()
    clearing.accept_application(session, volunteer, actor=scheme.coordinator, now=now)
    seen = [clearing.Seen(kind=kind, seen_on=today) for kind in ONCE]
    seen += [
        clearing.Seen(
            kind=K.DBS,
            seen_on=today,
            role=role,
            level=level,
            reason="By the questions.",
        )
        for role, level in (
            (BuddyRole.ADULT, DbsLevel.NONE),
            (BuddyRole.FAMILY, DbsLevel.ENHANCED),
        )
    ]
    for each in seen:
        clearing.record_clearance(
            session, volunteer, each, actor=scheme.coordinator, today=today, now=now
        )


def test_what_runs_out_pauses_by_itself_and_raises_a_task(
    session, scheme, volunteer, now
):
    clear(session, scheme, volunteer, now)
    assert volunteer.state is VolunteerState.CLEARED
    until = max(each.until for each in session.exec(select(ClearedFor)))
    later = now + (until - now.date()) + timedelta(days=1)
    assert not [e for e in list_due(session, now) if e.act is Tending.SETTLE]
    [due] = [e for e in list_due(session, later) if e.act is Tending.SETTLE]
    tend(session, due, SCHEME, now=later)
    session.refresh(volunteer)
    assert (volunteer.state, volunteer.paused_by) == (
        VolunteerState.PAUSED, PausedBy.CLEARANCE,
    )  # fmt: skip
    assert TaskKind.CLEARANCE_LAPSED in {
        each.kind for each in session.exec(select(Task))
    }
    assert not [e for e in list_due(session, later) if e.act is Tending.SETTLE]


def test_a_referee_who_says_nothing_is_asked_twice_more(
    session, scheme, volunteer, now
):
    referee = Referee(
        volunteer_id=volunteer.id,
        name="Ria Fiction",
        email="ria@example.org",
        relation=Relation.COLLEAGUE,
        moved_at=now,
    )
    session.add(referee)
    session.flush()
    references.ask(session, referee, SCHEME, actor=scheme.coordinator, now=now)
    asked = 0
    for day in range(40):
        later = now + timedelta(days=day)
        for due in list_due(session, later):
            assert due.act is Tending.ASK_REFEREE
            tend(session, due, SCHEME, now=later)
            asked += 1
    assert asked == references.MOST_REMINDERS
    assert len(session.exec(select(Message)).all()) == 1 + asked
