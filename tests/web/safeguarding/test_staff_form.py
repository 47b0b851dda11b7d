"""Staff say what worries them from the page of whom it is about, and learn nothing."""

import re

import pytest

from tests.buddies import clearing_people
from welcome.accounts.models import Role
from welcome.buddies.models.concerns import Concern, ConcernReading, RaisedBy
from welcome.buddies.models.pairings import PairingState

TOLD = {"in_danger": "no", "text": "He asks her for money.", "note": ""}
FROM = {
    "pairing": "pairings/{0.pairing.public_id}/",
    "request": "requests/{0.request.public_id}/",
    "volunteer": "volunteers/{0.volunteer.public_id}/",
}
ID_OF = {"pairing": "pairing", "request": "request", "volunteer": "volunteer"}


@pytest.fixture
def pair(session, pair, people):
    """The same pair: both of the charity, who was referred by it."""
    for person in (pair.newcomer, pair.volunteer):
        person.organisation_id = people.charity.id
    pair.newcomer.referrer_id = people.charity.id
    session.commit()
    return pair


@pytest.fixture
def addresses(pair):
    found = {
        what: f"/-/safeguarding/raise/{what}/{getattr(pair, name).public_id}"
        for what, name in ID_OF.items()
    }
    found["referral"] = f"/-/safeguarding/raise/referral/{pair.newcomer.public_id}"
    return found


def send(browser, address, code=302, **changed):
    page = browser.get(address).get_data(as_text=True)
    token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
    answer = browser.post(address, data={**TOLD, "form_token": token, **changed})
    assert answer.status_code == code
    return answer


@pytest.mark.parametrize("what", sorted(FROM))
def test_a_coordinator_says_it_from_the_page_of_whom_it_is_about(
    signed_in_as, people, pair, addresses, read, what
):
    browser = signed_in_as(people.coordinator)
    page = "/-/coordinating/" + FROM[what].format(pair)
    assert f'href="{addresses[what]}"' in browser.get(page).get_data(as_text=True)
    form = browser.get(addresses[what])
    text = form.get_data(as_text=True)
    assert text.index('href="tel:999"') < text.index('name="in_danger"')
    assert 'href="tel:01632960001"' in text
    assert "no-store" in form.headers["Cache-Control"]
    answer = send(browser, addresses[what], about_account=str(people.deputy.id))
    assert answer.location == page
    [concern] = read(Concern)
    assert concern.volunteer_id == pair.volunteer.id
    is_pair = what != "volunteer"
    assert concern.pairing_id == (pair.pairing.id if is_pair else None)
    assert concern.raised_by_id == people.coordinator.id
    assert concern.raised_by is RaisedBy.STAFF
    assert (concern.about_account_id, concern.is_about_lead) == (people.deputy.id, True)
    after = browser.get(page).get_data(as_text=True)
    assert "were told" in after
    assert "money" not in after


def test_clearances_lead_there_too(signed_in_as, people, pair, addresses):
    browser = signed_in_as(people.coordinator)
    page = browser.get(f"/-/clearing/{pair.volunteer.public_id}/")
    assert f'href="{addresses["volunteer"]}"' in page.get_data(as_text=True)


def test_a_referrer_says_it_of_whom_they_referred(
    signed_in_as, people, pair, addresses, read
):
    browser = signed_in_as(people.referrer)
    listed = browser.get("/-/partnering/").get_data(as_text=True)
    assert f'href="{addresses["referral"]}"' in listed
    form = browser.get(addresses["referral"]).get_data(as_text=True)
    for hidden in (pair.volunteer.name, people.lead.name, 'name="holds"'):
        assert hidden not in form
    answer = send(browser, addresses["referral"])
    assert answer.location == "/-/partnering/"
    [concern] = read(Concern)
    assert (concern.newcomer_id, concern.pairing_id) == (pair.newcomer.id, None)
    assert concern.raised_by is RaisedBy.REFERRER
    assert concern.raised_by_id == people.referrer.id


def test_the_meetings_stop_at_once(
    signed_in_as, session, people, pair, addresses, read
):
    browser = signed_in_as(people.coordinator)
    address = addresses["pairing"]
    text = browser.get(address).get_data(as_text=True)
    token = re.search(r'name="form_token" value="([^"]+)"', text)[1]
    data = {**TOLD, "holds": "y", "form_token": token}
    for _twice in range(2):
        assert browser.post(address, data=data).status_code == 302
    [concern] = read(Concern)
    assert concern.holds_pairing
    pair.pairing.state = PairingState.ENDED
    session.commit()
    send(browser, address, holds="y")
    page = browser.get("/-/coordinating/" + FROM["pairing"].format(pair))
    assert "could not be stopped" in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text": " "}, "Write what worries you."),
        ({"in_danger": ""}, "Say whether somebody is in danger now."),
        ({"about_account": "0"}, "Choose one of the answers in the list."),
    ],
    ids=["nothing", "danger", "nobody of theirs"],
)
def test_what_cannot_be_sent_is_told_and_kept(
    signed_in_as, people, addresses, read, changed, says
):
    browser = signed_in_as(people.coordinator)
    answer = send(browser, addresses["pairing"], 422, **{"note": "Peace 🕊", **changed})
    page = answer.get_data(as_text=True)
    assert says in page
    assert "Peace 🕊" in page
    assert read(Concern) == []


def test_a_token_that_is_not_ours_is_refused_and_nothing_typed_is_lost(
    signed_in_as, people, addresses, read
):
    browser = signed_in_as(people.coordinator)
    data = {**TOLD, "form_token": "made-up"}
    answer = browser.post(addresses["pairing"], data=data)
    assert answer.status_code == 400
    assert TOLD["text"] in answer.get_data(as_text=True)
    assert read(Concern) == []


@pytest.mark.parametrize("who", sorted({*clearing_people.PEOPLE, "other_referrer"}))
def test_everybody_else_finds_nobody(
    session, signed_in_as, people, addresses, read, now, who
):
    account = getattr(people, who, None) or clearing_people.add_account(
        session, who, people.college, Role.REFERRER, now
    )
    session.commit()
    browser = signed_in_as(account)
    for what, address in addresses.items():
        # Coordinators may refer too.
        own = {"coordinator", "referrer"} if what == "referral" else {"coordinator"}
        is_other = who.removeprefix("other_") in own
        expected = 200 if who in own else 404 if is_other else 403
        for answer in (browser.get(address), browser.post(address, data={})):
            code = answer.status_code
            assert code == expected or (expected == 200 and code == 400), address
    assert read(Concern) == []
    assert read(ConcernReading) == []


def test_a_stranger_is_sent_to_the_door(client, addresses):
    for address in addresses.values():
        assert "/-/account/sign-in" in client.get(address).location
