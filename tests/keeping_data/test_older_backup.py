"""An older backup is restored: what happened since is not undone, and not done twice."""

import shutil
import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import select
from typing_extensions import override

from tests.conftest import KEYRING
from tests.keeping_data.conftest import lines_in
from tests.page_laws import LawfulClient
from welcome.accounts import membership
from welcome.accounts.models import Account
from welcome.app import create_app
from welcome.database import connect, sessions
from welcome.jobs import catching_up
from welcome.messages import delivery, outbox
from welcome.messages.models import Message, MessageState
from welcome.since import lines, machines
from welcome.since.errors import NotApplied

DOOR = "/-/account/sign-in"
OWN = "/-/account/"


@pytest.fixture
def database_url(sqlite_database):
    """The database that was; where it is restored may be of either kind."""
    return sqlite_database


class Postbox:
    """To whom the letters go that a mail server is given."""

    def __init__(self):
        self.to = []

    @override
    async def handle_DATA(self, _server, _session, envelope):
        self.to += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def postbox():
    """A mail server on this machine."""
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def settings(settings, postbox):
    """An installation with a mail server."""
    return replace(settings, mail_server="127.0.0.1", mail_port=postbox.port)


@pytest.fixture
def send_all(settings):
    """Send whatever is due, as a worker does."""

    def act(maker, now):
        with maker() as session:
            due = delivery.due(session, now)
        for each in due:
            delivery.send(maker, each, settings, now=now)

    return act


@pytest.fixture
def since(filled, take, maker, settings, send_all, session, letter, now):
    """A backup, and what happened after it: letters sent, one discarded, two let go."""
    session.add(letter("cara"))
    # A worker is alive here, so the backup knows of this machine.
    machines.beat(session, lines.name_of(settings.instance), "here", now=now)
    session.commit()
    file = take()
    with maker.begin() as opened:
        cara = opened.exec(select(Message).where(Message.message_id == "cara")).one()
        outbox.discard(opened, cara, actor=None, now=now)
        for person in (filled.writer, filled.translator_ur):
            account = opened.get_one(Account, person.id)
            membership.deactivate(opened, account, actor=None, now=now)
        back = opened.get_one(Account, filled.translator_ur.id)
        membership.activate(opened, back, actor=None, now=now)
    send_all(maker, now)
    return file


@pytest.fixture
def opened(other_url):
    """Make sessions on the database that was restored."""
    engine = connect(other_url, KEYRING)
    yield sessions(engine)
    engine.dispose()


@pytest.fixture
def visit(settings, opened, other_url):
    """Open the restored site as somebody who was signed in when the backup was taken."""

    def act(account):
        app = create_app(replace(settings, database_url=other_url), opened)
        app.test_client_class = LawfulClient
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie.update(
                _user_id=account.fs_uniquifier, _fresh=True, fs_cc="set", fs_gexp=0
            )
        return client

    return act


def states(maker):
    with maker() as session:
        return {each.recipient: each.state for each in session.exec(select(Message))}


def is_active(maker, person):
    with maker() as session:
        return session.get_one(Account, person.id).active


def test_no_letter_goes_twice(
    since, restore, other_url, opened, send_all, postbox, now
):
    assert sorted(postbox.to) == ["ana@example.org", "ben@example.org"]
    done = restore(since, other_url).done
    assert (done.letters.sent, done.letters.discarded, done.letters.held) == (2, 1, 0)
    send_all(opened, now + timedelta(days=1))
    assert sorted(postbox.to) == ["ana@example.org", "ben@example.org"]
    assert set(states(opened).values()) == {MessageState.SENT, MessageState.DISCARDED}


def test_a_letter_that_was_handed_over_in_a_crash_is_held_back(
    filled, take, maker, restore, other_url, opened, send_all, postbox, settings, now,
    monkeypatch,
):  # fmt: skip
    file = take()

    def crash(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(delivery, "deliver", crash)
        with pytest.raises(KeyboardInterrupt):
            send_all(maker, now)
    assert restore(file, other_url).done.letters.held == 1
    send_all(opened, now + timedelta(days=1))
    assert len(postbox.to) == 1
    assert sorted(states(opened).values()) == [MessageState.HELD, MessageState.SENT]


def test_who_was_let_go_is_gone_before_the_first_page(
    since, filled, restore, other_url, opened, visit
):
    done = restore(since, other_url).done
    assert done.let_go == 1
    assert visit(filled.writer).get(OWN).location.startswith(DOOR)
    # Let go and let in again: that they came back counts.
    assert visit(filled.translator_ur).get(OWN).status_code == 200
    assert not is_active(opened, filled.writer)


def test_nothing_is_served_before_what_is_missing_is_told(
    since, filled, restore, other_url, opened, visit, settings, tmp_path, now
):
    """Another machine restores, without the file of the first."""
    other = tmp_path / "other-machine"
    done = restore(since, other_url, instance=other)
    assert (done.done, len(done.missing)) == (None, 1)
    client = visit(filled.writer)
    answer = client.get(OWN)
    assert answer.status_code == 409
    assert "welcome erasures apply" in answer.get_data(as_text=True)
    assert client.get("/-/ready").status_code == 503
    with pytest.raises(NotApplied):
        catching_up.catch_up(opened, other, now=now)
    again = tmp_path / "again"
    again.mkdir()
    place = f"sqlite:///{again / 'again.sqlite'}"
    own = settings.instance / "since.jsonl"
    assert restore(since, place, instance=other, since=[own]).done.let_go == 1


def test_what_is_lost_for_good_sends_no_letter_by_itself(
    since, restore, other_url, opened, send_all, postbox, tmp_path, now
):
    other = tmp_path / "other-machine"
    done = restore(since, other_url, instance=other, is_lost=True).done
    assert (done.letters.held, done.let_go) == (3, 0)
    send_all(opened, now + timedelta(days=1))
    assert len(postbox.to) == 2


def test_a_file_that_was_put_back_by_hand_is_caught_up_with(
    filled, maker, session, engine, database_url, settings, postbox, send_all, now,
    tmp_path,
):  # fmt: skip
    """The database file itself is copied back: the first request looks."""
    session.close()
    engine.dispose()
    file = Path(database_url.removeprefix("sqlite:///"))
    shutil.copy(file, tmp_path / "old.sqlite")
    with maker.begin() as opened:
        account = opened.get_one(Account, filled.writer.id)
        membership.deactivate(opened, account, actor=None, now=now)
    send_all(maker, now)
    assert len(lines_in(settings.instance)) > 3
    engine.dispose()
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.sqlite", file)
    assert is_active(maker, filled.writer)
    app = create_app(settings, maker)
    assert app.test_client().get(DOOR).status_code == 200
    assert not is_active(maker, filled.writer)
    send_all(maker, now + timedelta(days=1))
    assert len(postbox.to) == 2
