"""Behind a proxy: whose address counts is what the trusted proxies say, and no more."""

from dataclasses import replace

import pytest
from flask import request

from welcome.app import create_app
from welcome.cli.doctor import look_at_proxies

SIGN_IN = "/-/account/sign-in"
PROXY = {"environ_base": {"REMOTE_ADDR": "192.0.2.1"}}
MOST = 20


@pytest.fixture
def database_url(sqlite_database):
    """One kind of database: addresses are in none."""
    return sqlite_database


@pytest.fixture
def behind(settings, maker):
    """The site behind so many proxies; `seen` is what it takes a request for."""

    def make(number):
        app = create_app(replace(settings, trusted_proxies=number), maker)
        app.config["WTF_CSRF_ENABLED"] = False
        client, client.seen = app.test_client(), []

        def look(answer):
            client.seen.append((request.remote_addr, request.scheme, request.host))
            return answer

        app.after_request(look)
        return client

    return make


def knock(client, said, **more):
    headers = {"X-Forwarded-For": said, **more} if said else more
    data = {"email": "p@example.org", "password": "x"}
    return client.post(SIGN_IN, data=data, headers=headers, **PROXY).status_code


def test_without_trusted_proxies_a_forged_address_changes_nothing(behind):
    client = behind(0)
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    codes = [knock(client, f"198.51.100.{n}", **forged) for n in range(MOST + 2)]
    assert codes == [200] * MOST + [429] * 2
    assert set(client.seen) == {("192.0.2.1", "http", "localhost")}


def test_the_address_that_the_trusted_proxy_saw_is_the_one_that_counts(behind):
    client = behind(1)
    codes = [knock(client, f"10.0.0.{n}, 198.51.100.7") for n in range(MOST + 1)]
    assert codes == [200] * MOST + [429], "what stands before it may be forged"
    assert knock(client, "198.51.100.8") == 200
    assert [address for address, *_ in client.seen[-2:]] == [
        "198.51.100.7", "198.51.100.8",
    ]  # fmt: skip


def test_the_depth_is_exact(behind):
    client = behind(2)
    for said in ("203.0.113.9, 198.51.100.7, 192.0.2.5", "198.51.100.7, 192.0.2.5"):
        knock(client, said)
        assert client.seen[-1][0] == "198.51.100.7"
    # A request that did not come through both is known by who connected.
    for said in ("198.51.100.7", "", "nonsense"):
        knock(client, said)
        assert client.seen[-1][0] == "192.0.2.1"


def test_the_proxy_tells_that_the_line_is_safe_but_never_the_host(behind):
    client = behind(1)
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    knock(client, "198.51.100.7", **said)
    assert client.seen == [("198.51.100.7", "https", "localhost")]


@pytest.mark.parametrize(
    ("address", "number", "well"),
    [
        ("http://127.0.0.1:8000", 0, True),
        ("https://welcome.example.org", 0, False),
        ("https://welcome.example.org", 1, True),
    ],
)
def test_the_doctor_asks_for_the_proxy_in_front_of_a_safe_address(
    settings, address, number, well
):
    asked = replace(settings, site_url=address, trusted_proxies=number)
    [finding] = look_at_proxies(asked)
    assert finding.well is well
    assert str(number) in finding.sentence
    assert "trusted_proxies" in finding.mend
