"""People are reached in the one way that is safe for them, in their hours, or not at all."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.buddies import links
from welcome.buddies.lifecycle import checkins, exits, letters, pairings, reaching
from welcome.buddies.lifecycle.reaching import Letter, reach
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import Outcome, PairingState, Side
from welcome.buddies.models.people import Channel
from welcome.buddies.privacy import notices, wording
from welcome.buddies.privacy.wording import Wording
from welcome.messages import delivery
from welcome.messages.models import Message, MessageState
from welcome.messages.ways import Way

ABOUT = About("pairing", 1, "newcomer")
LETTER = Letter("no_longer", LinkPurpose.MY_REQUEST, ABOUT)
BY_TEXT = replace(SCHEME, ways=frozenset({Way.EMAIL, Way.TEXT}))
TELLING = ("buddy", "refugee", "volunteer", "newcomer", "asylum", "migrant")


def messages(session):
    return session.exec(select(Message).order_by(Message.id)).all()


@pytest.mark.parametrize("channel", sorted(set(Channel) - {Channel.EMAIL}))
def test_nothing_is_sent_to_who_has_no_safe_e_mail(session, now, channel):
    one = scenes.newcomer(session, now, channel=channel)
    other = scenes.volunteer(session, now, channel=channel)
    for person in (one, other, one):
        assert reach(session, person, LETTER, SCHEME, now=now) is None
    assert messages(session) == []
    assert session.exec(select(links.Link)).all() == []
    assert scenes.open_tasks(session) == [
        ("reach-by-hand", "newcomer", one.id),
        ("reach-by-hand", "volunteer", other.id),
    ]


@pytest.mark.parametrize("channel", [Channel.CALL, Channel.PAPER, Channel.REFERRER])
def test_a_text_channel_changes_nothing_for_who_did_not_choose_it(
    session, now, channel
):
    one = scenes.newcomer(session, now, channel=channel)
    assert reach(session, one, LETTER, BY_TEXT, now=now) is None
    assert messages(session) == []


def test_a_text_goes_where_texts_can_be_sent(session, now):
    one = scenes.newcomer(session, now, channel=Channel.TEXT)
    reach(session, one, LETTER, BY_TEXT, now=now)
    [message] = messages(session)
    assert (message.way, message.recipient) == (Way.TEXT, "+447911123456")
    assert scenes.open_tasks(session) == []


@pytest.mark.parametrize("lost", ["email", "hours"])
def test_who_has_no_address_or_hour_is_told_by_hand(session, now, lost):
    one = scenes.newcomer(session, now)
    if lost == "email":
        one.email = None
    else:
        one.safe_from = one.safe_until = 9
    assert reach(session, one, LETTER, SCHEME, now=now) is None
    assert [kind for kind, *_ in scenes.open_tasks(session)] == ["reach-by-hand"]


def test_who_is_erased_is_not_reached_at_all(session, now):
    one = scenes.newcomer(session, now, erased_at=now)
    reach(session, one, LETTER, SCHEME, now=now)
    assert (messages(session), scenes.open_tasks(session)) == ([], [])


@pytest.mark.parametrize(
    ("at", "hours", "arrives"),
    [
        # In winter the clocks of the place are those of Greenwich.
        ("2026-03-02 09:30", (0, 24), "2026-03-02 09:30"),
        ("2026-03-02 09:30", (9, 10), "2026-03-02 09:30"),
        ("2026-03-02 09:30", (18, 21), "2026-03-02 18:00"),
        ("2026-03-02 09:30", (7, 9), "2026-03-03 07:00"),
        ("2026-03-02 09:30", (22, 6), "2026-03-02 22:00"),
        ("2026-03-02 23:30", (22, 6), "2026-03-02 23:30"),
        ("2026-03-02 05:59", (22, 6), "2026-03-02 05:59"),
        ("2026-03-02 06:00", (22, 6), "2026-03-02 22:00"),
        # In summer they are an hour ahead.
        ("2026-07-02 08:30", (9, 10), "2026-07-02 08:30"),
        ("2026-07-02 09:30", (9, 10), "2026-07-03 08:00"),
        # The night in which they change.
        ("2026-03-28 20:00", (8, 9), "2026-03-29 07:00"),
    ],
)
def test_a_message_arrives_in_the_hours_that_are_safe(session, now, at, hours, arrives):
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    one = scenes.newcomer(session, now)
    one.safe_from, one.safe_until = hours
    message = reach(session, one, LETTER, SCHEME, now=moment)
    assert message.send_at == datetime.fromisoformat(arrives).replace(tzinfo=UTC)
    assert message.send_at - moment <= timedelta(days=1)
    assert delivery.due(session, moment) == [message.id] * (at == arrives)


def test_a_message_that_failed_is_not_tried_again_at_night(
    session, maker, settings, now
):
    one = scenes.newcomer(session, now, safe_from=9, safe_until=17)
    message = reach(session, one, LETTER, SCHEME, now=now)
    session.commit()
    night = now.replace(hour=22)
    state = delivery.send(maker, message.id, settings, now=night)
    session.expire_all()
    assert (state, message.state, message.attempts) == (
        MessageState.QUEUED, MessageState.QUEUED, 0,
    )  # fmt: skip
    assert message.send_at == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert not (settings.instance / "mail").exists()
    session.commit()
    sent = delivery.send(maker, message.id, settings, now=message.send_at)
    assert sent is MessageState.SENT


def test_what_waits_for_an_address_that_is_safe_no_more_is_taken_back(session, now):
    one, other = scenes.newcomer(session, now), scenes.newcomer(session, now)
    for person in (one, one, other):
        reach(session, person, LETTER, SCHEME, now=now)
    assert reaching.take_back(session, one.email, now=now) == 2
    states = [each.state for each in messages(session)]
    gone = MessageState.DISCARDED
    assert states == [gone, gone, MessageState.QUEUED]


def every_letter(session, now, tag="en", scene=None):
    """Have each letter of the scheme written once or more, to people who read a locale."""
    scene = scene or scenes.scene(session, now, PairingState.NEWCOMER_ASKED)
    scene.newcomer.tag = scene.volunteer.tag = tag
    for side in Side:
        letters.propose(session, scene.pairing, side, SCHEME, now=now)
        letters.remind(session, scene.pairing, side, SCHEME, now=now)
    letters.introduce(session, scene.pairing, SCHEME, now=now)
    letters.say_no_longer(session, scene.pairing, list(Side), SCHEME, now=now)
    last = now.date() + timedelta(days=14)
    letters.announce_ending(session, scene.pairing, last, SCHEME, now=now)
    for kind in letters.QUESTIONS:
        for side in Side:
            asked = checkins.CheckIn(
                pairing_id=scene.pairing.id, side=side, kind=kind,
                due_on=now.date(), moved_at=now,
            )  # fmt: skip
            session.add(asked)
            session.flush()
            letters.ask_how_it_goes(session, asked, SCHEME, now=now)
    return scene


def test_no_subject_tells_what_somebody_takes_part_in(session, now):
    every_letter(session, now)
    found = messages(session)
    assert len(found) == 18
    for message in found:
        assert "Town" in message.subject
        assert not any(word in message.subject.lower() for word in TELLING)
        assert "Newcomer" not in message.subject
        assert "{{" not in message.body
        assert "\n\n\n" not in message.body


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_every_letter_says_where_a_worry_can_be_told(session, now, tag):
    every_letter(session, now, tag=tag)
    for message in messages(session):
        lines = message.body.splitlines()
        assert f"https://welcome.example.org/-/concern/{tag}/" in lines


def test_every_letter_holds_one_link_that_is_good_for_its_purpose(session, now):
    scene = every_letter(session, now)
    seen = set()
    for message in messages(session):
        [path, token] = re.findall(
            r"^https://welcome\.example\.org(/-/take-part/[a-z-]+/)(\S+)$",
            message.body,
            re.MULTILINE,
        )[0]
        purpose = {path: each for each, path in reaching.PATHS.items()}[path]
        link = links.get(session, token, purpose, now=now)
        assert token not in message.subject
        seen.add((message.letter, purpose, link.subject))
        is_newcomers = message.recipient == scene.newcomer.email
        assert link.side == ("newcomer" if is_newcomers else "volunteer")
    assert {(purpose, subject) for _, purpose, subject in seen} == {
        (LinkPurpose.ANSWER, "pairing"),
        (LinkPurpose.CHECK_IN, "check_in"),
        (LinkPurpose.MY_REQUEST, "buddy_request"),
        (LinkPurpose.SIGN_IN, "volunteer"),
    }


def test_a_letter_is_written_in_the_locale_that_somebody_reads(session, now):
    every_letter(session, now, tag="ar")
    assert {each.tag for each in messages(session)} == {"ar"}


def test_an_unknown_locale_is_written_to_in_english(session, now):
    one = scenes.newcomer(session, now, tag="xx")
    assert reach(session, one, LETTER, SCHEME, now=now).tag == "en"


def test_before_both_agreed_a_letter_tells_nothing_of_the_other(session, now):
    scene = every_letter(session, now)
    other = {
        scene.newcomer.email: (scene.volunteer.name, scene.volunteer.email),
        scene.volunteer.email: (scene.newcomer.name, scene.newcomer.email),
    }
    for message in messages(session):
        told = [text for text in other[message.recipient] if text in message.body]
        assert len(told) == (2 if message.letter == "introduction" else 0)


@pytest.mark.parametrize(
    ("channel", "is_told"),
    [
        (Channel.EMAIL, "email"),
        (Channel.CALL, "phone"),
        (Channel.TEXT, "phone"),
        (Channel.PAPER, None),
        (Channel.REFERRER, None),
    ],
)
def test_an_introduction_tells_only_the_way_that_was_agreed(
    session, now, channel, is_told
):
    scene = scenes.scene(session, now, PairingState.AGREED)
    scene.newcomer.channel = channel
    scene.newcomer.safe_from = 10
    pairings.introduce(session, scene.pairing, SCHEME, actor=None, now=now)
    [body] = [
        each.body for each in messages(session)
        if each.recipient == scene.volunteer.email
    ]  # fmt: skip
    ways = {name: getattr(scene.newcomer, name) for name in ("email", "phone")}
    assert [name for name, value in ways.items() if value in body] == (
        [is_told] if is_told else []
    )
    assert ("10:00" in body) is (is_told is not None)
    assert ("coordinator will help" in body) is (is_told is None)


def test_the_place_to_meet_is_what_the_scheme_says_in_each_language(session, now):
    scene = scenes.scene(session, now, PairingState.AGREED)
    scene.newcomer.tag = "ar"
    letters.introduce(session, scene.pairing, SCHEME, now=now)
    for version, (tag, place) in enumerate(
        [("en", "Central Library"), ("ar", "المكتبة المركزية")]
    ):
        said = Wording("", "", {"meeting_place": place})
        wording.set_wording(session, tag, said, based_on=version, actor=None, now=now)
        letters.introduce(session, scene.pairing, SCHEME, now=now)
    bodies = {
        tag: [each.body for each in messages(session) if each.tag == tag]
        for tag in ("en", "ar")
    }
    usual = {tag: notices.usual(tag, "meeting_place") for tag in bodies}
    places = {"en": "Central Library", "ar": "المكتبة المركزية"}
    told = {
        tag: [(usual[tag] in body, places[tag] in body) for body in said]
        for tag, said in bodies.items()
    }
    # English was set first: until Arabic is, its readers have the usual sentence.
    usual_is, own_is = (True, False), (False, True)
    assert told == {
        "en": [usual_is, own_is, own_is],
        "ar": [usual_is, usual_is, own_is],
    }


@pytest.mark.parametrize("outcome", [Outcome.SAFEGUARDING, Outcome.ERASED])
def test_some_endings_are_told_by_nobody_but_people(session, now, outcome):
    scene = scenes.scene(session, now, PairingState.MEETING)
    ending = exits.Ending(outcome)
    exits.end(session, scene.pairing, ending, SCHEME, actor=None, now=now)
    assert messages(session) == []
