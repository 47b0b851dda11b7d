"""Every route to a person, every role: own people open, all others are not there."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.buddies import rows
from tests.buddies.people import NEWCOMER, VOLUNTEER
from welcome.buddies import runs
from welcome.buddies.models.people import Newcomer
from welcome.buddies.posing import Scope
from welcome.cli.cast import PARTS
from welcome.partners import access as partners

OWN = "coordinator"
OTHERS = sorted({part.key for part in PARTS} - {OWN})
# Route, and which of the people its public id is of.
PAGES = {"coordinating.show_request": "asking"}


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: whose people are whose does not depend on it."""
    return sqlite_database


@pytest.fixture
def people(session, cast, now) -> SimpleNamespace:
    """A newcomer and a volunteer of Town Friends, and a draft between them."""
    town = rows.Town(session, now)
    by_name = {each.name: each for each in partners.list_organisations(session)}
    town.organisations = [by_name["Town Friends"], by_name["Harbour Charity"]]
    volunteer = town.add_volunteer(VOLUNTEER)
    volunteer.name = "Vera Fiction"
    asking = town.add_request(NEWCOMER)
    session.get_one(Newcomer, asking.newcomer_id).name = "Nour Fiction"
    town.add_volunteer(replace(VOLUNTEER, key=3, organisation=2)).name = "Veit Fiction"
    scope = Scope(town.everywhere, town.everywhere)
    runs.run(session, scope, rows.SCHEME, actor=None, now=town.now)
    session.commit()
    return SimpleNamespace(asking=asking, volunteer=volunteer)


def address(app, name, people):
    public_id = getattr(people, PAGES[name]).public_id
    return app.url_map.bind("localhost").build(name, {"public_id": public_id})


@pytest.mark.parametrize("name", PAGES)
def test_own_people_open(app, signed_in_as, cast, people, name):
    answer = signed_in_as(cast.coordinator).get(address(app, name, people))
    assert answer.status_code == 200
    assert "Fiction" in answer.get_data(as_text=True)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", OTHERS)
def test_to_all_others_nobody_is_there(app, signed_in_as, cast, people, name, who):
    answer = signed_in_as(getattr(cast, who)).get(address(app, name, people))
    assert answer.status_code == (404 if who == "neighbour" else 403)
    assert "Fiction" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "page", ["", "requests/", "volunteers/", "pairings/", "requests/?words=fiction"]
)
def test_lists_hold_own_people_only(signed_in_as, cast, people, page):
    own = signed_in_as(cast.coordinator).get(f"/-/coordinating/{page}")
    assert "Fiction" in own.get_data(as_text=True)
    assert "Veit" not in own.get_data(as_text=True)
    other = signed_in_as(cast.neighbour).get(f"/-/coordinating/{page}")
    assert other.status_code == 200
    assert "Nour" not in other.get_data(as_text=True)
    assert "Vera" not in other.get_data(as_text=True)


def test_why_somebody_waits_names_own_volunteers_only(signed_in_as, cast, people):
    client = signed_in_as(cast.coordinator)
    page = client.get(f"/-/coordinating/requests/{people.asking.public_id}/")
    text = page.get_data(as_text=True)
    assert "Vera Fiction" in text
    assert "Veit" not in text
