"""The engine: quick, quiet, within its bounds, and nobody else is asked."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from welcome.config import Settings
from welcome.translation.errors import EngineMisset, NoRoute
from welcome.translation.machine.argos import models
from welcome.translation.machine.argos.engine import ArgosEngine
from welcome.translation.machine.engines import get_engine, list_offered

TEXTS = ["Welcome", "Welcome to our city.", "Welcome to our city. Welcome", "", "..."]
HEAVY = (
    "torch",
    "stanza",
    "spacy",
    "minisbd",
    "onnxruntime",
    "argostranslate.translate",
)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading sets some of it for the process: not for the tests after this one."""
    for name in (*models.QUIET, "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, "")


def test_it_is_the_engine_of_an_installation(shelf: Settings) -> None:
    engine = get_engine("argos", shelf)
    assert [each.name for each in list_offered(shelf)] == ["argos"]
    assert engine.sends_to == ""


def test_every_text_has_its_answer(engine: ArgosEngine) -> None:
    said = engine.translate(TEXTS, "en", "fr")
    alone = [engine.translate([text], "en", "fr")[0] for text in TEXTS]
    assert [each.text for each in said] == [each.text for each in alone]
    assert said[2].text == f"{said[1].text} {said[0].text}"
    assert said[3].text == ""
    assert engine.translate([], "en", "fr") == []


def test_what_it_knows_it_is_surer_of_than_of_what_it_does_not(
    engine: ArgosEngine,
) -> None:
    known, unknown = engine.translate(
        ["Welcome to our city.", "Xylophones quarrel by moonlight"], "en", "fr"
    )
    assert known.confidence is not None
    assert unknown.confidence is not None
    assert unknown.confidence < known.confidence <= 0


def test_by_way_of_english_it_is_what_two_steps_say(engine: ArgosEngine) -> None:
    texts = ["Bienvenue", "Bienvenue dans notre ville."]
    between = [each.text for each in engine.translate(texts, "fr", "en")]
    said = [each.text for each in engine.translate(between, "en", "ur")]
    assert [each.text for each in engine.translate(texts, "fr", "ur")] == said


def test_a_sentence_longer_than_models_can_take_is_taken_in_parts(
    engine: ArgosEngine,
) -> None:
    texts = ["A" * 3000, "welcome " * 500, "Welcome to our city."]
    said = engine.translate(texts, "en", "fr")
    assert len(said) == 3
    assert said[2] == engine.translate(texts[2:], "en", "fr")[0]


def test_where_no_way_leads_it_says_so(engine: ArgosEngine) -> None:
    with pytest.raises(NoRoute) as refused:
        engine.translate(["Welcome"], "en", "ti")
    assert refused.value.params == {"engine": "argos", "source": "en", "target": "ti"}


@pytest.mark.parametrize("most", [1, 2, 0])
def test_few_models_stay_in_memory(shelf: Settings, most: int) -> None:
    engine = ArgosEngine(replace(shelf, machine_models_loaded=most))
    once = engine.translate(TEXTS, "en", "fr")
    engine.translate(TEXTS, "en", "ur")
    engine.translate(TEXTS, "fr", "en")
    assert len(engine._models) == max(1, most)
    assert engine.translate(TEXTS, "en", "fr") == once


def test_settings_reach_the_library(shelf: Settings) -> None:
    settings = replace(
        shelf, machine_beam=1, machine_batch_tokens=32, machine_compute_type="float32"
    )
    said = ArgosEngine(settings).translate(TEXTS, "en", "fr")
    assert len(said) == len(TEXTS)
    with pytest.raises(ValueError, match="compute type"):
        ArgosEngine(replace(shelf, machine_compute_type="roman")).translate(
            TEXTS, "en", "fr"
        )


def test_two_threads_do_not_take_each_others_models(shelf: Settings) -> None:
    engine = ArgosEngine(replace(shelf, machine_models_loaded=1))
    wanted = {tag: engine.translate(TEXTS, "en", tag) for tag in ("fr", "ur")}
    wrong: list[str] = []

    def ask(tag: str) -> None:
        for _ in range(10):
            if engine.translate(TEXTS, "en", tag) != wanted[tag]:
                wrong.append(tag)

    threads = [threading.Thread(target=ask, args=(tag,)) for tag in wanted]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (models.PROVIDER, "LIBRETRANSLATE"),
        (models.PROVIDER, "OPENAI"),
        (models.SPLITTER, "STANZA"),
        (models.SPLITTER, "SPACY"),
    ],
)
def test_what_would_send_texts_elsewhere_is_refused(
    shelf: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(EngineMisset) as refused:
        ArgosEngine(shelf).translate(TEXTS, "en", "fr")
    assert refused.value.params == {"name": name, "value": value}


class Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@pytest.fixture
def ear() -> Iterator[Ear]:
    made, root = Ear(), logging.getLogger()
    level = root.level
    root.addHandler(made)
    root.setLevel(logging.DEBUG)
    yield made
    root.removeHandler(made)
    root.setLevel(level)


def test_no_text_is_written_down(engine: ArgosEngine, ear: Ear) -> None:
    engine.translate(["Welcome to our city."], "en", "fr")
    assert [each for each in ear.heard if "city" in each or "ville" in each] == []


ALONE = """
import os, sys, socket
from pathlib import Path
from welcome.config import Settings
from welcome.translation.machine.engines import get_engine
heavy = {heavy!r}
engine = get_engine("argos", Settings(instance=Path({instance!r})))
assert engine.find_route("en", "fr") == ("en", "fr")
assert not [name for name in (*heavy, "ctranslate2", "argostranslate") if name in sys.modules]
said = engine.translate(["Welcome"], "en", "fr")[0].text
assert said, said
assert not [name for name in heavy if name in sys.modules], sys.modules.keys()
print(said)
"""


def run_alone(shelf: Settings, *before: str, home: str) -> subprocess.CompletedProcess:
    code = ALONE.format(heavy=HEAVY, instance=str(shelf.instance))
    return subprocess.run(
        [*before, sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        env={"HOME": home, "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
        check=False,
    )


def test_nothing_heavy_is_loaded_and_nothing_written_into_a_home(
    shelf: Settings, tmp_path
) -> None:
    done = run_alone(shelf, home=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_it_works_where_there_is_no_network_at_all(shelf: Settings, tmp_path) -> None:
    done = run_alone(shelf, "unshare", "--net", home=str(tmp_path))
    assert done.returncode == 0, (
        f"needs a network namespace of its own (run as root): {done.stderr}"
    )
