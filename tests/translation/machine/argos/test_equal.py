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
    "", " ", ".", "…", "Welcome", "Welcome.Welcome.", "Hello! Who? Me. You…", "A" * 300,
    "Call ⟦1⟧ or X2Q.", "½ of № 5 costs £3 x²", "٠٢٠ ۷۹۴۶", "خوش آمدید۔ شکریہ۔", "你好。再见。",
    "Bienvenue dans notre ville. Bienvenue", "first_last@example.org", "Dr. No and Mr. Yes.",
]  # fmt: skip


@cache
def texts() -> list[str]:
    """Every segment of the demonstration pack, and every line of the corpora."""
    pages = sorted(Path("content/walsall/en").glob("*.md"))
    bodies = [page.read_text("utf-8").split("+++", 2)[2] for page in pages]
    segments = [each.text for body in bodies for each in extract(body)]
    lines = [file.read_text("utf-8").splitlines() for file in CORPORA]
    cells = [cell for each in lines for line in each for cell in line.split("\t")]
    # The library takes a line for a paragraph; a text of ours is one line to engines.
    seen = [visible_text(each) for each in segments] + segments + cells + ODD
    return list(dict.fromkeys(" ".join(each.split()) for each in seen))


@pytest.fixture(scope="session")
def theirs(
    shelf: Settings, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    home = tmp_path_factory.mktemp("library")
    packages = home / "packages"
    packages.mkdir()
    for folder in shelf.models.glob("translate-*"):
        (packages / folder.name).symlink_to(folder)
    asked = {
        "packages": str(packages),
        "home": str(home),
        "ways": {way: {"texts": texts()} for way in WAYS},
    }
    done = subprocess.run(
        [sys.executable, "-m", the_library.__name__],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answers: dict[str, list[str]] = json.loads(done.stdout)
    return answers


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_it_says_what_the_library_says(
    engine: ArgosEngine, theirs: dict[str, list[str]], way: str
) -> None:
    source, target = way.split(":")
    ours = [each.text for each in engine.translate(texts(), source, target)]
    assert len(texts()) > 400
    assert len({each for each in ours if each}) > 100
    assert ours == theirs[way]
