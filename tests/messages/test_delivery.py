"""Delivery to a real mail server on the loopback, trusted, untrusted and unwilling."""

import email
import socket
import ssl
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from typing_extensions import override

from welcome.config import Settings
from welcome.messages import delivery
from welcome.messages.errors import BadRecipient, BadSubject, DeliveryFailed
from welcome.messages.models import Message, MessageState

AUTHORITY = trustme.CA()


class Postbox:
    """What a mail server was given, and what it says to it."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.letters = []
        self.logins = []

    @override
    async def handle_DATA(self, _server, _session, envelope):
        if self.answer.startswith("250"):
            self.letters.append(
                email.message_from_bytes(envelope.content, policy=default)
            )
        return self.answer

    def accept(self, _server, _session, _envelope, mechanism, login):
        self.logins.append((mechanism, login.login))
        return AuthResult(success=login.password == b"secret")


@pytest.fixture
def start(request):
    """Start a mail server; with a certificate it offers STARTTLS."""

    def started(postbox, *, certificate=None, **options):
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(context)
            options |= {"tls_context": context}
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(postbox, hostname="127.0.0.1", port=port, **options)
        controller.start()
        request.addfinalizer(controller.stop)
        return port

    return started


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """Let this machine trust the tests' own authority."""
    file = tmp_path / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


@pytest.fixture
def message(now):
    return Message(
        id=7,
        message_id="f00d",
        letter="invitation",
        tag="ar",
        recipient="sam@example.org",
        subject="مرحبا",
        body="سطر\n",
        state=MessageState.QUEUED,
        written_at=now,
        send_at=now,
        attempts=1,
    )


def _settings(port=0, **more):
    mail = {
        "mail_server": "127.0.0.1",
        "mail_port": port,
        "mail_from": "pack@town.example",
    }
    return Settings(**{**mail, "place_name": "Town", **more})


def test_a_message_arrives_as_it_was_written(start, message, now):
    postbox = Postbox()
    delivery.deliver(message, _settings(start(postbox)))
    [letter] = postbox.letters
    assert letter["Subject"] == "مرحبا"
    assert letter.get_content().rstrip() == "سطر"
    assert letter["From"] == "Town <pack@town.example>"
    assert letter["To"] == "sam@example.org"
    assert letter["Message-ID"] == "<f00d@town.example>"
    assert letter["Content-Language"] == "ar"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime == now


def test_a_second_try_has_the_same_id(start, message):
    postbox = Postbox()
    settings = _settings(start(postbox))
    delivery.deliver(message, settings)
    delivery.deliver(message, settings)
    assert len({letter["Message-ID"] for letter in postbox.letters}) == 1


@pytest.mark.usefixtures("trusted")
def test_a_trusted_certificate_is_accepted(start, message):
    postbox = Postbox()
    port = start(
        postbox,
        certificate=AUTHORITY.issue_cert("127.0.0.1"),
        require_starttls=True,
        authenticator=postbox.accept,
        auth_required=True,
    )
    settings = _settings(
        port, mail_starttls=True, mail_login="pack", mail_password="secret"
    )
    delivery.deliver(message, settings)
    assert len(postbox.letters) == 1
    assert [login for _mechanism, login in postbox.logins] == [b"pack"]


@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param(trustme.CA().issue_cert("127.0.0.1"), id="not trusted"),
        pytest.param(AUTHORITY.issue_cert("other.example"), id="for another host"),
    ],
)
@pytest.mark.usefixtures("trusted")
def test_any_other_certificate_is_refused_before_the_password_is_said(
    start, message, certificate
):
    postbox = Postbox()
    port = start(postbox, certificate=certificate, authenticator=postbox.accept)
    settings = _settings(
        port, mail_starttls=True, mail_login="pack", mail_password="secret"
    )
    with pytest.raises(DeliveryFailed, match="certificate not trusted") as problem:
        delivery.deliver(message, settings)
    assert not problem.value.permanent, "an administrator can mend it"
    assert (postbox.letters, postbox.logins) == ([], [])


def test_a_server_without_encryption_gets_nothing_when_it_is_asked_for(start, message):
    postbox = Postbox()
    with pytest.raises(DeliveryFailed, match="STARTTLS"):
        delivery.deliver(message, _settings(start(postbox), mail_starttls=True))
    assert postbox.letters == []


def test_a_password_is_never_said_in_clear(start, message):
    postbox = Postbox()
    port = start(postbox, authenticator=postbox.accept, auth_require_tls=False)
    with pytest.raises(DeliveryFailed, match="without encryption"):
        delivery.deliver(message, _settings(port, mail_login="pack", mail_password="x"))
    assert (postbox.letters, postbox.logins) == ([], [])


@pytest.mark.parametrize(
    ("answer", "permanent"), [("451 try later", False), ("554 never", True)]
)
def test_the_server_says_whether_to_try_again(start, message, answer, permanent):
    with pytest.raises(DeliveryFailed) as problem:
        delivery.deliver(message, _settings(start(Postbox(answer))))
    assert problem.value.permanent is permanent
    assert "sam@example.org" not in problem.value.reason


def test_a_server_that_is_away_is_tried_again(message):
    with pytest.raises(DeliveryFailed) as problem:
        delivery.deliver(message, _settings(1))
    assert not problem.value.permanent


@pytest.mark.parametrize(
    ("field", "refusal"), [("recipient", BadRecipient), ("subject", BadSubject)]
)
def test_a_row_that_would_write_headers_is_refused(start, message, field, refusal):
    postbox = Postbox()
    setattr(message, field, f"{getattr(message, field)}\r\nBcc: other@example.org")
    with pytest.raises(refusal):
        delivery.deliver(message, _settings(start(postbox)))
    assert postbox.letters == []


def test_without_a_server_a_message_becomes_a_file(message, tmp_path):
    settings = Settings(instance=tmp_path, mail_from="pack@town.example")
    delivery.deliver(message, settings)
    delivery.deliver(message, settings)
    [file] = Path(tmp_path / "mail").iterdir()
    letter = email.message_from_bytes(file.read_bytes(), policy=default)
    assert (file.name, letter["Subject"]) == ("000007-invitation.eml", "مرحبا")


def test_a_disk_that_takes_no_file_is_told_like_a_server_that_is_down(
    message, tmp_path
):
    (tmp_path / "mail").write_text("no folder", "utf-8")
    settings = Settings(instance=tmp_path, mail_from="pack@town.example")
    with pytest.raises(DeliveryFailed, match="mail") as failed:
        delivery.deliver(message, settings)
    assert not failed.value.permanent


def test_what_was_sent_is_not_kept(session, queued, now):
    claimed = delivery.claim(session, queued, now=now)
    assert delivery.note_sent(session, claimed, now=now)
    session.refresh(claimed)
    assert (claimed.state, claimed.sent_at, claimed.body) == (
        MessageState.SENT,
        now,
        "",
    )


def test_a_failing_message_waits_longer_each_time_and_then_fails(session, queued, now):
    waits = []
    while claimed := delivery.claim(session, queued, now=now):
        tried = delivery.note_failure(session, claimed, DeliveryFailed("451"), now=now)
        assert tried
        session.refresh(claimed)
        waits.append(claimed.send_at - now)
        now = claimed.send_at
        last = claimed
    assert waits[:-1] == sorted(set(waits[:-1]))
    assert waits[0] == timedelta(minutes=1)
    assert last.attempts == len(delivery.TRIES) + 1
    assert (last.state, last.problem) == (MessageState.FAILED, "451")
    assert last.body, "an administrator may still send it"


def test_a_refusal_for_good_fails_at_once(session, queued, now):
    claimed = delivery.claim(session, queued, now=now)
    never = DeliveryFailed("550", permanent=True)
    assert delivery.note_failure(session, claimed, never, now=now)
    session.refresh(claimed)
    assert claimed.state == MessageState.FAILED


def test_a_due_message_is_sent_once(start, maker, queued, now):
    postbox = Postbox()
    settings = _settings(start(postbox))
    assert delivery.send(maker, queued, settings, now=now) == MessageState.SENT
    assert delivery.send(maker, queued, settings, now=now) is None
    assert len(postbox.letters) == 1


def test_a_refused_message_waits_for_its_next_try(start, maker, queued, now):
    settings = _settings(start(Postbox("451 try later")))
    assert delivery.send(maker, queued, settings, now=now) == MessageState.QUEUED
    with maker() as session:
        assert delivery.due(session, now + timedelta(seconds=59)) == []
        assert delivery.due(session, now + timedelta(minutes=1)) == [queued]
        assert session.get(Message, queued).problem == "SMTPDataError (451)"


def test_a_message_that_breaks_a_rule_fails_for_good(maker, queued, now, tmp_path):
    with maker.begin() as session:
        session.get(Message, queued).recipient = "a@example.org\nBcc: b@example.org"
    settings = Settings(instance=tmp_path)
    assert delivery.send(maker, queued, settings, now=now) == MessageState.FAILED
    assert not (tmp_path / "mail").exists()


@pytest.fixture
def queued(maker, message):
    with maker.begin() as session:
        message.id = None
        message.attempts = 0
        session.add(message)
        session.flush()
        return message.id
