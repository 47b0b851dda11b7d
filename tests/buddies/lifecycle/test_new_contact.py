"""Somebody is reached in another way: nothing goes to the old one, and nothing is lost."""

import re

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.scenes import SCHEME
from welcome.accounts.models import JournalEntry
from welcome.buddies import links
from welcome.buddies.errors import (
    BadAddress,
    BadHours,
    BadPhone,
    LinkOver,
    NoReferrer,
    NoWayToReach,
    PersonErased,
)
from welcome.buddies.lifecycle import checkins, letters, new_contact
from welcome.buddies.lifecycle.new_contact import Contact
from welcome.buddies.links import About
from welcome.buddies.models.desk import LinkPurpose
from welcome.buddies.models.pairings import PairingState, Side
from welcome.buddies.models.people import Channel
from welcome.messages.models import Message, MessageState

S = PairingState
NEW = Contact(Channel.EMAIL, "new@example.org")
BY_CALL = Contact(Channel.CALL, phone="020 7946 0123")
TOKEN = re.compile(r"/-/take-part/[a-z-]+/([\w-]+)")


def waiting(session):
    asked = select(Message).where(Message.state == MessageState.QUEUED)
    return session.exec(asked.order_by(Message.id)).all()


def change(session, person, contact, now):
    new_contact.change(session, person, contact, SCHEME, actor=None, now=now)
    session.flush()
    session.expire_all()


def of(scene, side):
    return scene.newcomer if side is Side.NEWCOMER else scene.volunteer


@pytest.mark.parametrize("side", list(Side))
def test_who_is_being_asked_is_asked_at_the_new_address_alone(session, now, side):
    state = S.VOLUNTEER_ASKED if side is Side.VOLUNTEER else S.NEWCOMER_ASKED
    scene = scenes.scene(session, now, state)
    letters.propose(session, scene.pairing, side, SCHEME, now=now)
    (old,) = waiting(session)
    token = TOKEN.search(old.body)[1]
    change(session, of(scene, side), NEW, now)
    (fresh,) = waiting(session)
    assert (fresh.recipient, fresh.letter) == ("new@example.org", old.letter)
    asked = LinkPurpose.ANSWER
    with pytest.raises(LinkOver):
        links.get(session, token, asked, now=now)
    assert links.get(session, TOKEN.search(fresh.body)[1], asked, now=now)


@pytest.mark.parametrize("side", list(Side))
def test_the_links_of_the_other_side_go_on(session, now, side):
    scene = scenes.scene(session, now, S.MEETING)
    tokens = {}
    for each in Side:
        about = About("pairing", scene.pairing.id, each.value)
        made = links.make(session, LinkPurpose.ANSWER, about, now=now)
        tokens[each] = made.token
    change(session, of(scene, side), NEW, now)
    with pytest.raises(LinkOver):
        links.get(session, tokens[side], LinkPurpose.ANSWER, now=now)
    other = tokens[letters.other(side)]
    assert links.get(session, other, LinkPurpose.ANSWER, now=now)


def test_the_slips_of_a_request_end(session, now):
    scene = scenes.scene(session, now, S.DRAFT)
    about = About("buddy_request", scene.request.id)
    made = links.make(session, LinkPurpose.MY_REQUEST, about, now=now)
    change(session, scene.newcomer, NEW, now)
    with pytest.raises(LinkOver):
        links.get_by_code(session, made.code, now=now)


@pytest.mark.parametrize("side", list(Side))
def test_an_introduction_that_waits_tells_the_new_way(session, now, side):
    scene = scenes.scene(session, now, S.INTRODUCED)
    letters.introduce(session, scene.pairing, SCHEME, now=now)
    person, other = of(scene, side), of(scene, letters.other(side))
    old = person.email
    change(session, person, NEW, now)
    to = {each.recipient: each.body for each in waiting(session)}
    assert set(to) == {"new@example.org", other.email}
    assert "new@example.org" in to[other.email]
    assert old not in to[other.email]
    assert other.email in to["new@example.org"]


def test_a_check_in_that_was_asked_is_asked_anew(session, now):
    scene = scenes.scene(session, now, S.MEETING)
    scene.pairing.asks_on = now.date()
    scene.pairing.introduced_at = now.replace(month=1)
    session.flush()
    checkins.ask_both(session, scene.pairing, SCHEME, now=now)
    change(session, scene.volunteer, NEW, now)
    assert sorted(each.recipient for each in waiting(session)) == [
        scene.newcomer.email, "new@example.org",
    ]  # fmt: skip


def test_what_cannot_be_written_again_is_told_by_hand(session, now):
    scene = scenes.scene(session, now, S.WITHDRAWN)
    letters.say_no_longer(session, scene.pairing, [Side.NEWCOMER], SCHEME, now=now)
    change(session, scene.newcomer, NEW, now)
    assert waiting(session) == []
    assert scenes.open_tasks(session) == [
        ("reach-by-hand", "newcomer", scene.newcomer.id)
    ]


def test_whoever_shares_the_old_address_is_seen_to_by_hand(session, now):
    scene = scenes.scene(session, now, S.NEWCOMER_ASKED)
    letters.propose(session, scene.pairing, Side.NEWCOMER, SCHEME, now=now)
    partner = scenes.newcomer(session, now)
    scenes.contacts.set_phone(session, partner, "")
    scenes.contacts.set_email(session, partner, scene.newcomer.email)
    session.flush()
    change(session, scene.newcomer, BY_CALL, now)
    assert sorted(scenes.open_tasks(session)) == [
        ("reach-by-hand", "newcomer", scene.newcomer.id),
        ("reach-by-hand", "newcomer", partner.id),
    ]


def test_nobody_shares_an_address_that_is_none(session, now):
    scene = scenes.scene(session, now, S.NEWCOMER_ASKED)
    letters.propose(session, scene.pairing, Side.NEWCOMER, SCHEME, now=now)
    scenes.contacts.set_phone(session, scene.newcomer, "")
    scenes.contacts.set_phone(session, scene.volunteer, "")
    session.flush()
    change(session, scene.newcomer, NEW, now)
    assert scenes.open_tasks(session) == []


@pytest.mark.parametrize(
    ("contact", "problem"),
    [
        (Contact(Channel.EMAIL, phone="020 7946 0123"), NoWayToReach),
        (Contact(Channel.CALL, "new@example.org"), NoWayToReach),
        (Contact(Channel.EMAIL, "nobody"), BadAddress),
        (Contact(Channel.CALL, phone="12"), BadPhone),
        (Contact(Channel.EMAIL, "new@example.org", hours=(9, 9)), BadHours),
    ],
)
def test_what_nobody_could_be_reached_by_is_refused(session, now, contact, problem):
    scene = scenes.scene(session, now, S.DRAFT)
    with pytest.raises(problem):
        change(session, scene.newcomer, contact, now)


def test_who_is_erased_gets_no_new_address(session, now):
    gone = scenes.newcomer(session, now, erased_at=now)
    with pytest.raises(PersonErased):
        change(session, gone, NEW, now)


def test_hours_change_with_the_way_and_stay_without(session, now):
    one = scenes.newcomer(session, now, safe_from=9, safe_until=17)
    change(session, one, NEW, now)
    assert (one.safe_from, one.safe_until) == (9, 17)
    change(session, one, Contact(Channel.PAPER, hours=(10, 12)), now)
    assert (one.channel, one.email, one.safe_from, one.safe_until) == (
        Channel.PAPER, None, 10, 12,
    )  # fmt: skip


def test_the_journal_tells_who_changed_it_and_not_to_what(session, cast, now):
    one = scenes.newcomer(session, now)
    new_contact.change(session, one, NEW, SCHEME, actor=cast.coordinator, now=now)
    session.flush()
    asked = select(JournalEntry).where(JournalEntry.act == "person.contact_changed")
    entry = session.exec(asked).one()
    assert (entry.actor_id, entry.subject_id, entry.details) == (
        cast.coordinator.id, one.id, {},
    )  # fmt: skip


def test_nobody_is_reached_through_a_referrer_who_has_none(session, now):
    newcomer, volunteer = scenes.newcomer(session, now), scenes.volunteer(session, now)
    through = Contact(Channel.REFERRER)
    for person in (newcomer, volunteer):
        with pytest.raises(NoReferrer):
            new_contact.change(session, person, through, SCHEME, actor=None, now=now)
        assert person.channel is Channel.EMAIL
    newcomer.referrer_id = newcomer.organisation_id
    new_contact.change(session, newcomer, through, SCHEME, actor=None, now=now)
    assert newcomer.channel is Channel.REFERRER
