"""Who holds a link may be somebody else: others hear of a new way to be reached."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests.buddies import scenes
from tests.buddies.rows import SCHEME
from welcome.buddies.lifecycle.new_contact import Contact
from welcome.buddies.models.desk import Task, TaskKind
from welcome.buddies.models.people import Channel
from welcome.buddies.people import own_steps
from welcome.messages.models import Message

OLD = "old@example.org"
NEW = Contact(Channel.EMAIL, email="new@example.org")
# A winter's day, on which the place's hours are those of Greenwich.
NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)


@pytest.fixture
def nour(session, now):
    made = scenes.newcomer(session, now)
    scenes.contacts.set_email(session, made, OLD)
    made.channel = Channel.EMAIL
    return made


@pytest.fixture
def change(session, nour, now):
    asking = scenes.request(session, nour, now)

    def act(contact=NEW, at=NOON):
        own_steps.change_contact(session, asking, nour, contact, SCHEME, now=at)
        return session.exec(select(Message)).all()

    return act


def test_a_coordinator_looks_and_the_old_address_hears_of_it(session, nour, change):
    (letter,) = change()
    assert (letter.recipient, letter.letter) == (OLD, own_steps.CHANGED)
    said = (letter.subject + letter.body).lower()
    for hidden in ("new@example.org", "buddy", "e-mail", "phone", "link", "http"):
        assert hidden not in said
    (task,) = session.exec(select(Task)).all()
    assert (task.kind, task.subject, task.subject_id) == (
        TaskKind.CONTACT_BY_LINK, "newcomer", nour.id,
    )  # fmt: skip


@pytest.mark.parametrize(
    "values", [{"channel": Channel.CALL}, {"safe_until": 0}, {"shares_phone": True}]
)
def test_nothing_goes_where_nothing_may_go(session, nour, change, values):
    for name, value in values.items():
        setattr(nour, name, value)
    assert change() == []
    (task,) = session.exec(select(Task)).all()
    assert task.kind is TaskKind.CONTACT_BY_LINK


def test_it_waits_for_the_hours_that_were_safe(nour, change):
    nour.safe_from, nour.safe_until = 14, 16
    (letter,) = change()
    assert letter.send_at == NOON + timedelta(hours=2)
    assert (letter.safe_from, letter.safe_until) == (14, 16)


def test_who_keeps_the_address_hears_nothing(change):
    assert change(Contact(Channel.CALL, email=OLD, phone="020 7946 0001")) == []
