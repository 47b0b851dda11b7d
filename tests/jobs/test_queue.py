"""The queue is carried by SQLite, Redis or PostgreSQL, as the setting says."""

import threading
from concurrent.futures import ThreadPoolExecutor
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


@pytest.mark.postgresql
def test_many_may_be_the_first_at_a_new_queue(postgresql_database, tmp_path):
    together = threading.Barrier(8)

    def open_queue(_):
        together.wait()
        return carrying.carrier(postgresql_database, tmp_path)

    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(open_queue, range(8)))
    assert [each.pending_count() for each in opened] == [0] * 8
    for each in opened:
        each.storage.close()


def test_the_site_starts_while_redis_is_away(settings, maker):
    away = replace(settings, queue_url="redis://127.0.0.1:1/0")
    client = create_app(away, maker).test_client()
    assert client.get("/-/account/sign-in").status_code == 200
