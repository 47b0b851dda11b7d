"""Passwords, as stories: forgotten, changed, guessed until the account is locked."""

from datetime import timedelta

import pytest

from tests.web.ada import PASSWORD, PLACE, is_in, link_in, sign_in
from welcome import clock
from welcome.accounts.locks import MOST_FAILURES
from welcome.app import create_app

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
