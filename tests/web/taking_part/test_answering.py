"""Two who were proposed to each other answer by their links."""

from types import SimpleNamespace

import pytest
from lxml import html
from sqlmodel import select

from tests.buddies import rows
from tests.buddies.profiles import NEWCOMER, VOLUNTEER
from welcome import clock
from welcome.buddies import links
from welcome.buddies.lifecycle import proposals
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import (
    Pairing,
    PairingState,
    Side,
)
from welcome.buddies.models.people import Newcomer
from welcome.buddies.models.requests import RequestState
from welcome.buddies.proposing import runs
from welcome.buddies.proposing.posing import Scope

FROM_HERE = {"Origin": "null"}


@pytest.fixture
def town(session) -> SimpleNamespace:
    """A pairing whose volunteer was asked."""
    now = clock.now()
    made = rows.Town(session, now)
    made.organise(1)
    volunteer = made.add_volunteer(VOLUNTEER)
    asking = made.add_request(NEWCOMER)
    newcomer = session.get_one(Newcomer, asking.newcomer_id)
    volunteer.name, newcomer.name = "Vera Fiction", "Nour Fiction"
    scope = Scope(made.everywhere, made.everywhere)
    runs.run(session, scope, rows.SCHEME, actor=None, now=now)
    pairing = session.exec(select(Pairing)).one()
    proposals.ask_volunteer(session, pairing, rows.SCHEME, actor=None, now=now)
    session.commit()
    return SimpleNamespace(pairing=pairing, asking=asking, volunteer=volunteer)


def link_for(session, purpose, subject, row, side):
    made = links.make(
        session, purpose, About(subject, row.id, side.value), now=clock.now()
    )
    session.commit()
    path = "answer" if purpose is LinkPurpose.ANSWER else "check-in"
    return f"/-/take-part/{path}/{made.token}"


def press(client, address, page, go, **said):
    """Press a button of a page that was shown."""
    token = html.fromstring(page.text).xpath("//input[@name='form_token']/@value")[0]
    form = {"form_token": token, "go": go, **said}
    return client.post(address, data=form, headers=FROM_HERE)


def answer(client, session, town, side, go, **said):
    address = link_for(session, LinkPurpose.ANSWER, "pairing", town.pairing, side)
    shown = press(client, address, client.get(address), "show")
    assert shown.status_code == 200
    if go == "decline":
        shown = press(client, address, shown, "no")
    return address, shown, press(client, address, shown, go, **said)


def now_at(session, row):
    session.expire_all()
    session.refresh(row)
    return row.state


def test_both_say_yes_and_nobody_sees_a_name_before(session, client, town):
    _address, shown, told = answer(client, session, town, Side.VOLUNTEER, "yes")
    assert "Arabic" in shown.text
    assert "Fiction" not in shown.text + told.text
    assert now_at(session, town.pairing) is PairingState.NEWCOMER_ASKED
    _address, shown, told = answer(client, session, town, Side.NEWCOMER, "yes")
    assert "Fiction" not in shown.text + told.text
    assert now_at(session, town.pairing) is PairingState.AGREED
    assert now_at(session, town.asking) is RequestState.PAIRED


def test_a_volunteer_reads_that_a_couple_asks(session, client, town):
    told = "They are A couple"
    for adults in (1, 2):
        town.asking.adults = adults
        session.commit()
        address = link_for(
            session, LinkPurpose.ANSWER, "pairing", town.pairing, Side.VOLUNTEER
        )
        shown = press(client, address, client.get(address), "show")
        seen = html.fromstring(shown.text).xpath("normalize-space(//dl)")
        assert (told.replace(" ", "") in seen.replace(" ", "")) is (adults == 2)


def test_opening_and_showing_answers_nothing(session, client, town):
    address = link_for(
        session, LinkPurpose.ANSWER, "pairing", town.pairing, Side.VOLUNTEER
    )
    for _again in range(3):
        page = client.get(address)
        assert page.status_code == 200
        press(client, address, page, "show")
    assert now_at(session, town.pairing) is PairingState.VOLUNTEER_ASKED


def test_a_no_frees_the_place_and_is_told_to_nobody(session, client, town):
    address, _shown, told = answer(
        client, session, town, Side.VOLUNTEER, "decline", reason="too-far"
    )
    assert told.status_code == 200
    assert now_at(session, town.pairing) is PairingState.DECLINED
    assert town.pairing.said_why.value == "too-far"
    session.refresh(town.volunteer)
    assert town.volunteer.held == 0
    assert client.get(address).status_code == 410


def test_a_link_of_one_side_never_speaks_for_the_other(session, client, town):
    address = link_for(
        session, LinkPurpose.ANSWER, "pairing", town.pairing, Side.NEWCOMER
    )
    assert client.get(address).status_code == 410


def test_an_answer_is_taken_once(session, client, town):
    address, shown, _told = answer(client, session, town, Side.VOLUNTEER, "yes")
    assert press(client, address, shown, "yes").status_code == 410
    assert client.get(address).status_code == 410
    assert now_at(session, town.pairing) is PairingState.NEWCOMER_ASKED


def test_made_up_values_are_left_unsaid(session, client, town):
    answer(client, session, town, Side.VOLUNTEER, "decline", reason="<script>")
    assert now_at(session, town.pairing) is PairingState.DECLINED
    assert town.pairing.said_why.value == "unsaid"
