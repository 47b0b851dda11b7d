"""What our engine says is, letter for letter, what the library says; only sooner."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.translation.machine.argos import the_library
from welcome.config import Settings
from welcome.segmentation import extract, visible_text
from welcome.translation.machine.argos.engine import ArgosEngine

WAYS = ("en:fr", "en:ur", "fr:en", "fr:ur")
CORPORA = sorted(Path("tests/models").glob("**/*.tsv"))
# What packs do not have, but people may write.
ODD = [
    "", " ", ".", "…", "Welcome", "Welcome.Welcome.", "Hello! Who? Me. You…", "A" * 30,
    "Call ⟦1⟧ or X2Q.", "½ of № 5 costs £3 x²", "٠٢٠ ۷۹۴۶", "خوش آمدید۔ شکریہ۔", "你好。再见。",
    "Bienvenue dans notre ville. Bienvenue", "first_last@example.org", "Dr. No and Mr. Yes.",
]  # fmt: skip


@cache
def texts(source: str) -> list[str]:
    """Every segment of the demonstration pack, and that side of the corpora."""
    pages = sorted(Path("content/walsall/en").glob("*.md"))
    bodies = [page.read_text("utf-8").split("+++", 2)[2] for page in pages]
    segments = [each.text for body in bodies for each in extract(body)]
    seen = [visible_text(each) for each in segments] + segments
    listed = [*(seen if source == "en" else []), *_corpora(source), *ODD]
    # The library takes a line for a paragraph; a text of ours is one line to engines.
    return list(dict.fromkeys(" ".join(each.split()) for each in listed))


def _corpora(language: str) -> list[str]:
    found = []
    for file in CORPORA:
        sides = file.name.partition(".")[0].split("-")
        if language in sides:
            rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
            at = sides.index(language)
            found += [row[at] for row in rows if len(row) == len(sides)]
    return found


@pytest.fixture
def theirs(
    way: str, shelf: Settings, tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """What the library says, in a process of its own."""
    home = tmp_path_factory.mktemp("library")
    packages = home / "packages"
    packages.mkdir()
    for folder in shelf.models.glob("translate-*"):
        (packages / folder.name).symlink_to(folder)
    asked = {
        "packages": str(packages),
        "home": str(home),
        "ways": {way: {"texts": texts(way[:2])}},
    }
    done = subprocess.run(
        [sys.executable, "-m", the_library.__name__],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answers: list[str] = json.loads(done.stdout)[way]
    return answers


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("way", WAYS)
def test_it_says_what_the_library_says(
    engine: ArgosEngine, theirs: list[str], way: str
) -> None:
    source, target = way.split(":")
    given = texts(source)
    # Of signs a model does not know it can make anything: there the shape of a batch
    # decides. So these are asked as the library asks all.
    batches = [[each for each in given if each not in ODD], *([each] for each in ODD)]
    answers = {
        text: answer.text
        for batch in batches
        for text, answer in zip(
            batch, engine.translate(batch, source, target), strict=True
        )
    }
    ours = [answers[each] for each in given]
    assert len(ours) > 400
    assert len({each for each in ours if each}) > 100
    assert ours == theirs
