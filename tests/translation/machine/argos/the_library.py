"""Run as a program: what the library's own engine says, text by text.

Its sentence splitters need torch, or a model that is fetched; ours stands in their place,
so that both translate the same sentences. All else is the library's own code: a package is
installed, loaded and asked for one text after the other. Reads and writes JSON.
"""

import json
import os
import sys
import types
from pathlib import Path
from typing import Any

from welcome.translation.machine.splitting import split


class Splitter:
    """Has the shape of the library's splitters."""

    def split_sentences(self, text: str) -> list[str]:
        return split(text)


def prepare(packages: Path, home: Path) -> None:
    """Set what the library reads when it is imported, and stand in for its splitters."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(home)
    os.environ["ARGOS_PACKAGES_DIR"] = str(packages)
    # Threads that wait for each other only cost time where others work too.
    os.environ["ARGOS_INTRA_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    sys.modules["stanza"] = types.ModuleType("stanza")
    minisbd = types.ModuleType("minisbd")
    minisbd.SBDetect = object
    minisbd.models = sys.modules["minisbd.models"] = types.ModuleType("minisbd.models")
    # Asked where a package brings no splitter of its own.
    minisbd.models.list_models = lambda: ["en", "fr"]
    sys.modules["minisbd"] = minisbd


def find_way(source: str, target: str) -> Any:
    """Load what is installed, with our splitter in it; give the way of two languages."""
    from argostranslate import translate as library

    for each in library.get_installed_languages():
        for way in each.translations_from:
            plain = getattr(way, "underlying", None)
            if hasattr(plain, "sentencizer"):
                plain.sentencizer = Splitter()
    return library.get_translation_from_codes(source, target)


def translate(texts: list[str], source: str, target: str) -> list[str]:
    way = find_way(source, target)
    return [way.translate(text) for text in texts]


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    prepare(Path(asked["packages"]), Path(asked["home"]))
    answers = {
        name: translate(each["texts"], *name.split(":"))
        for name, each in asked["ways"].items()
    }
    json.dump(answers, sys.stdout)
