"""Redis counts who signs in, and is away."""

from dataclasses import replace

import pytest

from tests.web.ada import PASSWORD, sign_in
from welcome.app import create_app


@pytest.fixture
def client(settings, maker, ada):
    away = replace(settings, queue_url="redis://127.0.0.1:1/0")
    app = create_app(away, maker)
    app.config.update(WTF_CSRF_ENABLED=False)
    return app.test_client()


def test_one_can_sign_in_all_the_same(client):
    answer = sign_in(client, password=PASSWORD)
    assert answer.status_code == 302
    assert client.get("/-/account/").status_code == 200


def test_guessing_is_limited_all_the_same(client):
    codes = [sign_in(client, password="wrong").status_code for _ in range(25)]
    assert codes[0] == 200
    assert codes[-1] == 429
