"""Passkeys, with an authenticator made of software: added, used, removed."""

import hashlib
import html
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from sqlmodel import select

from welcome import clock
from welcome.accounts import journal
from welcome.accounts.models import Passkey

PLACE = "/-/account"
SITE = {"base_url": "http://localhost"}
PRESENT, VERIFIED, BACKED_UP, WITH_KEY = 0x01, 0x04, 0x18, 0x40


class Authenticator:
    """A phone that holds one passkey and checks its owner's finger, or does not."""

    def __init__(self, *, checks_owner: bool = True) -> None:
        self.checks_owner = checks_owner
        self.name = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.handle = b""
        self.uses = 0

    def create(self, options: dict) -> str:
        """Answer navigator.credentials.create."""
        self.handle = _bytes(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        key = cbor2.dumps(
            {
                1: 2,
                3: -7,
                -1: 1,
                -2: numbers.x.to_bytes(32, "big"),
                -3: numbers.y.to_bytes(32, "big"),
            }
        )
        named = bytes(16) + len(self.name).to_bytes(2, "big") + self.name + key
        about = self._about(options["rp"]["id"], WITH_KEY) + named
        statement = {"fmt": "none", "attStmt": {}, "authData": about}
        return self._answer(
            clientDataJSON=_client("webauthn.create", options["challenge"]),
            attestationObject=cbor2.dumps(statement),
        )

    def get(self, options: dict) -> str:
        """Answer navigator.credentials.get."""
        about = self._about(options["rpId"])
        client = _client("webauthn.get", options["challenge"])
        signed = self.key.sign(
            about + hashlib.sha256(client).digest(), ec.ECDSA(SHA256())
        )
        return self._answer(
            clientDataJSON=client,
            authenticatorData=about,
            signature=signed,
            userHandle=self.handle,
        )

    def _about(self, site: str, more: int = 0) -> bytes:
        self.uses += 1
        flags = PRESENT | BACKED_UP | more | (VERIFIED if self.checks_owner else 0)
        counted = self.uses.to_bytes(4, "big")
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + counted

    def _answer(self, **response: bytes) -> str:
        name = _text(self.name)
        said = {each: _text(value) for each, value in response.items()}
        whole = {"id": name, "rawId": name, "type": "public-key", "response": said}
        return json.dumps({**whole, "extensions": "{}"})


@pytest.fixture
def keeper(signed_in_as, cast):
    client = signed_in_as(cast.administrator)
    with client.session_transaction() as cookie:
        # Somebody who showed a moment ago who they are.
        cookie["fs_paa"] = clock.now().timestamp()
    return client


@pytest.fixture
def phone():
    return Authenticator()


def add_passkey(client, phone, name="my phone"):
    page = client.post(f"{PLACE}/passkeys", data={"name": name}, **SITE)
    action, options = _ceremony(page)
    return client.post(
        action,
        data={"credential": phone.create(options)},
        follow_redirects=True,
        **SITE,
    )


def use_passkey(client, phone):
    action, options = _ceremony(client.post(f"{PLACE}/passkey", **SITE))
    return client.post(
        action, data={"credential": phone.get(options)}, follow_redirects=True, **SITE
    )


def _is_in(client):
    return client.get(f"{PLACE}/").status_code == 200


def test_a_passkey_is_added_and_opens_the_account_without_a_password(
    app, keeper, phone, maker
):
    assert "my phone" in add_passkey(keeper, phone).text
    fresh = app.test_client()
    use_passkey(fresh, phone)
    assert _is_in(fresh)
    with maker() as session:
        acts = [each.details.get("what") for each in journal.list_entries(session)]
    assert "passkey-added" in acts


def test_the_browser_is_asked_for_any_authenticator_that_checks_the_person(keeper):
    page = keeper.post(f"{PLACE}/passkeys", data={"name": "any"}, **SITE)
    wanted = _ceremony(page)[1]["authenticatorSelection"]
    assert wanted["userVerification"] == "required"
    assert wanted["residentKey"] == "required"
    assert not wanted.get("authenticatorAttachment"), "phones and laptops are welcome"


def test_signing_in_names_no_account(client):
    _action, options = _ceremony(client.post(f"{PLACE}/passkey", **SITE))
    assert not options.get("allowCredentials")


def test_a_passkey_that_does_not_check_its_owner_is_not_taken(app, keeper, phone):
    add_passkey(keeper, phone)
    phone.checks_owner = False
    thief = app.test_client()
    assert "not accepted" in use_passkey(thief, phone).text
    assert not _is_in(thief)


def test_an_unknown_passkey_opens_nothing(client):
    assert "not accepted" in use_passkey(client, Authenticator()).text
    assert not _is_in(client)


def test_an_answer_works_for_its_own_question_only(app, keeper, phone):
    add_passkey(keeper, phone)
    fresh = app.test_client()
    _action, old = _ceremony(fresh.post(f"{PLACE}/passkey", **SITE))
    action, _new = _ceremony(fresh.post(f"{PLACE}/passkey", **SITE))
    fresh.post(action, data={"credential": phone.get(old)}, **SITE)
    assert not _is_in(fresh)


def test_a_removed_passkey_opens_nothing(app, keeper, phone, maker):
    add_passkey(keeper, phone)
    keeper.post(f"{PLACE}/passkeys/remove", data={"name": "my phone"}, **SITE)
    with maker() as session:
        assert list(session.exec(select(Passkey))) == []
    fresh = app.test_client()
    use_passkey(fresh, phone)
    assert not _is_in(fresh)


def test_two_passkeys_need_two_names(keeper, phone):
    add_passkey(keeper, phone)
    again = keeper.post(f"{PLACE}/passkeys", data={"name": "my phone"}, **SITE)
    assert "a passkey with this name" in again.text


def test_nonsense_for_a_passkey_is_refused(client):
    action, _options = _ceremony(client.post(f"{PLACE}/passkey", **SITE))
    for said in ("", "{}", "[]", '{"id": 1}'):
        answer = client.post(action, data={"credential": said}, **SITE)
        assert answer.status_code == 302, said
    assert not _is_in(client)


def _ceremony(page):
    found = re.search(
        r'action="([^"]+)" data-passkey="\w+" data-options="([^"]+)"', page.text
    )
    return html.unescape(found[1]), json.loads(html.unescape(found[2]))


def _client(kind: str, challenge: str) -> bytes:
    said = {"type": kind, "challenge": challenge, "origin": "http://localhost"}
    return json.dumps(said).encode()


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
