"""A volunteer who is signed in changes times, places, home and how they are reached."""

import pytest
from lxml import html
from sqlmodel import select

from tests.buddies import scenes
from tests.web.taking_part.test_volunteers import HOME, SIGN_IN, inside, stand, vera
from welcome.accounts.models import JournalEntry
from welcome.buddies.models.desk import Link
from welcome.buddies.models.people import (
    Channel,
    Volunteer,
    VolunteerLanguage,
    VolunteerState,
)
from welcome.buddies.people.areas import cell_of
from welcome.buddies.rules.times import PartOfDay, Weekday, make_times

__all__ = ["inside", "stand", "vera"]

OFFER, REACH = f"{HOME}offer", f"{HOME}reach"
FREE = {"times": ["fri-evening"], "capacity": "2"}


def text_of(answer):
    return answer.get_data(as_text=True)


def test_times_places_and_home_change(inside, session, vera, read):
    area = scenes.area(session)
    area.easting, area.northing = 401_002, 298_001
    heard_at = vera.heard_at
    session.commit()
    for address in (OFFER, REACH):
        assert f'href="{address}"' in text_of(inside.get(HOME))
    assert inside.post(OFFER, data=FREE | {"area": "WS1 4AB"}).location == HOME
    (changed,) = read(Volunteer)
    times = make_times([(Weekday.FRIDAY, PartOfDay.EVENING)])
    assert (changed.times, changed.capacity, changed.area_id) == (times, 2, area.id)
    assert changed.heard_at > heard_at
    spoken = session.exec(select(VolunteerLanguage)).all()
    assert {(each.cell_x, each.cell_y) for each in spoken} == {cell_of(area)}
    session.commit()
    # What people do themselves stands in their rows.
    acts = {each.act for each in read(JournalEntry)}
    assert "volunteer.offer_changed" not in acts
    shown = text_of(inside.get(OFFER))
    assert shown.count(" checked") == 1
    assert 'value="WS1 4"' in shown
    assert "Saved." in text_of(inside.get(HOME))


@pytest.mark.parametrize("address", [OFFER, REACH])
def test_whose_half_hour_is_over_keeps_what_they_typed(client, inside, vera, address):
    inside.post(f"{HOME}sign-out")
    said = {"phone": "020 7946 0123", "area": "WS1 4AB", "channel": "call"}
    answer = client.post(address, data=said)
    assert answer.status_code == 401
    page = html.document_fromstring(text_of(answer))
    assert page.xpath("//main//a/@href")[0] == SIGN_IN
    typed = page.xpath("//p[contains(@class, 'unit-text')]")
    assert sorted(each.text_content() for each in typed) == ["020 7946 0123", "WS1 4AB"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"times": []}, "Tick when you are free"),
        ({"capacity": "0"}, "Choose one of the answers"),
        ({"capacity": "9"}, "Choose one of the answers"),
        ({"capacity": "1"}, "More places than that are taken"),
        ({"area": "ZZ99 9ZZ"}, "We do not know this postcode"),
    ],
)
def test_what_cannot_be_is_said_and_kept(inside, session, stand, read, wrong, told):
    scenes.area(session)
    stand(held=2, capacity=3, state=VolunteerState.CLEARED)
    refused = inside.post(OFFER, data=FREE | wrong)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert read(Volunteer)[0].capacity == 3


def test_a_number_that_no_form_offers_may_stay(inside, stand, read):
    stand(capacity=6)
    assert inside.post(OFFER, data=FREE | {"capacity": "6"}).location == HOME
    assert read(Volunteer)[0].capacity == 6


def test_how_they_are_reached_changes_and_is_not_shown(inside, vera, read):
    shown = text_of(inside.get(REACH))
    assert "vera@example.org" not in shown
    said = {"channel": "call", "phone": "020 7946 0123"}
    assert inside.post(REACH, data=said).location == HOME
    (changed,) = read(Volunteer)
    assert (changed.channel, changed.phone, changed.email) == (
        Channel.CALL, "+442079460123", None,
    )  # fmt: skip
    assert all(each.used_at for each in read(Link))


def test_a_way_that_needs_something_is_refused_without_it(inside, read):
    refused = inside.post(REACH, data={"channel": "call"})
    assert refused.status_code == 422
    assert "Write the phone number" in text_of(refused)
    assert read(Volunteer)[0].channel is Channel.EMAIL


# Every route of a volunteer's home, and how it answers whoever is signed in as one.
TABLE = {
    ("GET", "home"): 200,
    ("POST", "pause"): 302,
    ("POST", "come_back"): 409,
    ("GET", "leave"): 200,
    ("POST", "leave"): 200,
    ("GET", "change_offer"): 200,
    ("POST", "change_offer"): 422,
    ("GET", "change_reach"): 200,
    ("POST", "change_reach"): 422,
    ("POST", "act_on_pair"): 404,
    ("POST", "sign_out"): 302,
}


def routes_of(app):
    return {
        (method, rule.endpoint.partition(".")[2]): rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("volunteering.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_the_table_holds_every_route(app):
    assert set(routes_of(app)) == set(TABLE)


@pytest.mark.parametrize("cell", sorted(TABLE))
def test_who_may(app, inside, vera, signed_in_as, cast, cell):
    method, address = cell[0], routes_of(app)[cell]
    others = [signed_in_as(cast.coordinator), signed_in_as(cast.administrator)]
    for who in (app.test_client(), *others):
        answer = who.open(address, method=method)
        assert answer.status_code == (302 if method == "GET" else 401)
        assert method == "POST" or answer.location == SIGN_IN
    assert inside.open(address, method=method).status_code == TABLE[cell]


@pytest.mark.parametrize("cell", sorted(TABLE))
def test_who_left_gets_in_no_more(app, inside, stand, cell):
    stand(state=VolunteerState.LEFT)
    answer = inside.open(routes_of(app)[cell], method=cell[0])
    assert answer.status_code == (302 if cell[0] == "GET" else 401)


@pytest.mark.parametrize(
    ("headers", "is_shown"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, True),
    ],
)
def test_what_another_site_sends_is_not_shown_as_typed(client, headers, is_shown):
    said = {"phone": "020 7946 0999"}
    answer = client.post(REACH, data=said, headers=headers)
    assert answer.status_code in {401, 403}
    assert (said["phone"] in answer.get_data(as_text=True)) is is_shown
