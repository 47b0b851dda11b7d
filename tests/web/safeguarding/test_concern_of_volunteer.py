"""A volunteer who is signed in says what worries them about the pair they know of."""

import pytest
from lxml import html

from tests.buddies import scenes
from tests.web.safeguarding.test_concern_behind_link import (
    FORM,
    names_in,
    send,
    token_of,
)
from welcome import clock
from welcome.buddies import links
from welcome.buddies.links import About
from welcome.buddies.models.concerns import Concern, RaisedBy
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import PairingState

HOME = "/-/take-part/home/"
HERE = {"Origin": "http://localhost"}


@pytest.fixture
def browser(session, client, pair):
    """The volunteer of the pair, signed in."""
    about = About("volunteer", pair.volunteer.id)
    made = links.make(session, LinkPurpose.SIGN_IN, about, now=clock.now())
    session.commit()
    address = f"/-/take-part/sign-in/{made.token}"
    page = html.document_fromstring(client.get(address).get_data(as_text=True))
    [token] = page.xpath(
        f"//form[@action='{address}']//input[@name='form_token']/@value"
    )
    answer = client.post(address, data={"form_token": token, "go": "in"}, headers=HERE)
    assert answer.status_code == 302
    return client


def open_form(browser, address=HOME):
    token = token_of(browser.get(address), f"{FORM}about")
    return browser.post(f"{FORM}about", data={"form_token": token}, headers=HERE)


@pytest.mark.parametrize("address", [HOME, f"{HOME}leave"])
def test_it_is_about_the_only_pair(browser, pair, read, address):
    form = open_form(browser, address)
    assert not {"raised_by", "organisation", "pair"} & names_in(form)
    assert "holds" in names_in(form)
    assert pair.newcomer.name not in form.get_data(as_text=True)
    assert send(browser, form, holds="y").status_code == 200
    [concern] = read(Concern)
    assert concern.pairing_id == pair.pairing.id
    assert (concern.raised_by, concern.holds_pairing) == (RaisedBy.VOLUNTEER, True)


def test_without_a_pair_it_is_about_them(browser, session, pair, read):
    pair.pairing.state = PairingState.ENDED
    session.commit()
    form = open_form(browser)
    assert "holds" not in names_in(form)
    send(browser, form)
    [concern] = read(Concern)
    assert (concern.pairing_id, concern.volunteer_id) == (None, pair.volunteer.id)


def test_of_two_pairs_they_say_which(browser, session, pair, read, now):
    other = scenes.scene(session, now, PairingState.NEWCOMER_ASKED)
    other.pairing.volunteer_id = pair.volunteer.id
    session.commit()
    form = open_form(browser)
    assert {"pair", "holds"} <= names_in(form)
    page = form.get_data(as_text=True)
    assert "The buddy I was introduced to on" in page
    assert "The person I was asked about on" in page
    for each in (pair, other):
        assert each.newcomer.name not in page
    again = send(browser, form)
    assert again.status_code == 422
    assert "Say whom it is about." in again.get_data(as_text=True)
    send(browser, again, pair=other.pairing.public_id)
    assert [each.pairing_id for each in read(Concern)] == [other.pairing.id]
