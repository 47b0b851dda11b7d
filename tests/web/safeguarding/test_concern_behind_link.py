"""From every page of taking part one can say what worries one; a link tells about whom."""

from pathlib import Path

import pytest
from lxml import html

import welcome
from tests.web.taking_part.filling import FROM_HERE
from welcome import clock
from welcome.buddies import links
from welcome.buddies.links import About
from welcome.buddies.models.concerns import (
    Concern,
    ConcernAct,
    ConcernNote,
    RaisedBy,
)
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import (
    CheckIn,
    CheckInKind,
    Pairing,
    PairingState,
    Side,
)
from welcome.web.taking_part.links import PATHS

FOLDER = Path(welcome.__file__).parent / "web" / "templates" / "taking_part"
PAGES = sorted(each.name for each in FOLDER.glob("[a-z]*.html"))
ADDRESS = {purpose: path for path, purpose in PATHS.items()}
FORM = "/-/concern/en/"
TOLD = {"in_danger": "no", "text": "He asks for money.", "note": ""}
# Buttons behind links tell nobody where they stand.
HIDDEN = {"Origin": "null"}


@pytest.fixture
def make(session, pair):
    """Make a link of a purpose about the pair or one side, and give its address."""

    def act(purpose, subject, row_id, side=""):
        made = links.make(
            session, purpose, About(subject, row_id, side), now=clock.now()
        )
        session.commit()
        return f"/-/take-part/{ADDRESS[purpose]}/{made.token}"

    return act


@pytest.fixture
def check_in(session, pair, make, now):
    asked = CheckIn(
        pairing_id=pair.pairing.id, side=Side.NEWCOMER, kind=CheckInKind.WEEK_2,
        due_on=now.date(), moved_at=now,
    )  # fmt: skip
    session.add(asked)
    session.flush()
    return make(LinkPurpose.CHECK_IN, "check_in", asked.id, "newcomer")


def token_of(answer, action):
    page = html.document_fromstring(answer.get_data(as_text=True))
    [token] = page.xpath(
        f"//form[@action='{action}']//input[@name='form_token']/@value"
    )
    return token


def open_form(client, address):
    """Press what leads from the page behind a link to the form."""
    token = token_of(client.get(address), f"{FORM}about")
    return client.post(f"{FORM}about", data={"form_token": token}, headers=HIDDEN)


def send(client, form, **changed):
    data = {**TOLD, "form_token": token_of(form, FORM), **changed}
    return client.post(FORM, data=data, headers=FROM_HERE)


def names_in(answer):
    page = html.document_fromstring(answer.get_data(as_text=True))
    return set(page.xpath("//form//*/@name"))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_carries_the_way_to_the_form(name):
    text = (FOLDER / name).read_text("utf-8")
    is_step = '"taking_part/step.html"' in text
    assert "{{ danger(" in text or is_step or name == "layout.html"


def test_behind_a_check_in_it_is_known_whom_it_is_about(client, check_in, pair, read):
    form = open_form(client, check_in)
    asked = names_in(form)
    assert {"text", "in_danger", "holds"} <= asked
    assert not {"raised_by", "organisation"} & asked
    for person in (pair.newcomer, pair.volunteer):
        assert person.name not in form.get_data(as_text=True)
    assert send(client, form).status_code == 200
    [concern] = read(Concern)
    assert concern.pairing_id == pair.pairing.id
    assert concern.raised_by is RaisedBy.NEWCOMER
    assert not concern.holds_pairing
    [pairing] = read(Pairing)
    assert pairing.state is PairingState.MEETING


def test_the_meetings_stop_if_that_is_wanted(client, check_in, read):
    assert send(client, open_form(client, check_in), holds="y").status_code == 200
    [pairing] = read(Pairing)
    assert pairing.state is PairingState.HELD
    [concern] = read(Concern)
    assert concern.holds_pairing


def test_what_is_missing_is_asked_for_and_nobody_is_forgotten(
    client, check_in, pair, read
):
    again = send(client, open_form(client, check_in), text=" ")
    assert again.status_code == 422
    assert "raised_by" not in names_in(again)
    assert send(client, again).status_code == 200
    assert [each.pairing_id for each in read(Concern)] == [pair.pairing.id]


def test_saying_it_uses_no_link_up(client, check_in):
    send(client, open_form(client, check_in))
    assert client.get(check_in).status_code == 200


def test_behind_a_request_it_is_about_its_only_pair(client, make, pair, read):
    mine = make(LinkPurpose.MY_REQUEST, "buddy_request", pair.request.id)
    send(client, open_form(client, mine))
    [concern] = read(Concern)
    assert concern.pairing_id == pair.pairing.id
    assert concern.raised_by is RaisedBy.NEWCOMER


def test_without_a_pair_it_is_about_the_newcomer(client, session, make, pair, read):
    pair.pairing.state = PairingState.ENDED
    mine = make(LinkPurpose.MY_REQUEST, "buddy_request", pair.request.id)
    form = open_form(client, mine)
    assert "holds" not in names_in(form)
    send(client, form)
    [concern] = read(Concern)
    assert (concern.pairing_id, concern.newcomer_id) == (None, pair.newcomer.id)


def test_a_pair_that_ended_meanwhile_is_not_stopped_and_that_is_said(
    client, session, check_in, pair, read
):
    form = open_form(client, check_in)
    assert "holds" in names_in(form)
    pair.pairing.state = PairingState.ENDED
    session.commit()
    answer = send(client, form, holds="y")
    assert "could not be stopped" in answer.get_data(as_text=True)
    [concern] = read(Concern)
    assert not concern.holds_pairing
    assert [each.act for each in read(ConcernNote)] == [ConcernAct.NOT_HELD]
    assert "holds" not in names_in(open_form(client, check_in))


@pytest.mark.parametrize("token", ["", "x", "a" * 9000])
def test_a_token_that_is_not_ours_leads_to_the_plain_form(client, pair, token):
    answer = client.post(f"{FORM}about", data={"form_token": token}, headers=HIDDEN)
    assert (answer.status_code, answer.headers["Location"]) == (302, FORM)
    assert {"raised_by", "organisation"} <= names_in(client.get(FORM))


def test_no_other_site_leads_there(client, check_in, read):
    token = token_of(client.get(check_in), f"{FORM}about")
    answer = client.post(
        f"{FORM}about",
        data={"form_token": token},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    assert read(Concern) == []
