"""Roles that need a second step: it is set up before anything else, and cannot be walked round."""

import re
from dataclasses import replace

import pytest
from flask_security import hash_password
from passlib.totp import TOTP

from tests.web.test_passkeys import SITE, Authenticator, add_passkey, use_passkey
from welcome import clock
from welcome.accounts import journal, membership
from welcome.accounts.models import Account, Role
from welcome.app import create_app
from welcome.cli.accounts import accounts
from welcome.config import BadSetting

PASSWORD = "three good words"
PLACE = "/-/account"
FIRST = f"{PLACE}/first/"


@pytest.fixture
def settings(settings):
    """An installation that asks a second step of those who can do most harm."""
    asked = ("administrator", "publisher", "translator")
    return replace(settings, second_step_required=asked)


@pytest.fixture
def known(app, session, cast):
    """Everybody has a password."""
    with app.app_context():
        hashed = hash_password(PASSWORD)
    for account in vars(cast).values():
        account.password = hashed
    session.commit()
    return cast


def sign_in(app, account):
    client = app.test_client()
    form = {"email": account.email, "password": PASSWORD}
    client.post(f"{PLACE}/sign-in", data=form, **SITE)
    return client


def is_led(client, asked="/-/"):
    answer = client.get(asked, **SITE)
    return answer.status_code == 302 and answer.location == FIRST


def set_up_app(client):
    """Set an authenticator up through the pages."""
    page = client.post(f"{PLACE}/second-step", data={"setup": "authenticator"}, **SITE)
    key = re.search(r"<code[^>]*>([A-Z2-7 -]+)</code>", page.text)[1]
    action = re.search(r'action="([^"]+)" novalidate', page.text)[1]
    code = TOTP(key=re.sub("[ -]", "", key)).generate(clock.now().timestamp())
    return client.post(action, data={"code": code.token}, **SITE)


@pytest.mark.parametrize(
    "asked", ["/-/", "/-/keeping/", "/-/keeping/accounts/", f"{PLACE}/"]
)
def test_who_has_none_is_led_to_set_one_up_before_anything_else(app, known, asked):
    client = sign_in(app, known.administrator)
    assert is_led(client, asked)
    page = client.get(FIRST, **SITE).text
    assert f'href="{PLACE}/second-step"' in page
    assert f'href="{PLACE}/passkeys"' in page
    assert "/-/keeping/" not in page
    assert client.get(f"{PLACE}/second-step", **SITE).status_code == 200
    assert client.get(f"{PLACE}/passkeys", **SITE).status_code == 200


def test_others_are_not_asked(app, known):
    client = sign_in(app, known.writer)
    assert client.get("/-/writing/", **SITE).status_code in {200, 302}
    assert client.get(f"{PLACE}/", **SITE).status_code == 200
    assert client.get(FIRST, **SITE).location == "/-/"


def test_with_an_app_on_the_phone_the_way_is_open(app, known):
    client = sign_in(app, known.administrator)
    set_up_app(client)
    assert client.get("/-/keeping/", **SITE).status_code == 200
    assert client.get(FIRST, **SITE).location == "/-/"


def test_turning_it_off_closes_the_way_again(app, known):
    client = sign_in(app, known.administrator)
    set_up_app(client)
    client.post(f"{PLACE}/second-step", data={"setup": "disable"}, **SITE)
    assert is_led(client)


def test_a_passkey_opens_the_way_and_from_then_on_the_password_alone_does_not(
    app, known
):
    phone = Authenticator()
    client = sign_in(app, known.administrator)
    add_passkey(client, phone)
    assert client.get("/-/keeping/", **SITE).status_code == 200
    client.post(f"{PLACE}/sign-out", **SITE)

    thief = sign_in(app, known.administrator)
    assert is_led(thief)
    assert "sign in with your passkey" in thief.get(FIRST, **SITE).text
    for page in ("second-step", "passkeys", "recovery-codes", "password"):
        assert is_led(thief, f"{PLACE}/{page}"), page
    for page in ("second-step", "passkeys", "passkeys/remove", "password"):
        assert thief.post(f"{PLACE}/{page}", **SITE).location == FIRST, page

    use_passkey(client, phone)
    assert client.get("/-/keeping/", **SITE).status_code == 200
    client.post(f"{PLACE}/sign-out", **SITE)
    form = {"email": known.administrator.email, "password": PASSWORD}
    client.post(f"{PLACE}/sign-in", data=form, **SITE)
    assert is_led(client), "the passkey opened the session before, not this one"


def test_removing_the_last_passkey_closes_the_way(app, known):
    phone, laptop = Authenticator(), Authenticator()
    client = sign_in(app, known.administrator)
    add_passkey(client, phone, "phone")
    add_passkey(client, laptop, "laptop")
    client.post(f"{PLACE}/passkeys/remove", data={"name": "phone"}, **SITE)
    assert client.get("/-/keeping/", **SITE).status_code == 200
    client.post(f"{PLACE}/passkeys/remove", data={"name": "laptop"}, **SITE)
    assert is_led(client)


def test_who_is_given_such_a_role_is_led_at_once(app, session, known, now):
    client = sign_in(app, known.writer)
    assert client.get(f"{PLACE}/", **SITE).status_code == 200
    membership.grant(session, known.writer, Role.PUBLISHER, "ur", actor=None, now=now)
    session.commit()
    assert is_led(client)


def test_what_was_typed_meanwhile_is_shown_to_be_copied(app, known, there):
    client = sign_in(app, known.translator_ur)
    asked = f"/-/translating/town/ur/units/{there['unit_id']}/"
    form = {"text": "What I typed for an hour", "revision": "1"}
    answer = client.post(asked, data=form, **SITE)
    assert answer.status_code == 409
    assert "What I typed for an hour" in answer.text


def test_readers_are_not_asked(app, known, pack):
    client = sign_in(app, known.administrator)
    assert client.get("/", **SITE).status_code == 200


def test_a_stranger_is_sent_to_sign_in(client):
    assert "/sign-in" in client.get(FIRST).location


def test_a_role_nobody_knows_refuses_to_start(settings, maker):
    with pytest.raises(BadSetting) as refused:
        create_app(replace(settings, second_step_required=("boss",)), maker)
    assert "administrator" in refused.value.params["wanted"]


def test_the_shell_forgets_a_lost_second_step(app, known, maker):
    client = sign_in(app, known.administrator)
    add_passkey(client, Authenticator())
    set_up_app(client)
    email = known.administrator.email
    said = app.test_cli_runner().invoke(accounts, ["forget-second-step", email])
    assert said.exit_code == 0, said.output
    with maker() as session:
        account = session.get(Account, known.administrator.id)
        assert (account.tf_primary_method, account.tf_totp_secret) == (None, None)
        assert (account.mf_recovery_codes, list(account.webauthn)) == ([], [])
        [entry, *_] = journal.list_entries(session)
    assert (entry.act, entry.actor_id) == ("account.secured", None)
    assert entry.details == {"what": "second-step-forgotten"}
    assert "/sign-in" in client.get("/-/", **SITE).location, "every session ended"
    assert is_led(sign_in(app, known.administrator))
