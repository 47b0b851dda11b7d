"""What the database finds for one newcomer is what the rules allow, no more, no less."""

import pytest
from sqlalchemy import event
from sqlmodel import select

from tests.buddies import rows
from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from welcome.buddies import gathering, scoring_policy
from welcome.buddies.gathering import find_waiting, list_volunteers, list_waiting
from welcome.buddies.models.people import Area, VolunteerLanguage
from welcome.buddies.people import areas
from welcome.buddies.proposing.candidates import list_candidates
from welcome.buddies.rules.offers import list_offers


@pytest.mark.parametrize("seed", range(6))
def test_the_database_finds_whom_the_rules_allow(session, now, seed):
    town = rows.crowded(session, now, seed)
    _version, policy = scoring_policy.read(session)
    waiting = list_waiting(session, town.everywhere, town.moment)
    everybody = list_volunteers(session, town.everywhere, town.moment)
    offers = list_offers(waiting, everybody, policy)
    assert sum(map(len, offers.values())) > 5
    for newcomer in waiting:
        found = list_candidates(session, newcomer, policy, town.moment)
        assert (
            sorted((c.volunteer.key, c.score.total) for c in found)
            == (offers[newcomer.key])
        )
        totals = [each.score.total for each in found]
        assert totals == sorted(totals, reverse=True)


def test_one_request_is_seen_as_among_all(session, now):
    town = rows.crowded(session, now, 1)
    for each in list_waiting(session, town.everywhere, town.moment):
        assert find_waiting(session, each.key, town.moment) == each


def test_candidates_take_a_fixed_number_of_queries(session, now, engine):
    town = rows.crowded(session, now, 2)
    _version, policy = scoring_policy.read(session)
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    counts = set()
    for newcomer in list_waiting(session, town.everywhere, town.moment):
        asked.clear()
        list_candidates(session, newcomer, policy, town.moment)
        counts.add(len(asked))
    assert max(counts) <= 4
    assert not any("volunteer.name" in each for each in asked)


def test_what_ran_out_yesterday_clears_nobody(session, now):
    town = rows.crowded(session, now, 3)
    _version, policy = scoring_policy.read(session)
    later = type(town.moment)(now, now.date().replace(year=now.year + 10))
    waiting = list_waiting(session, town.everywhere, later)
    assert any(list_candidates(session, w, policy, town.moment) for w in waiting)
    assert not any(list_candidates(session, w, policy, later) for w in waiting)


def test_an_area_that_moves_takes_its_volunteers_along(session, now):
    town = rows.Town(session, now)
    town.organise(1)
    volunteer = town.add_volunteer(VOLUNTEER)
    town.add_request(NEWCOMER)
    [newcomer] = list_waiting(session, town.everywhere, town.moment)
    _version, policy = scoring_policy.read(session)
    assert list_candidates(session, newcomer, policy, town.moment)
    area = session.get_one(Area, volunteer.area_id)
    away = {area.name: (500_000, 400_000)}
    assert areas.import_areas(session, away, {}, actor=None, now=now).moved == 1
    assert not list_candidates(session, newcomer, policy, town.moment)
    [found] = session.exec(
        select(VolunteerLanguage.cell_x).where(
            VolunteerLanguage.volunteer_id == volunteer.id,
            VolunteerLanguage.language == "ar",
        )
    )
    assert found == 500_000 // areas.CELL_M


def test_many_who_are_scattered_are_named_and_many_in_a_row_are_not():
    key = VolunteerLanguage.volunteer_id
    scattered, in_a_row = range(0, 50_000, 50), range(1_000)
    assert " IN " in str(gathering._among(key, scattered))
    assert " BETWEEN " in str(gathering._among(key, in_a_row))
    assert " BETWEEN " in str(gathering._among(key, range(0, 600_000, 50)))
    assert " IN " in str(gathering._among(key, in_a_row[:500]))
    assert " IN " in str(gathering._among(key, []))
