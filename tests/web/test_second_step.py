"""The second step, as stories: codes, recovery codes, changing it."""

import re
from types import SimpleNamespace

import pytest
from passlib.totp import TOTP

from tests.web.ada import PASSWORD, PLACE, is_in, sign_in
from welcome import clock
from welcome.accounts.locks import MOST_FAILURES


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
