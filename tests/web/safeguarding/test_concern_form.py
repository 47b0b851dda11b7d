"""Anybody says what worries them, once, from a page of ours, without a session."""

import re

import pytest

from tests.web.taking_part.filling import FROM_HERE
from welcome.buddies import policies
from welcome.buddies.concerns import safeguarding
from welcome.buddies.models.concerns import Concern, RaisedBy
from welcome.buddies.models.desk import PolicyKind
from welcome.buddies.privacy import retention
from welcome.messages.models import Message

FORM = "/-/concern/en/"
TOLD = {"in_danger": "yes", "text": "He hits her.", "note": "", "raised_by": "somebody"}


@pytest.fixture
def send(client, people):
    """Open the form, fill it in, and send it."""

    def act(address=FORM, headers=FROM_HERE, token=None, about="council", **changed):
        page = client.get(address).get_data(as_text=True)
        found = re.search(r'name="form_token" value="([^"]+)"', page)[1]
        data = {
            **TOLD,
            "organisation": getattr(people, about).public_id,
            "form_token": found if token is None else token,
            **changed,
        }
        return client.post(address, data=data, headers=headers), data

    return act


@pytest.mark.parametrize("tag", ["en", "ar", "ur", "pl"])
def test_the_form_opens_with_999_and_with_numbers_to_call(client, people, tag):
    answer = client.get(f"/-/concern/{tag}/")
    page = answer.get_data(as_text=True)
    assert page.index('href="tel:999"') < page.index("<form")
    assert page.index('href="tel:01632960001"') < page.index("<form")
    assert f'lang="{tag}"' in page
    assert "set-cookie" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]


def test_it_says_what_is_kept_for_how_long_and_where_to_complain(
    session, client, people, now
):
    def page():
        return client.get(FORM).get_data(as_text=True)

    for said in ("84 months", "article 6", "Responsible for it is:", "ico.org.uk"):
        assert said in page()
    assert page().count("<details><summary>What we keep</summary>") == 1
    retention.set_clocks(session, {"concern": 60}, actor=None, now=now)
    own = {"controller": "The Council", "texts": {"en": {"why_concern": "We help."}}}
    policies.set_policy(session, PolicyKind.NOTICES, own, actor=None, now=now)
    session.commit()
    for said in ("60 months", "<bdi>The Council</bdi>", "We help."):
        assert said in page()


def test_where_no_number_is_set_the_form_still_has_999(
    session, client, send, people, read
):
    for each in (people.council, people.charity, people.college):
        each.safeguarding_phone = ""
    session.commit()
    page = client.get(FORM).get_data(as_text=True)
    assert page.index('href="tel:999"') < page.index("<form")
    assert page.count('href="tel:') == 1
    answer, _data = send()
    assert answer.status_code == 200
    assert len(read(Concern)) == 1


def test_what_is_sent_reaches_the_lead_of_whom_it_is_about(send, people, read):
    answer, _data = send(about="charity")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'href="tel:999"' in page
    assert "hits" not in page
    [concern] = read(Concern)
    assert concern.organisation_id == people.charity.id
    assert (concern.in_danger, concern.what) == (True, "He hits her.")
    assert concern.raised_by is RaisedBy.SOMEBODY
    assert {each.recipient for each in read(Message)} == {
        "lead@example.org", "deputy@example.org",
    }  # fmt: skip


def test_what_is_about_a_lead_goes_elsewhere(send, people, read):
    send(about="charity", is_about_lead="y")
    [concern] = read(Concern)
    assert concern.organisation_id == people.council.id


def test_a_form_sent_twice_is_raised_once(client, send, read):
    answer, data = send()
    again = client.post(FORM, data=data, headers=FROM_HERE)
    assert again.get_data() == answer.get_data()
    assert len(read(Concern)) == 1
    send()
    assert len(read(Concern)) == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text": " "}, "Write what worries you."),
        ({"in_danger": ""}, "Say whether somebody is in danger now."),
        ({"raised_by": ""}, "Say who you are."),
        ({"text": "x" * 10_001}, "Use at most 10000 characters."),
        ({"organisation": "nowhere"}, "Choose one of the answers in the list."),
    ],
    ids=["nothing", "danger", "who", "a book", "nowhere"],
)
def test_what_cannot_be_sent_is_told_and_kept(send, read, changed, says):
    answer, _data = send(**{"note": "نريد السلام 🕊", **changed})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert says in page
    assert "نريد السلام 🕊" in page
    assert read(Concern) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
    ],
    ids=["from elsewhere", "across sites"],
)
def test_a_form_from_elsewhere_is_refused(send, read, headers):
    answer, _data = send(headers=headers)
    assert answer.status_code == 403
    assert "He hits her." not in answer.get_data(as_text=True)
    assert read(Concern) == []


def test_a_browser_that_does_not_say_where_is_refused_and_keeps_its_text(send, read):
    answer, _data = send(headers={}, text="He hits her. وہ 020 7946 0123 پر")
    assert answer.status_code == 403
    page = answer.get_data(as_text=True)
    assert "He hits her." in page
    assert '<bdi dir="ltr">020 7946 0123</bdi>' in page
    assert read(Concern) == []


def test_what_breaks_loses_nothing_that_was_written(send, read, monkeypatch):
    def fall(*_told, **_more):
        raise RuntimeError

    monkeypatch.setattr(safeguarding, "raise_concern", fall)
    answer, _data = send(text="He hits her.\nShe told me.", note="To go home")
    assert answer.status_code == 500
    shown = answer.get_data(as_text=True)
    for said in ("Something broke", "What you typed", "He hits her.\n", "To go home"):
        assert said in shown
    assert "no-store" in answer.headers["Cache-Control"]
    assert read(Concern) == []


def test_a_token_that_is_not_ours_is_refused_and_nothing_typed_is_lost(send, read):
    answer, _data = send(token="made-up")
    assert answer.status_code == 400
    assert "He hits her." in answer.get_data(as_text=True)
    assert read(Concern) == []


def test_anybody_is_led_to_a_language_they_read(client, people):
    answer = client.get("/-/concern/", headers={"Accept-Language": "ur"})
    assert answer.location.endswith("/-/concern/ur/")
    assert client.get("/-/concern/tlh/").status_code == 404
