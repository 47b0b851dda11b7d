"""Packages on the shelf: the newest of a pair, the way between languages, damage."""

import json
import shutil
from pathlib import Path

import pytest

from tests.translation.machine.argos.conftest import NOW, package
from welcome.config import Settings
from welcome.phrases import codes
from welcome.translation.errors import ModelUnusable
from welcome.translation.machine.apart import draft_apart
from welcome.translation.machine.argos import packages
from welcome.translation.machine.argos.engine import ArgosEngine
from welcome.translation.machine.argos.installing import install
from welcome.translation.machine.drafts import Task


def one(settings: Settings, name: str) -> Path:
    (found,) = settings.models.glob(f"translate-{name}-*")
    return found


def test_each_pair_has_its_package(there: Settings) -> None:
    shelf = packages.look(there.models)
    assert set(shelf.packages) == {("en", "fr"), ("en", "ur"), ("fr", "en")}
    assert shelf.problems == {}


def test_where_nothing_was_installed_nothing_is_found(bare: Settings) -> None:
    assert packages.look(bare.models) == packages.Shelf()
    assert ArgosEngine(bare).find_route("en", "fr") is None
    assert ArgosEngine(bare).list_marks("en", "fr") == ()


@pytest.mark.parametrize(
    ("source", "target", "route"),
    [
        ("en", "fr", ("en", "fr")),
        ("fr", "ur", ("fr", "en", "ur")),
        ("en", "ti", None),
        ("ur", "en", None),
        ("en", "en", None),
        ("xx-unknown", "fr", None),
    ],
)
def test_the_way_between_languages(
    engine: ArgosEngine, source: str, target: str, route: tuple[str, ...] | None
) -> None:
    assert engine.find_route(source, target) == route


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-BR", "pb"),
        ("fil", "tl"),
        ("zh-Hans", "zh"),
        ("zh-Hant", "zt"),
        ("ur", "ur"),
        ("ti", "ti"),
    ],
)
def test_packages_have_codes_of_their_own(tag: str, code: str) -> None:
    assert packages.code_of(tag) == code
    assert packages.tag_of(code) == tag


def made_up(settings: Settings, *pairs: tuple[str, str]) -> None:
    """Put packages on the shelf that say they translate between some languages."""
    for source, target in pairs:
        folder = settings.models / f"translate-{source}_{target}-1-0"
        shutil.copytree(one(settings, "en_fr"), folder)
        change(folder, "metadata.json", from_code=source, to_code=target)


def change(folder: Path, name: str, **values: object) -> None:
    file = folder / name
    known = json.loads(file.read_text("utf-8")) | values
    file.write_text(json.dumps(known), "utf-8")


def test_english_is_the_bridge_before_other_languages(there: Settings) -> None:
    made_up(there, ("pl", "cs"), ("cs", "ur"), ("pl", "en"))
    engine = ArgosEngine(there)
    assert engine.find_route("pl", "ur") == ("pl", "en", "ur")
    assert engine.find_route("pl", "zh-Hans") is None
    shutil.rmtree(one(there, "pl_en"))
    assert engine.find_route("pl", "ur") == ("pl", "cs", "ur")


def test_a_way_never_goes_round_in_a_circle(there: Settings) -> None:
    made_up(there, ("ur", "fr"), ("ur", "cs"), ("cs", "fr"))
    engine = ArgosEngine(there)
    assert engine.find_route("en", "pl") is None
    assert engine.find_route("ur", "en") == ("ur", "fr", "en")


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("metadata.json", "{", "JSON"),
        ("metadata.json", "[]", "TypeError"),
        ("metadata.json", "{}", "from_code"),
        ("metadata.json", None, "metadata.json"),
        ("installed.json", None, "installed.json"),
        ("installed.json", '{"marks": ["runes"]}', "runes"),
        ("sentencepiece.model", None, "sentencepiece.model"),
        ("model/model.bin", None, "model.bin"),
    ],
)
def test_a_damaged_folder_is_told_of_and_the_others_work(
    there: Settings, file: str, content: str | None, said: str
) -> None:
    folder = one(there, "en_fr")
    target = folder / file
    target.unlink() if content is None else target.write_text(content, "utf-8")
    shelf = packages.look(there.models)
    assert set(shelf.packages) == {("en", "ur"), ("fr", "en")}
    assert list(shelf.problems) == [folder.name]
    assert said in shelf.problems[folder.name]
    assert ArgosEngine(there).translate(["Welcome"], "en", "ur")[0].text


def cut(folder: Path) -> None:
    """Take away the end of a model, as a disk that was full may have."""
    with (folder / packages.MODEL).open("r+b") as model:
        model.truncate(5000)


def test_a_model_that_was_cut_is_told_of(there: Settings) -> None:
    folder = one(there, "en_fr")
    size = (folder / packages.MODEL).stat().st_size
    cut(folder)
    shelf = packages.look(there.models)
    assert f"not whole: 5000 of {size} bytes" in shelf.problems[folder.name]
    assert ("en", "fr") not in shelf.packages


def test_a_package_from_before_sizes_were_noted_is_taken(there: Settings) -> None:
    file = one(there, "en_fr") / "installed.json"
    known = json.loads(file.read_text("utf-8"))
    del known["model_size"]
    file.write_text(json.dumps(known), "utf-8")
    assert ("en", "fr") in packages.look(there.models).packages


@pytest.mark.parametrize(
    "harmed", [packages.MODEL, Path("sentencepiece.model")], ids=str
)
def test_what_cannot_be_loaded_is_named_wherever_it_is_drafted(
    there: Settings, harmed: Path
) -> None:
    folder = one(there, "en_fr")
    size = (folder / harmed).stat().st_size
    (folder / harmed).write_bytes(bytes(size))
    with pytest.raises(ModelUnusable) as refused:
        list(draft_apart(there, "argos", Task(["Welcome"], "en", "fr")))
    assert refused.value.params["package"] == folder.name
    said = codes.word("en", refused.value.code, **refused.value.params)
    assert folder.name in said
    assert "welcome mt install" in said


def test_files_and_hidden_folders_are_no_packages(there: Settings) -> None:
    (there.models / "notes.txt").write_text("mine", "utf-8")
    (there.models / ".coming-1").mkdir()
    assert packages.look(there.models).problems == {}


def test_the_newest_version_of_a_pair_is_in_use(there: Settings) -> None:
    folder = one(there, "en_fr")
    newer = there.models / "translate-en_fr-1_10-0"
    shutil.copytree(folder, newer)
    change(newer, "metadata.json", package_version="1.10")
    older = there.models / "translate-en_fr-1_9-0"
    shutil.copytree(folder, older)
    change(older, "metadata.json", package_version="1.9")
    assert packages.look(there.models).packages["en", "fr"].folder == newer


def test_an_engine_sees_what_was_installed_since(bare: Settings) -> None:
    engine = ArgosEngine(bare)
    assert engine.find_route("en", "fr") is None
    install(package("en_fr"), bare, now=NOW)
    assert engine.find_route("en", "fr") == ("en", "fr")
