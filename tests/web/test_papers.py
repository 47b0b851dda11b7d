"""A coordinator prints; what stands on the paper opens what it should."""

import io
import re
from datetime import timedelta

import pypdfium2
import pytest
import sqlalchemy as sa
from lxml import html
from sqlmodel import select

from tests.buddies import scenes
from tests.web.taking_part.filling import FROM_HERE
from welcome import clock
from welcome.buddies.models.desk import Link
from welcome.buddies.models.pairings import Pairing, PairingState
from welcome.buddies.models.people import Volunteer
from welcome.partners import access as partners

CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: paper does not depend on it."""
    return sqlite_database


@pytest.fixture
def meet(session, cast):
    """Put a pair of the coordinator's own organisation into a state."""

    def act(state):
        by_name = {each.name: each for each in partners.list_organisations(session)}
        scene = scenes.scene(session, clock.now(), state)
        for each in (scene.newcomer, scene.volunteer):
            each.organisation_id = by_name["Town Friends"].id
        scene.pairing.lead_id = by_name["Town Friends"].id
        session.commit()
        public = scene.request.public_id, scene.pairing.public_id
        session.commit()
        return public

    return act


def text_of(answer):
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pypdfium2.PdfDocument(io.BytesIO(answer.data)) as opened:
        return "".join(each.get_textpage().get_text_bounded() for each in opened)


def test_the_code_of_a_printed_slip_opens_the_request(client, signed_in_as, cast, meet):
    request, _pairing = meet(PairingState.MEETING)
    coordinator = signed_in_as(cast.coordinator)
    page = coordinator.get(f"/-/coordinating/requests/{request}/")
    assert "Print a slip with a code" in page.get_data(as_text=True)
    answer = coordinator.post(f"/-/coordinating/requests/{request}/slip")
    assert answer.headers["Cache-Control"] == "no-store"
    [code] = CODE.findall(text_of(answer))
    opened = client.get("/-/take-part/code")
    [token] = html.document_fromstring(opened.get_data(as_text=True)).xpath(
        "//input[@name='form_token']/@value"
    )
    typed = client.post(
        "/-/take-part/code", data={"code": code, "form_token": token}, headers=FROM_HERE
    )
    assert typed.status_code == 200
    assert "see your request" in typed.get_data(as_text=True)


def test_a_volunteer_signs_in_by_the_code_of_a_printed_slip(
    app, signed_in_as, cast, meet, session
):
    meet(PairingState.MEETING)
    public_id = session.exec(select(Volunteer.public_id)).one()
    session.commit()
    coordinator = signed_in_as(cast.coordinator)
    there = f"/-/coordinating/volunteers/{public_id}/"
    assert f'action="{there}slip"' in coordinator.get(there).get_data(as_text=True)
    [code] = CODE.findall(text_of(coordinator.post(f"{there}slip")))
    client = app.test_client()
    page, seen = "/-/take-part/code", client.get("/-/take-part/code")
    for data in ({"code": code}, {"go": "sign-in"}):
        [token, *_] = html.document_fromstring(seen.get_data(as_text=True)).xpath(
            "//main//input[@name='form_token']/@value"
        )
        seen = client.post(page, data=data | {"form_token": token}, headers=FROM_HERE)
    assert seen.location == "/-/take-part/home/"
    home = client.get(seen.location).get_data(as_text=True)
    assert "Your place in the buddy scheme" in home


def test_a_print_that_fails_is_told_where_it_was_asked_for(
    app, maker, signed_in_as, cast, meet, monkeypatch
):
    request, _pairing = meet(PairingState.MEETING)
    monkeypatch.setattr("welcome.web.pressing.SECONDS", 0)
    coordinator = signed_in_as(cast.coordinator)
    page = f"/-/coordinating/requests/{request}/"
    answer = coordinator.post(
        f"{page}slip", headers={"Referer": f"http://localhost{page}"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"http://localhost{page}",
    )
    with maker() as session:
        assert len(session.exec(select(Link)).all()) == 1


def test_after_the_last_day_no_sheet_is_offered(signed_in_as, cast, meet, session):
    _request, pairing = meet(PairingState.ENDING)
    there = f"/-/coordinating/pairings/{pairing}/"
    shown = []
    for days in (60, -1):
        ends_on = (clock.now() + timedelta(days=days)).date()
        session.exec(sa.update(Pairing).values(ends_on=ends_on))
        session.commit()
        page = signed_in_as(cast.coordinator).get(there).get_data(as_text=True)
        shown.append("Check-ins on paper" in page)
    assert shown == [True, False]


def test_a_sheet_is_printed_for_either_side(signed_in_as, cast, meet):
    _request, pairing = meet(PairingState.MEETING)
    coordinator = signed_in_as(cast.coordinator)
    page = coordinator.get(f"/-/coordinating/pairings/{pairing}/")
    links = html.document_fromstring(page.get_data(as_text=True)).xpath("//a/@href")
    sheets = [each for each in links if "/sheet" in each]
    signs = [text_of(coordinator.get(each)).count("-N") for each in sheets]
    assert signs == [6, 0]


def test_who_is_asked_can_be_given_a_slip(signed_in_as, cast, meet):
    _request, pairing = meet(PairingState.NEWCOMER_ASKED)
    coordinator = signed_in_as(cast.coordinator)
    page = coordinator.get(f"/-/coordinating/pairings/{pairing}/")
    assert f"/pairings/{pairing}/slip" in page.get_data(as_text=True)
    answer = coordinator.post(f"/-/coordinating/pairings/{pairing}/slip")
    assert len(CODE.findall(text_of(answer))) == 1
