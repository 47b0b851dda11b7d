"""Redis and the mail server are away for a while: what was asked for is done, and once."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from tests.faults import clocks, killing, lengths, postboxes
from tests.faults.installation import Installation
from tests.faults.laws import Court
from tests.faults.memory import Memory
from tests.faults.postboxes import Postbox
from tests.faults.report import Fault
from tests.faults.townspeople import Publisher
from tests.ports import free_port
from tests.redis_server import Redis
from welcome import clock
from welcome.database import reading
from welcome.jobs.models import Job, JobState
from welcome.jobs.queue import LIVE_STATES
from welcome.messages import outbox
from welcome.messages.models import Message, MessageState

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
SECONDS_TO_COME = 60
RECIPIENT = "sam@example.org"
LETTER = {"name": "Sam", "place": "Town", "date": "1 May", "link": "https://x.example"}


def test_redis(installation: Installation, redis: Redis, fault: Fault) -> None:
    dice, memory = lengths.dice("redis"), Memory()
    installation.environment["WELCOME_QUEUE_URL"] = redis.url
    installation.serve()
    installation.work()
    publisher = Publisher(installation.port).sign_in("publisher@example.org")
    # The worker has looked once.
    publisher.act(fault, memory, dice)
    _wait_for(installation, lambda: _state(installation, memory) is JobState.DONE)
    below = killing.descendants(installation.running["worker"].pid)
    redis.stop()
    fault.note("stopped, and started again")
    publisher.act(fault, memory, dice)
    assert len(memory.jobs) == 2, "nothing could be asked for"
    assert _state(installation, memory) is JobState.WAITING
    redis.start()
    _wait_for(installation, lambda: _state(installation, memory) is JobState.DONE)
    assert installation.running["worker"].poll() is None
    assert all(map(killing.is_alive, below)), installation.last_words()
    Court(installation, fault, memory).rest(later=lengths.IS_LONG)


def test_mail(installation: Installation, fault: Fault) -> None:
    port = free_port()
    installation.environment |= {
        "WELCOME_MAIL_SERVER": "127.0.0.1",
        "WELCOME_MAIL_PORT": str(port),
    }
    letter_id = _write_letter(installation)
    unwilling, slow = Postbox("451 Try later"), Postbox(seconds=3)
    # Nobody listens; what is to be printed is printed meanwhile.
    _have_tried(installation, letter_id, tries=1)
    fault.note("closed, unwilling, slow")
    with postboxes.receiving(unwilling, port):
        _have_tried(installation, letter_id, tries=2, later="+2m")
    letter = _letter(installation, letter_id)
    assert (letter.state, unwilling.received) == (MessageState.QUEUED, [])
    assert "451" in letter.problem
    with postboxes.receiving(slow, port):
        _have_tried(installation, letter_id, tries=3, later="+10m")
        # And looks again, much later.
        Court(installation, fault, Memory()).rest()
    assert _letter(installation, letter_id).state is MessageState.SENT
    assert [letter["To"] for letter in slow.received] == [RECIPIENT]


def _have_tried(
    installation: Installation, letter_id: int, *, tries: int, later: str = clocks.NOW
) -> None:
    """Have a worker try so much later, and see what came of it written down."""
    with clocks.set_to(installation, later):
        installation.work()
        _wait_for(
            installation,
            lambda: (
                _letter(installation, letter_id).attempts == tries
                and not _list_live(installation)
            ),
        )
        installation.stop("worker")


def _write_letter(installation: Installation) -> int:
    with installation.sessions.begin() as session:
        written = outbox.write(
            session, "invitation", to=RECIPIENT, tag="en", now=clock.now(), **LETTER
        )
        return written.id


def _letter(installation: Installation, letter_id: int) -> Message:
    with reading(), installation.sessions() as session:
        return session.get_one(Message, letter_id)


def _list_live(installation: Installation) -> list[int]:
    with reading(), installation.sessions() as session:
        live = select(Job.id).where(col(Job.state).in_(LIVE_STATES))
        return list(session.exec(live))


def _state(installation: Installation, memory: Memory) -> JobState:
    with reading(), installation.sessions() as session:
        return session.get_one(Job, memory.jobs[-1]).state


def _wait_for(installation: Installation, happened: Callable[[], object]) -> None:
    met = killing.wait_until(happened, SECONDS_TO_COME, step=0.2)
    assert met, installation.last_words()
