"""The queue is carried by SQLite, Redis or PostgreSQL, as the setting says."""

from dataclasses import replace

import pytest
from huey import PostgresHuey, RedisHuey, SqliteHuey

from welcome.app import create_app
from welcome.jobs import carrying


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("", SqliteHuey),
        ("redis://127.0.0.1:1/0", RedisHuey),
        ("rediss://127.0.0.1:1/0", RedisHuey),
    ],
)
def test_the_address_says_what_carries(tmp_path, address, kind):
    assert type(carrying.carrier(address, tmp_path)) is kind


@pytest.mark.postgresql
def test_postgresql_carries(postgresql_database, tmp_path):
    address = postgresql_database.replace("postgresql+psycopg://", "postgresql://")
    carried = carrying.carrier(address, tmp_path)
    assert type(carried) is PostgresHuey
    task = carrying.waker(carried, lambda job_id: job_id)
    task(7)
    assert carried.pending_count() == 1
    carried.storage.close()


def test_the_site_starts_while_redis_is_away(settings, maker):
    away = replace(settings, queue_url="redis://127.0.0.1:1/0")
    client = create_app(away, maker).test_client()
    assert client.get("/-/account/sign-in").status_code == 200
