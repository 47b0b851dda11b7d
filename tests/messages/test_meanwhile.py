"""What happens to a letter while the mail server has it counts; the try does not undo it."""

import pytest

from welcome.messages import delivery, outbox
from welcome.messages.errors import DeliveryFailed, MessageNotWaiting
from welcome.messages.models import Message, MessageState

LETTER = {
    "name": "Sam",
    "place": "Town",
    "date": "4 May",
    "link": "https://x.example/i",
}
ANSWERS = {
    "taken": None,
    "try later": DeliveryFailed("451"),
    "never": DeliveryFailed("554", permanent=True),
}


@pytest.fixture
def queued(maker, now):
    with maker.begin() as session:
        return outbox.write(
            session, "invitation", to="sam@example.org", tag="en", now=now, **LETTER
        ).id


def _act(maker, act, message_id, now):
    with maker.begin() as session:
        message = outbox.get_message(session, message_id)
        act(session, message, actor=None, now=now)


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_what_was_discarded_meanwhile_stays_discarded(
    maker, settings, queued, now, monkeypatch, answer
):
    def discard_meanwhile(*_args):
        _act(maker, outbox.discard, queued, now)
        if answer:
            raise answer

    monkeypatch.setattr(delivery, "deliver", discard_meanwhile)
    left = delivery.send(maker, queued, settings, now=now)
    assert left == MessageState.DISCARDED
    with pytest.raises(MessageNotWaiting):
        _act(maker, outbox.queue_again, queued, now)


def test_a_try_whose_claim_ran_out_notes_nothing(maker, settings, queued, now):
    with maker.begin() as session:
        slow = delivery.claim(session, queued, now=now)
    later = now + delivery.LEASE
    with maker.begin() as session:
        assert delivery.claim(session, queued, now=later)
    with maker.begin() as session:
        assert not delivery.note_failure(session, slow, DeliveryFailed("451"), now=now)
        assert session.get_one(Message, queued).send_at > later


@pytest.mark.parametrize(
    ("read_as", "became", "act"),
    [
        (MessageState.QUEUED, MessageState.SENT, outbox.discard),
        (MessageState.FAILED, MessageState.DISCARDED, outbox.queue_again),
    ],
    ids=["discard", "queue again"],
)
def test_what_was_read_before_counts_for_nothing(
    maker, queued, now, read_as, became, act
):
    with maker() as session:
        message = session.get_one(Message, queued)
        message.state = read_as
        session.commit()
        with maker.begin() as other:
            other.get_one(Message, queued).state = became
        with pytest.raises(MessageNotWaiting):
            act(session, message, actor=None, now=now)
        session.rollback()
    with maker() as session:
        assert session.get_one(Message, queued).state is became
