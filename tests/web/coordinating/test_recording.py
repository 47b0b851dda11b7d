"""Newcomers and volunteers are written down by who speaks with them."""

import re
from datetime import timedelta

import pytest
from lxml import html
from sqlmodel import select

from tests.buddies.scenes import SCHEME
from tests.web.taking_part.filling import NEWCOMER, VOLUNTEER
from welcome import clock
from welcome.accounts.models import JournalEntry
from welcome.buddies import links
from welcome.buddies.models.clearing import Referee
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.people import (
    Channel,
    Newcomer,
    Prefers,
    SpokenThrough,
    Volunteer,
)
from welcome.buddies.models.requests import BuddyRequest, RequestSource
from welcome.messages.models import Message
from welcome.partners.models import Organisation

NEW = {kind: f"/-/coordinating/new/{kind}/" for kind in ("newcomer", "volunteer")}
AGREED = {
    "agreed_by": "Nadia", "agreed_on": "2020-02-29", "through": "interpreter",
    "interpreted_by": "Ines Fiction", "agreed_in": "ti", "agreed": "y",
}  # fmt: skip
PLAIN = {
    "newcomer": {
        **{name: value for step in NEWCOMER for name, value in step.items()},
        "channel": "paper", "email": "", "phone": "",
    },
    "volunteer": {
        **{name: value for step in VOLUNTEER for name, value in step.items()},
        "channel": "paper", "email": "", "phone": "", "tag": "ar", "prefers": "called",
    },
}  # fmt: skip
KINDS = {"newcomer": Newcomer, "volunteer": Volunteer}


def record(client, kind, **changes):
    page = html.document_fromstring(client.get(NEW[kind]).get_data(as_text=True))
    (form,) = page.xpath("//form[.//input[@name='form_token']]")
    data = {**dict(form.form_values()), **PLAIN[kind], **AGREED, **changes}
    for town in page.xpath("//select[@id='home']/option[.='Town Friends']"):
        data["home"] = changes.get("home", town.get("value"))
    return client.post(NEW[kind], data=data), data


def code_on(page):
    found = re.search(r'class="code"><bdi dir="ltr">([^<]+)', page)
    return found and found[1]


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_without_email_or_phone_is_written_down_once(
    desk, read, maker, cast, kind
):
    answer, data = record(desk, kind)
    assert answer.status_code == 302
    (person,) = read(KINDS[kind])
    assert answer.location.endswith(f"/{person.public_id}/")
    told = (person.channel, person.email, person.phone, person.is_adult)
    assert told == (Channel.PAPER, None, None, True)
    with maker() as session:
        home = session.get_one(Organisation, person.organisation_id)
        assert home.name == "Town Friends"
        acts = session.exec(
            select(JournalEntry.actor_id).where(JournalEntry.act == f"{kind}.recorded")
        ).all()
    assert acts == [cast.coordinator.id]
    again = desk.post(NEW[kind], data=data)
    assert again.location == answer.location
    assert len(read(KINDS[kind])) == 1
    assert read(Message) == []


@pytest.mark.parametrize("kind", KINDS)
def test_who_agreed_when_and_how_is_kept(desk, read, kind):
    record(desk, kind)
    (person,) = read(KINDS[kind])
    assert (person.agreed_by, person.agreed_on.isoformat()) == ("Nadia", "2020-02-29")
    assert person.agreed_through is SpokenThrough.INTERPRETER
    assert (person.agreed_in, person.agreed_interpreter) == ("ti", "Ines Fiction")


@pytest.mark.parametrize("kind", KINDS)
def test_the_code_of_the_slip_is_shown_once_and_works(desk, maker, now, kind):
    answer, _data = record(desk, kind)
    first = desk.get(answer.location).get_data(as_text=True)
    code = code_on(first)
    assert code
    assert code_on(desk.get(answer.location).get_data(as_text=True)) is None
    purpose = LinkPurpose.MY_REQUEST if kind == "newcomer" else LinkPurpose.SIGN_IN
    with maker() as session:
        link = links.get_by_code(session, code, now=clock.now())
        assert link.purpose is purpose


def test_a_slip_is_in_the_language_of_whoever_gets_it(desk):
    answer, _data = record(desk, "volunteer", tag="ar")
    page = html.document_fromstring(desk.get(answer.location).get_data(as_text=True))
    (slip,) = page.find_class("slip")
    assert (slip.getparent().get("lang"), slip.getparent().get("dir")) == ("ar", "rtl")
    assert "Your code" not in slip.text_content()
    assert "Give them this code" in page.text_content()


@pytest.mark.parametrize(
    ("kind", "promised"),
    [
        ("newcomer", "see where your request stands"),
        ("volunteer", "sign in once, until"),
    ],
)
def test_a_slip_promises_what_its_code_is_for(desk, kind, promised):
    answer, _data = record(desk, kind, tag="en")
    page = html.document_fromstring(desk.get(answer.location).get_data(as_text=True))
    (slip,) = page.find_class("slip")
    assert promised in slip.text_content()
    last = clock.now().astimezone(SCHEME.zone) + links.LIVES
    day = f"{last.day} {last:%B %Y}"
    assert (day in slip.text_content()) is (kind == "volunteer")


def test_a_code_is_shown_on_the_page_of_whose_it_is_alone(desk):
    first, _data = record(desk, "newcomer")
    second, _data = record(desk, "volunteer")
    assert code_on(desk.get(first.location).get_data(as_text=True)) is None
    assert second.location != first.location


def test_what_a_newcomer_asks_for_comes_from_staff(desk, read):
    record(desk, "newcomer")
    (asked,) = read(BuddyRequest)
    assert (asked.source, asked.buddies) == (RequestSource.STAFF, 2)


def test_a_volunteer_is_written_to_in_their_own_language(desk, read):
    record(desk, "volunteer")
    (volunteer,) = read(Volunteer)
    assert (volunteer.tag, volunteer.prefers) == ("ar", Prefers.CALLED)
    assert {each.name for each in read(Referee)} == {"Ruth", "Sam"}


def test_where_there_is_one_organisation_nobody_is_asked_which(one_home, read, maker):
    assert 'id="home"' not in one_home.get(NEW["newcomer"]).get_data(as_text=True)
    answer, _data = record(one_home, "newcomer")
    assert answer.status_code == 302
    (newcomer,) = read(Newcomer)
    with maker() as session:
        home = session.get_one(Organisation, newcomer.organisation_id)
        assert home.name == "Harbour Charity"


def test_nobody_is_written_down_where_one_does_not_coordinate(desk, read, maker):
    with maker() as session:
        asked = select(Organisation.public_id).where(
            Organisation.name == "Harbour Charity"
        )
        other = session.exec(asked).one()
    answer, _data = record(desk, "newcomer", home=other)
    assert answer.status_code == 422
    assert read(Newcomer) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"agreed": ""}, "Tick this once they have heard"),
        ({"agreed_by": " "}, "Write who agreed."),
        ({"agreed_on": "2999-01-01"}, "lies ahead"),
        ({"agreed_on": "31.02.2026"}, "Write the day on which they agreed."),
        ({"interpreted_by": ""}, "Write the name of whoever interpreted."),
        ({"is_adult": ""}, "18 or older"),
        ({"channel": "call"}, "Write the phone number"),
        ({"times": []}, "Tick at least one time"),
        (
            {"language_1": "", "level_1": "", "language_2": "", "level_2": ""},
            "language",
        ),
        ({"form_token": "made up"}, "open too long"),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    desk, read, kind, changes, told
):
    name = "نادية 🦊" * 3
    answer, _data = record(desk, kind, name=name, **changes)
    page = answer.get_data(as_text=True)
    assert answer.status_code in {400, 409, 422}
    assert "There is a problem" in page
    assert told in page
    assert name in page
    assert read(KINDS[kind]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_is_known_here_is_not_written_down_again(desk, read, kind):
    reach = {"channel": "email", "email": "same@example.org"}
    assert record(desk, kind, **reach)[0].status_code == 302
    answer, _data = record(desk, kind, **reach)
    assert answer.status_code == 409
    assert "written down here already" in answer.get_data(as_text=True)
    assert len(read(KINDS[kind])) == 1


def test_nobody_learns_who_is_known_to_another_organisation(desk, one_home, read):
    reach = {"channel": "email", "email": "same@example.org"}
    record(desk, "newcomer", **reach)
    answer, _data = record(one_home, "newcomer", **reach)
    assert answer.status_code == 302
    assert len({each.organisation_id for each in read(Newcomer)}) == 2
    assert read(Message) == []


def test_a_volunteer_is_not_their_own_referee(desk, read):
    changes = {"email": "ruth@example.org", "channel": "email"}
    answer, _data = record(desk, "volunteer", **changes)
    assert answer.status_code == 409
    assert read(Volunteer) == []
    assert read(Referee) == []


def test_a_page_open_too_long_keeps_what_was_typed(desk, read, monkeypatch):
    page = desk.get(NEW["newcomer"]).get_data(as_text=True)
    (token,) = re.findall(r'name="form_token" value="([^"]+)"', page)
    later = clock.now() + timedelta(hours=13)
    monkeypatch.setattr(clock, "now", lambda: later)
    data = {**PLAIN["newcomer"], **AGREED, "form_token": token}
    answer = desk.post(NEW["newcomer"], data=data)
    assert answer.status_code == 400
    assert "Nadia" in answer.get_data(as_text=True)
    assert read(Newcomer) == []
