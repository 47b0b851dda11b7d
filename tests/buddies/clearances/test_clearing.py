"""From what was seen of a volunteer to what they are cleared for."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.buddies import clearing_people
from welcome.accounts import journal
from welcome.buddies.clearances import clearing, required
from welcome.buddies.clearances.errors import ClearanceAhead, DbsUnreasoned
from welcome.buddies.errors import MoveRefused, TooLongSaid
from welcome.buddies.models.clearing import Clearance, ClearedFor
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.people import PausedBy, VolunteerState
from welcome.buddies.rules.requirements import (
    FOREVER,
    ClearanceKind,
    DbsLevel,
    Requirement,
    RequirementSet,
    lapses_on,
)
from welcome.buddies.rules.vocabulary import BuddyRole

K = ClearanceKind
ADULT, FAMILY = BuddyRole.ADULT, BuddyRole.FAMILY
DAY = timedelta(days=1)
ONCE = (K.IDENTITY, K.REFERENCE, K.REFERENCE, K.INTERVIEW, K.TRAINING, K.AGREEMENT)


@pytest.fixture
def today(now):
    return now.date()


@pytest.fixture
def record(session, scheme, volunteer, now):
    def act(kind, seen_on, today=None, **more):
        seen = clearing.Seen(kind=kind, seen_on=seen_on, **more)
        return clearing.record_clearance(
            session, volunteer, seen, actor=scheme.coordinator,
            today=today or seen_on, now=now,
        )  # fmt: skip

    return act


@pytest.fixture
def decide(record):
    def act(seen_on, role=ADULT, level=DbsLevel.NONE, **more):
        reason = more.pop("reason", "A friend to talk to, in public places.")
        return record(K.DBS, seen_on, role=role, level=level, reason=reason, **more)

    return act


@pytest.fixture
def cleared(record, decide, volunteer, today):
    for kind in ONCE:
        record(kind, today)
    decide(today)
    return volunteer


def cleared_for(session):
    return {each.role: each.until for each in session.exec(select(ClearedFor))}


def open_tasks(session):
    return [each.kind for each in session.exec(select(Task)) if each.done_at is None]


def test_the_first_thing_seen_begins_to_clear(record, volunteer, today):
    record(K.IDENTITY, today)
    assert volunteer.state is VolunteerState.CLEARING


def test_the_last_thing_seen_clears_until_the_first_runs_out(
    session, cleared, today, record
):
    sets = required.get_sets(session)
    months = {each.months for each in sets[ADULT].requirements if each.months}
    assert cleared.state is VolunteerState.CLEARED
    assert cleared_for(session) == {ADULT: lapses_on(today, min(months))}


@pytest.mark.parametrize("left_out", sorted(set(ONCE)), ids=str)
def test_nothing_may_be_missing(record, decide, volunteer, today, left_out):
    for kind in ONCE:
        if kind is not left_out:
            record(kind, today)
    decide(today)
    assert volunteer.state is VolunteerState.CLEARING


def test_a_decision_for_one_role_clears_for_that_role(
    session, cleared, decide, today, now
):
    cleared.offers = ["adult", "family"]
    clearing.settle(session, cleared, today=today, now=now)
    assert set(cleared_for(session)) == {ADULT}
    decide(today, FAMILY, DbsLevel.BASIC)
    assert set(cleared_for(session)) == {ADULT, FAMILY}
    assert open_tasks(session) == []


def test_what_ran_out_pauses_and_what_is_renewed_brings_back(
    session, cleared, record, today, now
):
    end = cleared_for(session)[ADULT]
    assert clearing_people.list_lapsed(session, end) == []
    assert clearing_people.list_lapsed(session, end + DAY) == [cleared.id]
    clearing.settle(session, cleared, today=end, now=now)
    assert cleared.state is VolunteerState.CLEARED
    clearing.settle(session, cleared, today=end + DAY, now=now)
    assert cleared.state is VolunteerState.PAUSED
    assert cleared.paused_by is PausedBy.CLEARANCE
    assert cleared_for(session) == {}
    assert clearing_people.list_lapsed(session, end + DAY) == []
    assert open_tasks(session) == [TaskKind.CLEARANCE_LAPSED]

    record(K.AGREEMENT, end + DAY)
    assert cleared.state is VolunteerState.CLEARED
    assert cleared.paused_by is None
    assert cleared_for(session)[ADULT] > end
    assert open_tasks(session) == []


def test_one_role_running_out_raises_a_task_and_pauses_nobody(
    session, cleared, decide, today, now
):
    sets = dict(required.get_sets(session))
    kept = [each for each in sets[FAMILY].requirements if each.kind is not K.DBS]
    sets[FAMILY] = RequirementSet(FAMILY, (*kept, Requirement(K.DBS, months=1)))
    clearing_people.require(session, sets, now)
    cleared.offers = ["adult", "family"]
    decide(today, FAMILY, DbsLevel.BASIC)
    end = cleared_for(session)[FAMILY]
    assert end == lapses_on(today, 1)
    clearing.settle(session, cleared, today=end + DAY, now=now)
    assert cleared.state is VolunteerState.CLEARED
    assert set(cleared_for(session)) == {ADULT}
    assert open_tasks(session) == [TaskKind.CLEARANCE_LAPSED]


@pytest.mark.parametrize(
    "by", [PausedBy.THEMSELVES, PausedBy.COORDINATOR, PausedBy.SILENCE], ids=str
)
def test_a_pause_of_another_kind_stays(session, cleared, record, today, now, by):
    cleared.state, cleared.paused_by = VolunteerState.PAUSED, by
    session.flush()
    record(K.TRAINING, today)
    assert (cleared.state, cleared.paused_by) == (VolunteerState.PAUSED, by)


def test_whoever_is_suspended_is_cleared_for_nothing(session, cleared, today, now):
    cleared.state = VolunteerState.SUSPENDED
    clearing.settle(session, cleared, today=today, now=now)
    assert cleared.state is VolunteerState.SUSPENDED
    assert cleared_for(session) == {}


def test_requirements_may_be_made_stricter_and_count_at_once(
    session, cleared, today, now
):
    sets = dict(required.get_sets(session))
    asked = [each for each in sets[ADULT].requirements if each.kind is not K.REFERENCE]
    sets[ADULT] = RequirementSet(ADULT, (*asked, Requirement(K.REFERENCE, 3)))
    clearing_people.require(session, sets, now)
    clearing.settle(session, cleared, today=today, now=now)
    assert cleared.state is VolunteerState.PAUSED


def test_without_an_end_somebody_is_cleared_for_good(session, cleared, today, now):
    sets = dict(required.get_sets(session))
    sets[ADULT] = RequirementSet(ADULT, (Requirement(K.IDENTITY),))
    clearing_people.require(session, sets, now)
    clearing.settle(session, cleared, today=today, now=now)
    session.commit()
    assert cleared_for(session) == {ADULT: FOREVER}


def test_what_is_refused_later_takes_back(session, cleared, record, today, now):
    record(K.INTERVIEW, today, is_met=False)
    assert cleared.state is VolunteerState.PAUSED
    # That they were cleared once is not forgotten.
    assert (cleared_for(session), cleared.first_cleared_at) == ({}, now)


def test_a_row_keeps_who_saw_it_and_when_to_look_again(
    session, scheme, decide, today, read_rows
):
    decide(today, level=DbsLevel.ENHANCED, on_update_service=True, time_abroad=True)
    [row] = read_rows(Clearance)
    assert row.seen_by_id == scheme.coordinator.id
    assert row.seen_on == today
    assert row.expires_on > today
    assert (row.on_update_service, row.time_abroad) == (True, True)
    kept = set(Clearance.model_fields)
    assert not {name for name in kept if "number" in name or "certificate" in name}


@pytest.fixture
def read_rows(session):
    return lambda model: list(session.exec(select(model)))


def test_nobody_saw_what_lies_ahead(record, today, read_rows):
    with pytest.raises(ClearanceAhead):
        record(K.IDENTITY, today + DAY, today=today)
    assert read_rows(Clearance) == []


@pytest.mark.parametrize(
    "said",
    [
        {"level": None},
        {"role": None},
        {"reason": " \n"},
    ],
    ids=str,
)
def test_a_decision_says_level_role_and_reason(decide, today, said, read_rows):
    with pytest.raises(DbsUnreasoned):
        decide(today, **said)
    assert read_rows(Clearance) == []


def test_a_reason_is_no_book(decide, today):
    decide(today, reason="ش" * clearing.LONGEST_REASON)
    with pytest.raises(TooLongSaid):
        decide(today, reason="x" * (clearing.LONGEST_REASON + 1))


@pytest.mark.parametrize("state", sorted(clearing.GONE), ids=str)
def test_nothing_is_recorded_of_whoever_is_gone(volunteer, record, today, state):
    volunteer.state = state
    with pytest.raises(MoveRefused):
        record(K.IDENTITY, today)


ACTS = {
    clearing.accept_application: {VolunteerState.APPLIED: VolunteerState.CLEARING},
    clearing.decline_volunteer: {
        VolunteerState.APPLIED: VolunteerState.DECLINED,
        VolunteerState.CLEARING: VolunteerState.DECLINED,
    },
}


@pytest.mark.parametrize("state", list(VolunteerState), ids=str)
@pytest.mark.parametrize("act", list(ACTS), ids=lambda act: act.__name__)
def test_where_an_application_may_go(session, scheme, volunteer, now, act, state):
    volunteer.state = state
    session.flush()
    wanted = ACTS[act].get(state)
    if wanted is None:
        with pytest.raises(MoveRefused):
            act(session, volunteer, actor=scheme.coordinator, now=now)
    else:
        act(session, volunteer, actor=scheme.coordinator, now=now)
    assert volunteer.state is (wanted or state)


def test_the_journal_tells_what_was_done_and_never_to_whom(session, cleared):
    entries = journal.list_entries(session, subject=("volunteer", cleared.id))
    acts = [each.act for each in entries]
    assert acts.count("clearance.recorded") == len(ONCE) + 1
    assert acts.count("volunteer.settled") == 2
    told = str([each.details for each in entries])
    assert "Vera" not in told
    assert "friend to talk" not in told
    assert DbsLevel.NONE.value not in told
