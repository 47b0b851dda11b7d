"""Signing in, as stories: invitations, refusals that read alike, sessions."""

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from flask_security import hash_password
from sqlmodel import select

from tests.web.ada import PASSWORD, PLACE, is_in, link_in, sign_in
from welcome import clock
from welcome.accounts.membership import Invitation, activate, deactivate, invite
from welcome.accounts.models import Account, Role
from welcome.web.signing_in import letters

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


@pytest.mark.usefixtures("ada")
def test_what_guards_the_form_is_no_part_of_the_account(app, client, stands):
    sign_in(client)
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.get(f"{PLACE}/").text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
    saved = {"name": "Ada B", "interface_tag": "en", "csrf_token": token}
    assert client.post(f"{PLACE}/", data=saved).status_code == 302
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
