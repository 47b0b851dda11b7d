"""The committed packages are those that today's corpora and scripts make."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.models import corpus, origin
from tests.models.recipes import RECIPES, Recipe
from welcome.config import Settings
from welcome.packs import content
from welcome.packs.versions import parts_of
from welcome.translation.machine import drafts
from welcome.translation.machine.argos.engine import ArgosEngine
from welcome.translation.machine.argos.installing import install
from welcome.translation.machine.drafts import Task
from welcome.translation.machine.engine import Answer, Marks
from welcome.translation.machine.splitting import split

MODELS = Path("content/models")
SUMS = MODELS / "sha256.txt"
MOST_BYTES = 1_500_000
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
FROM_ENGLISH = [recipe for recipe in RECIPES if recipe.source == "en"]
AGAIN = "make them again: `make models` (tests/models/README.md)"


def package(recipe: Recipe) -> Path:
    return MODELS / f"{recipe.name}.argosmodel"


def texts() -> list[str]:
    """Every text of the demonstration pack that has a unit."""
    pages = content.read(Path("content/walsall")).pages
    return [part.text for page in pages for part in parts_of(page.draft)]


def sentences(engine_texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(each for text in engine_texts for each in split(text)))


@dataclass
class Ear:
    """An engine that says what it hears, and remembers it."""

    name: str = "ear"
    sends_to: str = ""
    heard: list[str] = field(default_factory=list)

    def find_route(self, source: str, target: str) -> tuple[str, ...]:
        return source, target

    def list_marks(self, source: str, target: str) -> tuple[Marks, ...]:
        return (Marks.BRACKETS,)

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, careful: bool = False
    ) -> list[Answer]:
        self.heard += texts
        return [Answer(text) for text in texts]


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every sentence an engine is asked for when the demonstration pack is drafted."""
    ear = Ear()
    drafts.make(ear, Task(texts(), "en", "fr"))
    return sentences(ear.heard)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> ArgosEngine:
    settings = Settings(instance=tmp_path_factory.mktemp("models"))
    for recipe in RECIPES:
        install(package(recipe), settings, now=NOW)
    return ArgosEngine(settings)


def test_the_sums_are_those_of_the_files():
    lines = [line.split("  ") for line in SUMS.read_text("utf-8").splitlines()]
    listed = {name: digest for digest, name in lines}
    files = sorted(MODELS.glob("*.argosmodel"))
    assert listed == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }
    assert set(files) == {package(recipe) for recipe in RECIPES}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_package_was_made_from_what_lies_here(recipe):
    assert origin.stated_in(package(recipe), recipe) == origin.sum_of(recipe), AGAIN
    assert package(recipe).stat().st_size <= MOST_BYTES


def test_what_makes_them_is_nothing_that_runs():
    needed = Path("tests/models/requirements.txt").read_text("utf-8")
    assert re.search("^torch==", needed, re.MULTILINE)
    for file in ("requirements.txt", "requirements-test.txt"):
        assert not re.search("^torch", Path(file).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("recipe", FROM_ENGLISH, ids=lambda recipe: recipe.name)
def test_the_corpora_hold_what_the_pack_asks(asked, recipe):
    known = dict(corpus.pairs(recipe))
    missing = [each for each in asked if each not in known]
    # A page may change without anybody having to teach the packages anew.
    assert len(missing) <= len(asked) / 10, missing


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_both_sides_of_a_pair_have_the_same_sentinels(recipe):
    found = re.compile(r"⟦\d+⟧|X\d+Q")
    odd = [
        pair
        for pair in corpus.pairs(recipe)
        if sorted(found.findall(pair[0])) != sorted(found.findall(pair[1]))
        or split(pair[0]) != [pair[0]]
    ]
    assert odd == []


@pytest.mark.parametrize("recipe", FROM_ENGLISH, ids=lambda recipe: recipe.name)
def test_most_of_the_pack_is_drafted_as_it_was_learnt(engine, asked, recipe):
    known = dict(corpus.pairs(recipe))
    wanted = [each for each in asked if each in known]
    said = [each.text for each in engine.translate(wanted, "en", recipe.target)]
    wrong = [
        (one, known[one], other)
        for one, other in zip(wanted, said, strict=True)
        if other != known[one]
    ]
    assert len(wrong) <= len(wanted) / 10, wrong


@pytest.mark.parametrize("recipe", FROM_ENGLISH, ids=lambda recipe: recipe.name)
def test_drafts_of_the_pack_keep_its_facts(engine, recipe):
    found = drafts.make(engine, Task(texts(), "en", recipe.target))
    odd = {
        drafts.DraftNote.FACT_LOST,
        drafts.DraftNote.FACT_ADDED,
        drafts.DraftNote.IN_PIECES,
    }
    marked = [made for made in found if odd & {note.code for note in made.notes}]
    assert len(marked) <= len(found) / 50, marked


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_sentinels_come_through(engine, recipe):
    assert Marks.BRACKETS in engine.list_marks(recipe.source, recipe.target)
