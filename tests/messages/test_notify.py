"""GOV.UK Notify as one more door: what goes out, what is tried again, what is said."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from tests.messages import notify_server
from tests.messages.notify_server import EMAIL, KEY, TEXT
from welcome.buddies import scheme as schemes
from welcome.buddies.lifecycle import letters
from welcome.buddies.lifecycle.reaching import Letter, reach
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import PairingState
from welcome.buddies.models.people import Channel
from welcome.cli.looking.texts import look_at_texts
from welcome.messages import delivery, notify, ways
from welcome.messages.errors import DeliveryFailed
from welcome.messages.models import Message, MessageState
from welcome.messages.ways import Way

NUMBER = "+447911123456"
LETTER = Letter("proposal_to_newcomer", LinkPurpose.ANSWER, About("pairing", 1), {"date": "9 March"})  # fmt: skip
LIMIT = "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"
TRIAL = "Can’t send to this recipient when service is in trial mode"
CLOCK = "Error: Your system clock must be accurate to within 30 seconds"


@pytest.fixture
def server():
    with notify_server.running() as started:
        yield started


@pytest.fixture
def by_notify(settings, server):
    """An installation that sends both ways by it."""
    return replace(
        settings, notify_key=KEY, notify_email_template=EMAIL,
        notify_text_template=TEXT, notify_address=server.address,
    )  # fmt: skip


def written(now, **values):
    given = {
        "id": 7, "message_id": "f00d", "letter": "check_in", "tag": "ar",
        "recipient": NUMBER, "subject": "سؤال", "body": "سؤال: https://a.example/x\n",
        "written_at": now, "send_at": now, "way": Way.TEXT,
    }  # fmt: skip
    return Message(**(given | values))


def test_a_text_is_one_field_of_a_template(server, by_notify, now):
    delivery.deliver(written(now), by_notify)
    assert server.asked == [
        ("/v2/notifications/sms", {
            "phone_number": NUMBER, "template_id": TEXT, "reference": "f00d",
            "personalisation": {"message": "سؤال: https://a.example/x"},
        })
    ]  # fmt: skip


def test_an_e_mail_goes_the_same_way(server, by_notify, now):
    delivery.deliver(
        written(now, way=Way.EMAIL, recipient="sam@example.org", body="Hello\n"),
        by_notify,
    )
    [(path, asked)] = server.asked
    assert path == "/v2/notifications/email"
    assert (asked["email_address"], asked["template_id"]) == ("sam@example.org", EMAIL)
    assert asked["personalisation"] == {"message": "Hello"}


def test_without_a_template_for_it_e_mail_goes_by_our_own_door(server, by_notify, now):
    only_texts = replace(by_notify, notify_email_template="")
    message = written(now, way=Way.EMAIL, recipient="sam@example.org")
    delivery.deliver(message, only_texts)
    assert server.asked == []
    assert len(list((only_texts.instance / "mail").iterdir())) == 1


@pytest.mark.parametrize("missing", ["notify_key", "notify_text_template"])
def test_without_key_or_template_no_text_can_go(server, by_notify, now, missing):
    less = replace(by_notify, **{missing: ""})
    assert ways.set_up(less) == {Way.EMAIL}
    with pytest.raises(DeliveryFailed) as refused:
        delivery.deliver(written(now), less)
    assert refused.value.permanent
    assert server.asked == []


@pytest.mark.parametrize(
    ("code", "error", "words", "is_permanent"),
    [
        (400, "BadRequestError", TRIAL, True),
        (400, "ValidationError", "phone_number Not enough digits", True),
        (403, "AuthError", CLOCK, False),
        (429, "RateLimitError", LIMIT, False),
        (429, "TooManyRequestsError", "Exceeded send limits (250000) for today", False),
        (500, "Exception", "Internal server error", False),
        (503, "Exception", "Service unavailable", False),
    ],
)
def test_only_what_is_wrong_with_a_message_is_final(
    server, by_notify, now, code, error, words, is_permanent
):
    server.refuse(code, error, words)
    with pytest.raises(DeliveryFailed) as refused:
        delivery.deliver(written(now), by_notify)
    assert refused.value.permanent is is_permanent
    assert refused.value.reason == f"GOV.UK Notify ({code}): {error}: {words}"


def test_what_is_said_names_nobody(server, by_notify, now):
    server.refuse(400, "BadRequestError", f"{NUMBER} is not\nfor you")
    with pytest.raises(DeliveryFailed) as refused:
        delivery.deliver(written(now), by_notify)
    assert (
        refused.value.reason == "GOV.UK Notify (400): BadRequestError: … is not for you"
    )


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"errors": "no"}', b"9" * 9999])
def test_an_answer_of_another_shape_is_tried_again(server, by_notify, now, answer):
    server.answers.append((502, answer))
    with pytest.raises(DeliveryFailed) as refused:
        delivery.deliver(written(now), by_notify)
    assert not refused.value.permanent
    assert len(refused.value.reason) < 400


def test_a_success_that_cannot_be_read_is_no_reason_to_give_up(server, by_notify, now):
    server.answers.append((201, b"?"))
    with pytest.raises(DeliveryFailed) as refused:
        delivery.deliver(written(now), by_notify)
    assert not refused.value.permanent


def test_a_server_that_is_down_is_tried_again(by_notify, now):
    away = replace(by_notify, notify_address="http://127.0.0.1:9")
    with pytest.raises(DeliveryFailed) as refused:
        delivery.deliver(written(now), away)
    told = (refused.value.reason, refused.value.permanent)
    assert told == ("GOV.UK Notify does not answer", False)


@pytest.mark.parametrize("key", ["x", KEY[:-1], KEY.replace("-", "")])
def test_a_key_that_is_none_asks_nobody(server, by_notify, now, key):
    with pytest.raises(DeliveryFailed) as refused:
        delivery.deliver(written(now), replace(by_notify, notify_key=key))
    assert not refused.value.permanent
    assert key not in refused.value.reason
    assert server.asked == []


def test_a_key_of_another_service_is_told_in_its_words(server, by_notify, now):
    other = replace(by_notify, notify_key=KEY[:-1] + "1")
    with pytest.raises(DeliveryFailed, match="API key not found") as refused:
        delivery.deliver(written(now), other)
    assert not refused.value.permanent


def test_without_the_library_the_words_say_how_to_get_it(by_notify, now, monkeypatch):
    monkeypatch.setitem(sys.modules, f"{notify.LIBRARY}.errors", None)
    with pytest.raises(DeliveryFailed, match="pip install notifications-python-client"):
        delivery.deliver(written(now), by_notify)


def test_a_text_arrives_in_safe_hours_and_says_nothing_more(
    session, maker, server, by_notify, now
):
    """At night it waits; what lies on the phone is a neutral subject and a link."""
    texting = schemes.of(by_notify)
    one = scenes.newcomer(
        session, now, channel=Channel.TEXT, tag="en", safe_from=14, safe_until=16
    )
    message = reach(session, one, LETTER, texting, now=now)
    session.commit()
    assert delivery.due(session, now + timedelta(hours=4)) == []
    number, link = message.id, message.body.rsplit(" ", 1)[1].strip()
    session.commit()
    safe = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert delivery.send(maker, number, by_notify, now=safe) is MessageState.SENT
    [(_path, asked)] = server.asked
    said = asked["personalisation"]["message"]
    assert said == f"A question from Welcome: {link}"
    assert len(said) < 160


@pytest.mark.parametrize("channel", [Channel.CALL, Channel.PAPER, Channel.REFERRER])
def test_who_did_not_choose_texts_gets_none(session, by_notify, now, channel):
    one = scenes.newcomer(session, now, channel=channel)
    assert reach(session, one, LETTER, schemes.of(by_notify), now=now) is None
    assert session.exec(select(Message)).all() == []
    assert scenes.open_tasks(session) == [("reach-by-hand", "newcomer", one.id)]


def test_where_no_texts_can_go_who_chose_them_is_reached_by_hand(session, now):
    one = scenes.newcomer(session, now, channel=Channel.TEXT)
    assert reach(session, one, LETTER, SCHEME, now=now) is None
    assert scenes.open_tasks(session) == [("reach-by-hand", "newcomer", one.id)]


def test_a_refused_text_is_noted_and_tried_later(
    session, maker, server, by_notify, now
):
    one = scenes.newcomer(session, now, channel=Channel.TEXT)
    number = reach(session, one, LETTER, schemes.of(by_notify), now=now).id
    session.commit()
    server.refuse(429, "RateLimitError", LIMIT)
    assert delivery.send(maker, number, by_notify, now=now) is MessageState.QUEUED
    later = now + timedelta(minutes=2)
    assert delivery.send(maker, number, by_notify, now=later) is MessageState.SENT
    assert len(server.asked) == 2
    references = {asked["reference"] for _path, asked in server.asked}
    assert len(references) == 1


@pytest.mark.parametrize(
    ("changes", "is_fine", "told"),
    [
        ({}, True, "sends texts and e-mail"),
        ({"notify_email_template": ""}, True, "sends texts"),
        ({"notify_key": "x"}, False, "no key of GOV.UK Notify"),
        ({"notify_email_template": "", "notify_text_template": ""}, False, "nothing"),
    ],
)
def test_the_doctor_looks_and_asks_nothing(server, by_notify, changes, is_fine, told):
    [found] = look_at_texts(replace(by_notify, **changes))
    assert found.well is is_fine
    assert told in found.sentence
    assert server.asked == []


def test_what_a_text_cannot_tell_is_told_by_hand(session, by_notify, now):
    scene = scenes.scene(session, now, PairingState.INTRODUCED, channel=Channel.TEXT)
    letters.introduce(session, scene.pairing, schemes.of(by_notify), now=now)
    for message in session.exec(select(Message)).all():
        for person in (scene.newcomer, scene.volunteer):
            assert person.name not in message.body
            assert person.phone not in message.body
    assert {kind for kind, *_about in scenes.open_tasks(session)} == {"reach-by-hand"}
    assert len(scenes.open_tasks(session)) == 2
