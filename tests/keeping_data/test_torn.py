"""What a power cut or a lost answer leaves in the file beside the data."""

import pytest
from sqlmodel import select

from welcome import clock
from welcome.accounts import membership
from welcome.accounts.models import Account
from welcome.database import reading
from welcome.jobs import catching_up, handlers, queue, running
from welcome.jobs.models import Job, JobState
from welcome.messages import outbox
from welcome.messages.models import Message, MessageState
from welcome.since import lines
from welcome.since.lines import Act

WHOLE = b'{"machine": "0123456789abcdef0123456789abcdef", "format": 1}\n'


@pytest.fixture
def file(settings):
    """The file beside the data, not there yet."""
    settings.instance.mkdir(exist_ok=True)
    return settings.instance / lines.NAME


@pytest.fixture
def deliver(maker, settings, letter):
    """Have a job deliver a letter; give both afterwards."""

    def act():
        with maker.begin() as session:
            message = letter("ana", send_at=clock.now())
            session.add(message)
            session.flush()
            job_id = queue.enqueue(
                session, "deliver", now=clock.now(), message_id=message.id
            ).id
        assert running.run(maker, settings, handlers.HANDLERS, job_id)
        with reading(), maker() as session:
            return session.exec(select(Job)).one(), session.exec(select(Message)).one()

    return act


@pytest.mark.parametrize("is_lost", [True, False])
@pytest.mark.parametrize("act", [membership.deactivate, membership.activate])
def test_who_may_have_been_let_go_stays_noted(
    maker, engine, cast, settings, monkeypatch, now, act, is_lost
):
    with maker.begin() as session:
        account = session.get_one(Account, cast.writer.id)
        public_id, account.active = account.public_id, act is membership.deactivate
    dialect = engine.dialect

    def refuse(_connection):
        raise dialect.loaded_dbapi.OperationalError("no answer")

    with monkeypatch.context() as patched:
        patched.setattr(dialect, "do_commit", refuse)
        patched.setattr(dialect, "is_disconnect", lambda *_args: is_lost)
        with pytest.raises(Exception, match="no answer"), maker.begin() as session:
            act(session, session.get_one(Account, cast.writer.id), actor=None, now=now)
    wanted = {membership.SUBJECT: {public_id}}
    known = lines.read([settings.instance / lines.NAME], wanted)
    told = [line.act for line in known.of(membership.SUBJECT).values()]
    is_kept = is_lost and act is membership.deactivate
    assert told == ([Act.LET_GO] if is_kept else [])


@pytest.mark.parametrize(
    "left",
    [b"", WHOLE[:5], WHOLE[:30], WHOLE[:-1], b"\0" * 60, WHOLE + b'{"act": "se'],
    ids=["empty", "begun", "half", "all but its end", "zeros", "second line"],
)
def test_a_torn_line_keeps_no_start_and_no_letter_up(
    file, maker, settings, deliver, now, left
):
    file.write_bytes(left)
    assert catching_up.catch_up(maker, settings.instance, now=now).is_nothing
    job, message = deliver()
    assert (job.state, message.state) == (JobState.DONE, MessageState.SENT)
    known = lines.read([file], {outbox.KIND: {"ana"}})
    assert [line.act for line in known.last.values()] == [Act.SENT]


def test_a_file_of_another_kind_postpones_letters_with_the_reason(file, deliver):
    file.write_text("something else\n")
    job, message = deliver()
    assert (job.state, job.attempts) == (JobState.WAITING, 0)
    assert "since_unreadable" in job.problem
    assert (message.state, message.attempts) == (MessageState.QUEUED, 0)
    assert file.read_text() == "something else\n"
