"""Runs: drafts are the best pairs, nobody told is moved, the proof stands."""

from dataclasses import replace

import pytest
from sqlmodel import select

from tests.buddies import rows
from tests.buddies.clearing_people import add_account
from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from welcome.accounts.models import Role
from welcome.buddies import access
from welcome.buddies.errors import RunChanged
from welcome.buddies.exact.refusals import NotProved, PlanNotPossible
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope
from welcome.errors import NotFound
from welcome.partners import agreements
from welcome.partners.models import Organisation


def drafts(session) -> dict[tuple[int, int], Pairing]:
    asked = select(Pairing).where(Pairing.state == PairingState.DRAFT)
    return {(p.request_id, p.volunteer_id): p for p in session.exec(asked)}


@pytest.fixture
def town(session, now) -> rows.Town:
    return rows.crowded(session, now, 4)


@pytest.fixture
def scope(town) -> Scope:
    return Scope(town.everywhere, town.everywhere)


def run(session, town, scope) -> runs.Outcome:
    made = runs.run(session, scope, rows.SCHEME, actor=None, now=town.now)
    session.commit()
    return made


def test_a_run_drafts_the_best_pairs_and_proves_them(session, town, scope):
    outcome = run(session, town, scope)
    assert outcome.result.matched > 3
    assert set(drafts(session)) == set(outcome.result.chosen)
    scores = {pair: each.score for pair, each in drafts(session).items()}
    assert scores == {(p.newcomer, p.volunteer): p.score for p in outcome.result.pairs}
    session.expire_all()
    runs.verify_run(runs.get_run(session, outcome.run.public_id))


def test_a_second_run_changes_nothing(session, town, scope):
    run(session, town, scope)
    before = {each.id for each in drafts(session).values()}
    assert run(session, town, scope).result.changes == 0
    assert {each.id for each in drafts(session).values()} == before


def test_whoever_was_told_something_stays(session, town, scope):
    run(session, town, scope)
    told = next(iter(drafts(session).values()))
    told.state = PairingState.VOLUNTEER_ASKED
    volunteer = next(v for v in town.volunteers.values() if v.id == told.volunteer_id)
    volunteer.held += 1
    session.commit()
    outcome = run(session, town, scope)
    session.refresh(told)
    assert told.state == PairingState.VOLUNTEER_ASKED
    assert (told.request_id, told.volunteer_id) in outcome.result.chosen
    assert (told.request_id, told.volunteer_id) not in drafts(session)
    runs.verify_run(outcome.run)


def test_drafts_of_others_keep_their_places(session, town):
    """Two organisations never draft the same place."""
    for each in town.organisations:
        scope = Scope(frozenset({each.id}), town.everywhere)
        run(session, town, scope)
    taken: dict[int, int] = {}
    for _request, volunteer in drafts(session):
        taken[volunteer] = taken.get(volunteer, 0) + 1
    free = {v.id: v.capacity - v.held for v in town.volunteers.values()}
    assert taken
    assert all(free[volunteer] >= count for volunteer, count in taken.items())


def test_a_family_gets_two_who_differ_and_keeps_the_first(session, now):
    town = rows.Town(session, now)
    town.organise(1)
    first = town.add_volunteer(replace(VOLUNTEER, key=1, capacity=2))
    asking = town.add_request(replace(NEWCOMER, buddies=2))
    session.commit()
    scope = Scope(town.everywhere, town.everywhere)
    run(session, town, scope)
    [one] = drafts(session).values()
    assert (one.seat, one.volunteer_id) == (1, first.id)
    one.state, first.held = PairingState.MEETING, 1
    second = town.add_volunteer(replace(VOLUNTEER, key=2))
    session.commit()
    run(session, town, scope)
    [other] = drafts(session).values()
    assert (other.seat, other.volunteer_id, other.request_id) == (
        2, second.id, asking.id,
    )  # fmt: skip


def test_a_pin_stays_where_a_better_pair_would_be(session, town, scope):
    run(session, town, scope)
    pinned = next(iter(drafts(session).values()))
    pinned.is_pinned = True
    session.commit()
    outcome = run(session, town, scope)
    assert (pinned.request_id, pinned.volunteer_id) in outcome.posed.problem.pinned
    assert (pinned.request_id, pinned.volunteer_id) in drafts(session)


def test_a_pin_without_a_place_goes(session, town, scope):
    run(session, town, scope)
    pinned = next(iter(drafts(session).values()))
    pinned.is_pinned = True
    volunteer = next(v for v in town.volunteers.values() if v.id == pinned.volunteer_id)
    volunteer.held = volunteer.capacity
    session.commit()
    run(session, town, scope)
    session.refresh(pinned)
    assert pinned.state == PairingState.WITHDRAWN


def test_a_run_that_was_changed_proves_nothing(session, town, scope):
    kept = run(session, town, scope).run
    kept.fingerprint = "0" * 64
    with pytest.raises(RunChanged):
        runs.verify_run(kept)
    session.rollback()
    session.refresh(kept)
    kept.result = {**kept.result, "pairs": kept.result["pairs"][1:]}
    with pytest.raises((NotProved, PlanNotPossible)):
        runs.verify_run(kept)
    session.rollback()
    session.refresh(kept)
    kept.given = kept.given[:-3]
    with pytest.raises(RunChanged):
        runs.verify_run(kept)


def test_a_run_is_read_by_who_works_for_all_whom_it_served(session, town, now):
    one, other, *_ = sorted(town.everywhere)
    served = {name: frozenset(ids) for name, ids in {
        "one": [one], "other": [other], "both": [one, other],
    }.items()}  # fmt: skip
    made = {
        name: run(session, town, Scope(ids, town.everywhere)).run.public_id
        for name, ids in served.items()
    }
    for own, wanted in ((served["one"], {"one"}), (served["both"], set(served))):
        account = at_work(session, own, now)
        found = {each.public_id for each in runs.list_runs(session, own)}
        assert found == {made[name] for name in wanted}
        for name, public_id in made.items():
            if name in wanted:
                got = access.get_run(session, account, public_id)
                assert got.public_id == public_id
            else:
                with pytest.raises(NotFound):
                    access.get_run(session, account, public_id)
    assert runs.list_runs(session, frozenset()) == []


def at_work(session, organisations, now):
    """Bring in a coordinator of some organisations."""
    first, *others = [session.get_one(Organisation, each) for each in organisations]
    key = f"of-{len(organisations)}"
    made = add_account(session, key, first, Role.COORDINATOR, now)
    for each in others:
        agreements.join(session, each, made, actor=None, now=now)
    return made
