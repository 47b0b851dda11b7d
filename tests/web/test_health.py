"""What machines ask: whether it lives, whether visitors may come, and figures."""

import json
import os
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.ada import PASSWORD
from welcome import clock
from welcome.app import create_app
from welcome.database import connect, sessions
from welcome.jobs import queue
from welcome.messages.models import Message, MessageState
from welcome.since import machines, restorations
from welcome.since.models import Restoration

TOKEN = "a token for tests"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}
LINE = re.compile(r'[a-z_]+(\{([a-z]+="[^"\n]*",?)+\})? -?[0-9.e+]+')


@pytest.fixture
def settings(settings):
    """An installation whose figures may be read by whoever has the token."""
    return replace(settings, metrics_token=TOKEN)


@pytest.fixture
def stranded(settings):
    """The site of which the database has gone."""
    gone = sessions(connect("postgresql://nobody@127.0.0.1:1/gone"))
    return create_app(settings, gone).test_client()


@pytest.fixture
def figures(client, monkeypatch, now):
    """Read the figures as Prometheus does: name and labels, and the value."""
    monkeypatch.setattr(clock, "now", lambda: now)

    def act(client=client):
        answer = client.get("/-/metrics", headers=SHOWN)
        assert answer.status_code == 200
        lines = answer.get_data(as_text=True).splitlines()
        values = [each for each in lines if not each.startswith("#")]
        assert [each for each in values if not LINE.fullmatch(each)] == []
        return {name: float(n) for name, n in (v.rsplit(" ", 1) for v in values)}

    return act


@pytest.fixture
def letter(now):
    """A letter that waits."""
    return Message(
        letter="invitation", tag="en", recipient="ana@example.org", subject="S",
        body="https://town.example/secret", state=MessageState.QUEUED,
        written_at=now, send_at=now,
    )  # fmt: skip


def reasons(client):
    answer = client.get("/-/ready")
    return answer.status_code, answer.get_data(as_text=True).splitlines()


def test_a_whole_installation_lives_and_is_ready(client):
    for path, word in (("/-/live", "alive\n"), ("/-/ready", "ready\n")):
        answer = client.get(path)
        assert (answer.status_code, answer.get_data(as_text=True)) == (200, word)
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_process_lives_without_a_database_but_is_not_ready(stranded):
    assert stranded.get("/-/live").status_code == 200
    assert reasons(stranded) == (503, ["the database does not answer"])


def test_neither_sets_a_cookie_or_is_kept(client):
    for path in ("/-/live", "/-/ready"):
        assert "Set-Cookie" not in client.get(path).headers


def test_keys_and_editions_that_are_away_are_told(settings, maker):
    real = replace(settings, testing=False)
    real.instance.mkdir(exist_ok=True)
    real.editions.write_text("no folder")
    code, told = reasons(create_app(real, maker).test_client())
    assert (code, len(told)) == (503, 2)
    assert "keys" in told[0]
    assert "editions" in told[1]


def test_a_shared_folder_that_is_not_mounted_is_told(settings, maker, tmp_path):
    place = tmp_path / "mounted"
    shared = replace(settings, editions_folder=str(place))
    client = create_app(shared, maker).test_client()
    assert reasons(client) == (503, ["the folder of editions cannot be read"])
    place.mkdir()
    assert reasons(client) == (200, ["ready"])


def test_a_schema_of_another_step_is_told(client, engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    code, told = reasons(client)
    assert code == 503
    assert told == ["the database is not at the schema step of this program"]


def test_an_unfinished_restore_is_told_until_it_is_finished(
    client, maker, figures, now
):
    with maker.begin() as session:
        session.add(Restoration(taken_at=now, restored_at=now, missing=["other"]))
    code, [told] = reasons(client)
    assert (code, told.rpartition(": ")[2]) == (503, "welcome erasures apply")
    assert client.get("/-/account/sign-in").status_code == 409
    assert figures()["welcome_restore_pending"] == 1
    with maker.begin() as session:
        restorations.close_all(session, now)
    assert reasons(client) == (200, ["ready"])
    assert client.get("/-/account/sign-in").status_code == 200
    assert figures()["welcome_restore_pending"] == 0


@pytest.mark.parametrize(
    "shown", [None, "", "Bearer", "Bearer x", TOKEN, f"Basic {TOKEN}", "Bearer é\xff"]
)
def test_figures_are_for_whoever_has_the_token(client, shown):
    headers = {} if shown is None else {"Authorization": shown}
    answer = client.get("/-/metrics", headers=headers)
    assert (answer.status_code, answer.data) == (401, b"")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_without_a_token_there_are_no_figures(settings, maker):
    client = create_app(replace(settings, metrics_token=""), maker).test_client()
    for shown in ("Bearer ", f"Bearer {TOKEN}"):
        answer = client.get("/-/metrics", headers={"Authorization": shown})
        assert answer.status_code == 404


def test_figures_are_of_the_kind_that_prometheus_reads(client):
    answer = client.get("/-/metrics", headers=SHOWN)
    kind = "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Content-Type"] == kind
    lines = answer.get_data(as_text=True).splitlines()
    for word in ("HELP", "TYPE"):
        told = [each.split()[2] for each in lines if each.startswith(f"# {word} ")]
        assert set(Counter(told).values()) == {1}
        assert {each.partition("{")[0].split()[0] for each in lines} - {"#"} <= set(
            told
        )


def test_figures_tell_of_the_work(maker, figures, letter, now):
    with maker.begin() as session:
        late = now - timedelta(minutes=7)
        queue.enqueue(session, "print", now=late)
        queue.enqueue(session, "print", now=now + timedelta(hours=1))
        session.add(letter)
        machines.beat(session, "f00d" * 8, "web1.example", now=now)
    found = figures()
    assert found["welcome_database_up"] == 1
    assert found['welcome_jobs{kind="print",state="waiting"}'] == 2
    assert found["welcome_jobs_oldest_due_seconds"] == 7 * 60
    assert found['welcome_messages{state="queued"}'] == 1
    beat = 'welcome_worker_beat_timestamp_seconds{machine="f00df00d"}'
    assert found[beat] == now.timestamp()
    assert found["welcome_disk_free_bytes"] >= 0


def test_figures_name_nobody(client, maker, cast, letter, signed_in_as):
    with maker.begin() as session:
        session.add(letter)
    signed_in_as(cast.writer).get("/-/account/")
    client.post(
        "/-/account/sign-in", data={"email": cast.writer.email, "password": PASSWORD}
    )
    client.get("/en/ana-example-org/?email=ana@example.org")
    told = client.get("/-/metrics", headers=SHOWN).get_data(as_text=True)
    for word in ("@", "ana", "secret", cast.writer.name, cast.writer.email):
        assert word not in told


def test_answers_are_counted_by_kind_and_outcome(client, figures):
    for _time in range(3):
        client.get("/-/account/sign-in")
    client.get("/-/no/such/page/")
    counted = {
        re.sub(r'process="\d+",', "", name): value for name, value in figures().items()
    }
    opened = '{method="GET",endpoint="security.login",status="2xx"}'
    assert counted[f"welcome_http_requests_total{opened}"] == 3
    assert counted[f"welcome_http_request_seconds_total{opened}"] > 0
    missed = '{method="GET",endpoint="unknown",status="4xx"}'
    assert counted[f"welcome_http_requests_total{missed}"] == 1


def test_each_process_that_lives_is_told_and_no_other(client, settings, figures):
    folder = settings.instance / "counters"
    folder.mkdir(parents=True)
    told = json.dumps([["GET", "files", "2xx", 5, 0.5]])
    alive, dead = folder / f"{os.getppid()}.json", folder / "4194999.json"
    for file in (alive, dead):
        file.write_text(told)
    values = figures()
    labels = f'{{process="{os.getppid()}",method="GET",endpoint="files",status="2xx"}}'
    assert values[f"welcome_http_requests_total{labels}"] == 5
    assert not any('process="4194999"' in name for name in values)
    assert not dead.exists()


def test_without_a_database_there_are_fewer_figures(stranded, figures):
    found = figures(stranded)
    assert found["welcome_database_up"] == 0
    assert "welcome_restore_pending" not in found
