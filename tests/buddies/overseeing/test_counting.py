"""Each number is of the people it says, and small ones are hidden."""

from datetime import timedelta

import pytest

from tests.buddies.rows import SCHEME
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import VolunteerState
from welcome.buddies.models.requests import RequestState
from welcome.buddies.overseeing import counting
from welcome.buddies.overseeing.counting import Counted


def lines(town):
    found = counting.count(town.session, town.everywhere, SCHEME, town.moment)
    return [each.organisation and each.organisation.name for each in found], found


def column(town, what):
    return [each.shown[what] for each in lines(town)[1]]


def test_waiting_is_who_has_an_open_request(town):
    town.ask(6, 1, waiting_days=10)
    town.ask(5, 2, waiting_days=30)
    for each in town.ask(7, 3):
        each.state = RequestState.ON_HOLD
    names, found = lines(town)
    assert names == ["Organisation 1", "Organisation 2", "Organisation 3", None]
    assert column(town, Counted.WAITING) == [6, 5, 0, 11]
    assert [each.median_days for each in found] == [10, 30, None, 10]


def test_few_who_wait_are_hidden_and_who_would_give_them_away(town):
    town.ask(3, 1)
    town.ask(9, 2)
    town.ask(8, 3)
    assert column(town, Counted.WAITING) == [None, 9, None, 20]
    assert [each.median_days is None for each in lines(town)[1]] == [1, 0, 1, 0]


def test_of_few_in_all_nothing_is_told(town):
    town.ask(3, 1)
    assert column(town, Counted.WAITING) == [None, 0, 0, None]


def test_volunteers_are_counted_by_where_they_stand(town):
    town.help(6, 1)
    town.help(5, 1, held=1)
    town.help(7, 2)
    for each in town.help(5, 3):
        each.state = VolunteerState.PAUSED
    for each in town.help(5, 3):
        each.state = VolunteerState.LEFT
    assert column(town, Counted.CLEARED) == [11, 7, 0, 18]
    assert column(town, Counted.FREE) == [6, 7, 0, 13]
    assert column(town, Counted.PAUSED) == [0, 0, 5, 5]


def test_how_many_are_full_cannot_be_worked_out_where_they_are_few(town):
    town.help(6, 1)
    town.help(2, 1, held=1)
    town.help(7, 2)
    town.help(6, 2, held=1)
    town.help(9, 3)
    assert column(town, Counted.CLEARED) == [8, 13, 9, 30]
    assert column(town, Counted.FREE) == [None, None, 9, 22]


def test_where_few_are_full_in_all_the_whole_is_hidden_too(town):
    town.help(6, 1)
    town.help(2, 1, held=1)
    assert column(town, Counted.FREE)[-1] is None


@pytest.mark.parametrize(
    ("state", "values", "meets", "ended"),
    [
        (PairingState.DRAFT, {}, 0, 0),
        (PairingState.VOLUNTEER_ASKED, {}, 0, 0),
        (PairingState.INTRODUCED, {"introduced_at": 3}, 5, 0),
        (PairingState.HELD, {"introduced_at": 3}, 5, 0),
        (PairingState.HELD, {}, 0, 0),
        (PairingState.ENDED, {"introduced_at": 90, "ended_at": 3}, 0, 5),
        (PairingState.ENDED, {"introduced_at": 90, "ended_at": 62}, 0, 0),
        (PairingState.WITHDRAWN, {"introduced_at": 3}, 0, 0),
    ],
)
def test_pairs_meet_once_introduced_and_end_this_year(
    town, state, values, meets, ended
):
    dates = {name: town.now - timedelta(days=days) for name, days in values.items()}
    both = zip(town.ask(5, 1), town.help(5, 2), strict=True)
    for asking, volunteer in both:
        town.pair(asking, volunteer, state, **dates)
    assert column(town, Counted.MEETING) == [0, meets, 0, meets]
    assert column(town, Counted.ENDED) == [0, ended, 0, ended]


def test_a_scope_is_counted_alone(town):
    town.ask(6, 1)
    town.ask(7, 2)
    own = {town.organisations[1].id}
    found = counting.count(town.session, own, SCHEME, town.moment)
    assert [each.shown[Counted.WAITING] for each in found] == [7, 7]
