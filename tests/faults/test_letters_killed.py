"""The worker is killed while it hands letters to a real mail server."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage

import pytest
from sqlmodel import select

from tests.faults import killing, lengths, postboxes
from tests.faults.installation import Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.postboxes import Postbox
from tests.faults.report import Fault
from tests.ports import free_port
from welcome import clock
from welcome.database import reading
from welcome.messages import outbox
from welcome.messages.models import Message, MessageState
from welcome.since import lines
from welcome.since.lines import Act

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]
# How many are written before each kill; about as many arrive in two seconds.
LETTERS = 30
# Of the worker: each may have one letter under way.
PROCESSES = 2
SECONDS_TO_ARRIVE = 60


@pytest.fixture
def postbox(installation: Installation) -> Iterator[Postbox]:
    """The mail server of the installation; it takes a moment over each letter."""
    opened, port = Postbox(seconds=0.03), free_port()
    installation.environment |= {
        "WELCOME_MAIL_SERVER": "127.0.0.1",
        "WELCOME_MAIL_PORT": str(port),
    }
    with postboxes.receiving(opened, port):
        yield opened


def test_letters(installation: Installation, fault: Fault, postbox: Postbox) -> None:
    dice = lengths.dice("letters")
    court = Court(installation, fault, Memory())
    installation.print_nothing()
    written: list[str] = []
    for _ in range(lengths.kills(share=0.12, short=2)):
        before = len(postbox.received)
        written += _write_letters(installation)
        installation.work()
        some = before + dice.randint(1, LETTERS // 2)
        arrived = killing.wait_until(
            lambda some=some: len(postbox.received) >= some, SECONDS_TO_ARRIVE
        )
        assert arrived, f"no letters go out:\n{installation.last_words()}"
        killing.wait_until(lambda: False, dice.uniform(0, 0.3), step=0.01)
        _cut_the_power(installation)
        fault.kills += 1
        court.look()
    court.rest()
    _judge(installation, fault, postbox, written)


def _write_letters(installation: Installation) -> list[str]:
    """Write letters into the outbox; give their public ids."""
    now = clock.now()
    with installation.sessions.begin() as session:
        return [
            outbox.write(
                session, "password_changed", to=f"reader.{number}@example.org", tag="en",
                now=now, place="Town", name=f"Reader {number}", link="http://town.example",
            ).message_id
            for number in range(LETTERS)
        ]  # fmt: skip


def _cut_the_power(installation: Installation) -> None:
    worker = installation.running.pop("worker")
    killing.kill_all(worker.pid)
    worker.wait(30)


def _judge(
    installation: Installation, fault: Fault, postbox: Postbox, written: Sequence[str]
) -> None:
    """Every letter arrived; twice only what was under way when the power was cut."""
    with reading(), installation.sessions() as session:
        states = {each.message_id: each.state for each in session.exec(select(Message))}
    noted = _acts_by_letter(installation)
    arrived = Counter(map(_id_of, postbox.received))
    for letter in written:
        if not arrived[letter]:
            fault.breaks("lost texts", f"letter {letter} never arrived")
        if states.get(letter) is not MessageState.SENT:
            fault.breaks("lost jobs", f"letter {letter}: {states.get(letter)}")
        if noted[letter].count(Act.SENT) != 1 or noted[letter][-1] is not Act.SENT:
            fault.breaks("doubled", f"tried again once sent: letter {letter}")
    twice = [letter for letter, times in arrived.items() if times > 1]
    fault.note(f"of {len(written)} letters {len(twice)} arrived twice")
    if len(twice) > PROCESSES * fault.kills:
        fault.breaks("doubled", f"more letters than were under way: {len(twice)}")


def _id_of(letter: EmailMessage) -> str:
    return str(letter["Message-ID"]).strip("<>").partition("@")[0]


def _acts_by_letter(installation: Installation) -> Mapping[str, list[Act]]:
    """List by letter what was noted beside the database, in its order."""
    noted = defaultdict[str, list[Act]](list)
    for line in (installation.instance / lines.NAME).read_text("utf-8").splitlines():
        told = json.loads(line)
        if told.get("kind") == outbox.KIND:
            noted[told["id"]].append(Act(told["act"]))
    return noted
