"""Two machines that serve and two that work: any does any job, all serve the same."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests import object_store as object_stores
from tests.growing import cluster
from tests.growing.browser import Browser
from tests.growing.cluster import Cluster, Machine, wait_until
from tests.object_store import ObjectStore
from tests.redis_server import Redis

# Many processes, that start, print and end: on a busy machine that takes its time.
pytestmark = [pytest.mark.postgresql, pytest.mark.slow, pytest.mark.timeout(900)]

PAGE, PRINT = "/en/doctor/", "/-/print/town/en/"
PUBLISHING = "/-/writing/town/publishing/"


def publish(browser: Browser, *tags: str) -> str:
    """Ask for it, wait until it is over, and give the words that are said then."""
    started = browser.send(PUBLISHING, [("tags", tag) for tag in tags])
    assert started.code == 200
    assert "/jobs/" in started.url
    progress = started.url.removeprefix(browser.url)

    def words() -> str:
        page = browser.get(progress).page
        is_live = page.xpath("//*[@id='progress']/@hx-get")
        return (
            "" if is_live else " ".join(page.xpath("//main")[0].text_content().split())
        )

    found: str = wait_until(words)
    return found


def both_serve(machines: list[Machine], text: str) -> None:
    """See that all give the same page, with these words, within seconds."""

    def same() -> bool:
        answers = [Browser(each.url).get(PAGE) for each in machines]
        bodies = {each.body for each in answers}
        return len(bodies) == 1 and text.encode() in answers[0].body

    wait_until(same, 20)


def both_print(machines: list[Machine], path: str = PRINT) -> bytes:
    """Wait for the print, and see that all hand out the same."""

    def printed() -> set[bytes]:
        answers = [Browser(each.url).get(path) for each in machines]
        return {each.body for each in answers if each.code == 200}

    wait_until(printed)
    wait_until(lambda: len(answers := printed()) == 1 and len(answers), 20)
    (content,) = printed()
    assert content.startswith(b"%PDF-")
    return content


def grow(made: Cluster) -> None:
    """Publish through either, work by either, serve by both; then one worker ends."""
    first, second = made.machines["web-1"], made.machines["web-2"]
    webs = [first, second]
    pat = made.publisher(first)
    assert "Edition 1" in publish(pat, "en", "ur")
    # Equal keys: who signed in at one is signed in at the other.
    assert pat.at(second.url).get(PUBLISHING).code == 200
    both_serve(webs, "999")
    before = both_print(webs)

    for number, gone in enumerate(("worker-1", "worker-2"), start=2):
        made.machines[gone].end()
        made.change(f"What came with edition {number}.")
        assert f"Edition {number}" in publish(pat.at(second.url), "en")
        both_serve(webs, f"What came with edition {number}.")
        assert both_print(webs) != before
        made.machines[gone].begin("worker", "--processes", "1")

    third = made.web("web-3")
    wait_until(lambda: Browser(third.url).get("/").code == 200, 90)
    wait_until(lambda: Browser(third.url).get("/ur/doctor/").code == 200, 20)
    both_serve([*webs, third], "What came with edition 3.")
    both_print([*webs, third])
    both_print([*webs, third], "/-/print/town/ur/")


def test_a_shared_folder_and_a_queue_in_postgresql(
    postgresql_database: str, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    with cluster.running(
        tmp_path,
        postgresql_database,
        postgresql_database,
        WELCOME_EDITIONS_FOLDER=str(folder),
    ) as made:
        grow(made)
        for machine in made.machines.values():
            assert not machine.editions.exists()
            assert not list(machine.folder.glob("*.sqlite"))
        assert (folder / "town/en/3/manifest.json").is_file()


@pytest.fixture
def stored(
    postgresql_database: str, redis: Redis, object_store: ObjectStore, tmp_path: Path
) -> Iterator[Cluster]:
    with cluster.running(
        tmp_path,
        postgresql_database,
        redis.url,
        WELCOME_EDITIONS_STORE=f"s3://{object_stores.BUCKET}/{uuid4().hex}",
        WELCOME_EDITIONS_STORE_ADDRESS=object_store.address,
    ) as made:
        yield made


def test_an_object_store_and_a_queue_in_redis(
    stored: Cluster, object_store: ObjectStore
) -> None:
    grow(stored)
    _without_the_store(stored, object_store)
    _from_a_machine_that_has_nothing(stored)
    for machine in stored.machines.values():
        assert not list(machine.folder.glob("*.sqlite"))
        log = machine.folder / "log"
        shown = log.read_text("utf-8", "replace") if log.exists() else ""
        for secret in object_stores.KEYS.values():
            assert secret not in shown


def _without_the_store(made: Cluster, object_store: ObjectStore) -> None:
    """Readers keep what they have; publishing says why not, and goes on afterwards."""
    webs = [made.machines["web-1"], made.machines["web-2"]]
    pat = made.publisher(webs[0])
    made.change("What came late.")
    object_store.stop()
    try:
        words = publish(pat, "en")
        assert "does not answer" in words
        assert "Readers keep what they have" in words
        both_serve(webs, "What came with edition 3.")
        assert Browser(webs[0].url).get(PRINT).code == 200
    finally:
        object_store.start()
    assert "Edition 4" in publish(pat, "en")
    both_serve(webs, "What came late.")
    both_print(webs)


def _from_a_machine_that_has_nothing(made: Cluster) -> None:
    """Export, check, print and go back where no edition ever lay."""
    _refused_without_keys(made)
    fourth, webs = (
        made.machine("fourth"),
        [made.machines["web-1"], made.machines["web-3"]],
    )
    whole = {"harmed": [], "harmed_in_store": []}
    assert fourth.told("editions", "check") == whole
    assert not fourth.editions.exists()
    out = fourth.folder / "out"
    assert fourth.told("site", "export", str(out))["files"] > 10
    assert "What came late." in (out / "en/doctor/index.html").read_text("utf-8")
    assert (out / "-/print/town/en/4.pdf").is_file()

    # Three editions before in English and their prints; Urdu came with the export.
    assert fourth.told("editions", "fetch") == {"brought": 6}
    assert fourth.told("editions", "fetch") == {"brought": 0}
    (fourth.editions / "town/en/4/index.html").write_text("harmed", "utf-8")
    assert fourth.run("editions", "check").returncode == 1
    assert fourth.told("editions", "check", "--mend") == whole

    assert fourth.told("rollback", "town", "--locale", "en") == {"current": {"en": 3}}
    both_serve(webs, "What came with edition 3.")
    assert b"What came late." not in Browser(webs[0].url).get(PAGE).body


def _refused_without_keys(made: Cluster) -> None:
    """Keys that are made anew on another machine would open nothing."""
    bare = made.machine("bare")
    (bare.folder / "secrets.toml").unlink()
    refused = bare.run("db", "upgrade")
    assert refused.returncode == 1
    assert "secrets.toml is missing but the database exists" in refused.stderr
    assert not (bare.folder / "secrets.toml").exists()
