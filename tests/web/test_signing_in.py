"""Signing in, as stories: invitations, passwords, codes, locks, sessions."""

import re
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from flask_security import hash_password
from passlib.totp import TOTP
from sqlmodel import col, select

from welcome import clock
from welcome.accounts import journal
from welcome.accounts.locks import MOST_FAILURES
from welcome.accounts.membership import Invitation, activate, deactivate, invite
from welcome.accounts.models import Account, Role
from welcome.app import create_app
from welcome.messages.models import Message
from welcome.web.signing_in import letters

PASSWORD = "three good words"
PLACE = "/-/account"


@pytest.fixture
def ada(app, session, now):
    """An administrator with a password."""
    asked = Invitation("ada@example.org", "Ada", roles=((Role.ADMINISTRATOR, None),))
    account = invite(session, asked, actor=None, now=now)
    with app.app_context():
        account.password = hash_password(PASSWORD)
    session.commit()
    return account


@pytest.fixture
def sent(maker):
    """What the outbox holds, the newest last."""

    def read():
        with maker() as session:
            return list(session.exec(select(Message).order_by(col(Message.id))))

    return read


@pytest.fixture
def stands(maker, ada):
    """How Ada's account stands now; no test holds a transaction of its own open."""

    def read():
        with maker() as session:
            return session.get(Account, ada.id)

    return read


@pytest.fixture
def acts(maker):
    """What the journal tells, the newest first."""

    def read():
        with maker() as session:
            return [each.act for each in journal.list_entries(session)]

    return read


def sign_in(client, email="ada@example.org", password=PASSWORD, **more):
    return client.post(
        f"{PLACE}/sign-in", data={"email": email, "password": password, **more}
    )


def is_in(client):
    return client.get(f"{PLACE}/").status_code == 200


def link_in(message):
    [link] = re.findall(r"^https://welcome\.example\.org(/\S+)$", message.body, re.M)
    return link


# Invitations


def test_an_invited_person_chooses_a_password_and_comes_in(
    app, client, session, now, sent
):
    account = invite(session, Invitation("new@example.org", "New"), actor=None, now=now)
    with app.app_context():
        letters.write_invitation(session, account)
    session.commit()
    [letter] = sent()
    assert (letter.recipient, letter.letter) == ("new@example.org", "invitation")

    form = client.get(link_in(letter), follow_redirects=True)
    assert "Your new password" in form.text
    again = client.get(link_in(letter), follow_redirects=True)
    assert "Your new password" in again.text, (
        "a scanner that follows links uses none up"
    )
    here = again.request.path
    short = client.post(here, data={"password": "short", "password_confirm": "short"})
    assert "Use at least 12 characters" in short.text
    client.post(here, data={"password": PASSWORD, "password_confirm": PASSWORD})
    assert sign_in(client, "new@example.org").location == "/-/"
    assert is_in(client)


def test_an_invitation_works_once(app, client, session, now, sent):
    account = invite(session, Invitation("new@example.org", "New"), actor=None, now=now)
    with app.app_context():
        letters.write_invitation(session, account)
        account.password = hash_password(PASSWORD)
    session.commit()
    answer = client.get(link_in(sent()[0]), follow_redirects=True)
    assert answer.request.path == f"{PLACE}/sign-in"
    assert "used already" in answer.text


@pytest.mark.parametrize("token", ["nonsense", "a.b.c"])
def test_a_made_up_invitation_leads_to_signing_in(client, token):
    answer = client.get(f"{PLACE}/invitation/{token}", follow_redirects=True)
    assert answer.request.path == f"{PLACE}/sign-in"


def test_an_invitation_ends_after_a_week(app, session, ada):
    ada.password = ""
    session.commit()
    with app.app_context():
        token = letters.invitation_link(ada).rpartition("/")[2]
        assert letters.find_invited(session, token) == ada
        serializer = letters._serializer()
        payload = serializer.loads(token)
        old = letters.INVITATION + timedelta(minutes=1)
        serializer.make_signer = _signer_of_the_past(serializer, old)
        assert letters.find_invited(session, serializer.dumps(payload)) is None


def test_nobody_registers(client):
    assert client.get(f"{PLACE}/register").status_code == 404
    assert client.post(f"{PLACE}/register").status_code == 404


# Constant answers


@pytest.mark.parametrize(
    ("email", "password"),
    [
        pytest.param("nobody@example.org", PASSWORD, id="unknown"),
        pytest.param("ada@example.org", "wrong words here", id="wrong password"),
        pytest.param("invited@example.org", PASSWORD, id="no password yet"),
        pytest.param("gone@example.org", PASSWORD, id="let go"),
        pytest.param("locked@example.org", PASSWORD, id="locked"),
    ],
)
def test_every_refusal_to_sign_in_reads_the_same(
    client, app, session, ada, now, email, password
):
    _people(app, session, ada, now)
    answer = sign_in(client, email, password)
    assert answer.status_code == 200
    assert not is_in(client)
    assert _plain(answer.text, email) == _plain(
        sign_in(client, "other@example.org", "x").text, "other@example.org"
    )


@pytest.mark.parametrize(
    "email",
    ["nobody@example.org", "gone@example.org", "ada@example.org", "locked@example.org"],
)
def test_asking_for_a_new_password_reads_the_same(
    client, app, session, ada, now, sent, email
):
    _people(app, session, ada, now)
    answer = client.post(f"{PLACE}/new-password", data={"email": email})
    expected = client.post(f"{PLACE}/new-password", data={"email": "x@example.org"})
    assert "If this address belongs to an account" in answer.text
    assert _plain(answer.text, email) == _plain(expected.text, "x@example.org")
    known = email in {"ada@example.org", "locked@example.org"}
    assert [each.letter for each in sent()] == ["password_reset"] * known


# New passwords


def test_a_forgotten_password_is_chosen_anew_once(client, ada, sent):
    client.post(f"{PLACE}/new-password", data={"email": "ADA@example.org"})
    link = link_in(sent()[-1])
    fresh = {"password": "other good words", "password_confirm": "other good words"}
    assert client.post(link, data=fresh).location == f"{PLACE}/sign-in"
    assert sent()[-1].letter == "password_changed"
    again = client.post(link, data=fresh, follow_redirects=True)
    assert "used already" in again.text
    assert not is_in(client)
    sign_in(client, password="other good words")
    assert is_in(client)


def test_a_new_password_ends_every_other_session(app, client, ada, sent):
    other = app.test_client()
    sign_in(other)
    assert is_in(other)
    client.post(f"{PLACE}/new-password", data={"email": ada.email})
    fresh = {"password": "other good words", "password_confirm": "other good words"}
    client.post(link_in(sent()[-1]), data=fresh)
    assert not is_in(other)


@pytest.mark.usefixtures("ada")
def test_the_link_never_follows_the_host_that_asked(client, sent):
    client.post(
        f"{PLACE}/new-password",
        data={"email": "ada@example.org"},
        base_url="https://evil.example",
    )
    assert "https://welcome.example.org/-/account/" in sent()[-1].body
    assert "evil" not in sent()[-1].body


def test_changing_the_password_keeps_only_this_session(app, client, ada):
    other = app.test_client()
    sign_in(client)
    sign_in(other)
    client.post(
        f"{PLACE}/password",
        data={
            "password": PASSWORD,
            "new_password": "other good words",
            "new_password_confirm": "other good words",
        },
    )
    assert is_in(client)
    assert not is_in(other)
    assert ada.email


# Locks and limits


def test_too_many_failures_lock_the_account_and_tell_its_owner(
    client, stands, acts, sent
):
    for _ in range(MOST_FAILURES):
        sign_in(client, password="wrong words here")
    sign_in(client)
    assert not is_in(client), "the right password does not open a locked account"
    assert [each.letter for each in sent()] == ["account_locked"]
    assert stands().failed_sign_ins == MOST_FAILURES
    assert acts().count("account.locked") == 1


def test_after_the_lock_the_right_password_opens_again(client, session, ada, stands):
    ada.failed_sign_ins = MOST_FAILURES
    ada.locked_until = clock.now() - timedelta(seconds=1)
    session.commit()
    sign_in(client)
    assert is_in(client)
    assert (stands().failed_sign_ins, stands().locked_until) == (0, None)


def test_a_letter_opens_a_locked_account(client, session, ada, sent):
    ada.failed_sign_ins = MOST_FAILURES
    ada.locked_until = clock.now() + timedelta(minutes=10)
    session.commit()
    client.post(f"{PLACE}/new-password", data={"email": ada.email})
    fresh = {"password": "other good words", "password_confirm": "other good words"}
    client.post(link_in(sent()[-1]), data=fresh)
    sign_in(client, password="other good words")
    assert is_in(client)


def test_one_address_may_not_try_for_ever(settings, maker):
    app = create_app(settings, maker)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    codes = [
        sign_in(client, f"p{number}@example.org").status_code for number in range(22)
    ]
    assert codes[:20] == [200] * 20
    assert codes[20:] == [429] * 2
    elsewhere = client.post(
        f"{PLACE}/sign-in", data={}, environ_base={"REMOTE_ADDR": "192.0.2.9"}
    )
    assert elsewhere.status_code == 200


# Sessions


def test_letting_somebody_go_ends_the_session_at_once(client, session, ada, now):
    other = invite(
        session,
        Invitation("b@example.org", "B", roles=((Role.ADMINISTRATOR, None),)),
        actor=ada,
        now=now,
    )
    session.commit()
    sign_in(client)
    assert is_in(client)
    deactivate(session, ada, actor=other, now=now)
    session.commit()
    assert not is_in(client)
    activate(session, ada, actor=other, now=now)
    session.commit()
    assert not is_in(client), "the old session must not live again"


@pytest.mark.usefixtures("ada")
def test_signing_out_is_a_post_and_ends_the_session(client):
    sign_in(client)
    assert client.get(f"{PLACE}/sign-out").status_code == 405
    client.post(f"{PLACE}/sign-out")
    assert not is_in(client)


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/-/account/", "/-/account/"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("\\evil.example", None),
    ],
)
def test_after_signing_in_one_lands_only_on_this_site(client, wanted, given):
    answer = sign_in(client, next=wanted)
    lands = urljoin(answer.request.url, answer.location or "")
    assert urlsplit(lands).netloc == "localhost"
    if given:
        assert answer.location == given


def test_the_session_cookie_is_locked_to_this_site(client, ada):
    cookie = sign_in(client).headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax"))
    assert ada.fs_uniquifier not in cookie.split(";")[0].split(".")[0]


# The second step


@pytest.fixture
def phone(client, stands):
    """A phone with an authenticator app, set up through the pages."""
    sign_in(client)
    page = client.post(f"{PLACE}/second-step", data={"setup": "authenticator"})
    key = re.search(r"<code[^>]*>([A-Z2-7 -]+)</code>", page.text).group(1)
    action = re.search(r'action="([^"]+)" novalidate', page.text).group(1)
    app_on_phone = TOTP(key=re.sub("[ -]", "", key))
    first = app_on_phone.generate(clock.now().timestamp())
    done = client.post(action, data={"code": first.token}, follow_redirects=True)
    assert "The second step is on" in done.text
    client.post(f"{PLACE}/sign-out")
    assert stands().tf_primary_method == "authenticator"
    return SimpleNamespace(first=first.token, app=app_on_phone)


def _code(phone, shift=30):
    return phone.app.generate(clock.now().timestamp() + shift).token


def test_a_password_alone_does_not_open_an_account_with_two_steps(client, phone):
    assert sign_in(client).location.startswith(f"{PLACE}/code")
    assert not is_in(client)
    client.post(f"{PLACE}/code", data={"code": _code(phone)})
    assert is_in(client)


def test_a_code_works_once(app, client, phone):
    sign_in(client)
    refused = client.post(f"{PLACE}/code", data={"code": phone.first})
    assert "used already" in refused.text, "the code that set it up is used up too"
    code = _code(phone)
    client.post(f"{PLACE}/code", data={"code": code})
    assert is_in(client)
    thief = app.test_client()
    sign_in(thief)
    assert "used already" in thief.post(f"{PLACE}/code", data={"code": code}).text
    assert not is_in(thief)


def test_codes_cannot_be_guessed(client, phone, sent):
    sign_in(client)
    for number in range(MOST_FAILURES):
        client.post(f"{PLACE}/code", data={"code": f"{number:06d}"})
    client.post(f"{PLACE}/code", data={"code": _code(phone)})
    assert not is_in(client)
    assert "account_locked" in [each.letter for each in sent()]


def test_a_code_needs_a_password_first(client):
    answer = client.post(f"{PLACE}/code", data={"code": "123456"})
    assert answer.location.endswith("/sign-in")


def test_a_recovery_code_works_once(app, client, stands, phone):
    sign_in(client)
    client.post(f"{PLACE}/code", data={"code": _code(phone)})
    page = client.post(f"{PLACE}/recovery-codes", data={"generate_new_codes": "1"})
    codes = re.findall(r"<code[^>]*>([0-9a-f-]{14})</code>", page.text)
    assert len(set(codes)) == 8
    assert not set(codes) & set(stands().mf_recovery_codes), "they lie encrypted"
    lost = app.test_client()
    sign_in(lost)
    lost.post(f"{PLACE}/recovery", data={"code": f" {codes[0].upper()} "})
    assert is_in(lost)
    thief = app.test_client()
    sign_in(thief)
    assert (
        "used already" in thief.post(f"{PLACE}/recovery", data={"code": codes[0]}).text
    )


def test_changing_the_second_step_asks_again_who_it_is(client, ada):
    with client.session_transaction() as cookie:
        cookie.update(_user_id=ada.fs_uniquifier, _fresh=True, fs_paa=0)
    for page in ("second-step", "passkeys", "recovery-codes"):
        answer = client.get(f"{PLACE}/{page}")
        assert answer.location.startswith(f"{PLACE}/is-it-you"), page
    wrong = client.post(f"{PLACE}/is-it-you", data={"password": "wrong words"})
    assert "not your password" in wrong.text
    client.post(f"{PLACE}/is-it-you", data={"password": PASSWORD})
    assert client.get(f"{PLACE}/second-step").status_code == 200


# One's own account


def test_people_set_their_own_name_and_language(client, stands):
    sign_in(client)
    saved = {"name": "Ada B", "interface_tag": "ar", "shows_name": "y"}
    client.post(f"{PLACE}/", data=saved)
    ada = stands()
    assert (ada.name, ada.interface_tag, ada.shows_name) == ("Ada B", "ar", True)
    page = client.get(f"{PLACE}/").text
    assert '<html lang="ar" dir="rtl">' in page
    wrong = client.post(f"{PLACE}/", data={"name": "", "interface_tag": "xx"})
    assert wrong.status_code == 200
    assert stands().name == "Ada B"


def _people(app, session, ada, now):
    for name in ("invited", "gone", "locked"):
        invite(session, Invitation(f"{name}@example.org", name), actor=ada, now=now)
    with app.app_context():
        hashed = hash_password(PASSWORD)
    for account in session.exec(select(Account)):
        if account.email != "invited@example.org":
            account.password = hashed
        if account.email == "gone@example.org":
            account.active = False
        if account.email == "locked@example.org":
            account.locked_until = clock.now() + timedelta(minutes=10)
    session.commit()


def _plain(text, email):
    """Take out what differs anyway: the address typed, and tokens."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", text).replace(email, "…")


def _signer_of_the_past(serializer, age):
    make = serializer.make_signer

    def made(*args, **kwargs):
        signer = make(*args, **kwargs)
        past = int((clock.now() - age).timestamp())
        signer.get_timestamp = lambda: past
        return signer

    return made
