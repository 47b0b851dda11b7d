"""Third-party assets: what is locked and chosen, and that the manifests hold."""

import json
import shutil
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner

from welcome.cli.assets import assets, commands, packages, shelves
from welcome.cli.assets.faces import characters_of
from welcome.cli.assets.shelves import Checkout
from welcome.locales import UnknownLocale, every

ROOT = Path(__file__).parents[2]
REAL = Checkout(ROOT)


# What is locked


@pytest.mark.parametrize(
    "path",
    [
        "package-lock.json",
        "requirements.txt",
        "requirements-test.txt",
        "welcome/web/styles/node.txt",
    ],
)
def test_locks_name_no_host(path: str) -> None:
    assert "://" not in (ROOT / path).read_text(encoding="utf-8")


def test_every_locked_package_has_a_digest() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packed = {name: entry for name, entry in lock["packages"].items() if name}
    assert packed
    assert [name for name, entry in packed.items() if "integrity" not in entry] == []


def test_the_manifest_lists_the_fonts_of_every_locale_and_no_other() -> None:
    families = shelves.families_for(locale.tag for locale in every())
    assert set(REAL.fonts.listed()) == shelves.print_files(families)


def test_every_family_is_a_named_package() -> None:
    named = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    packaged = {**named["dependencies"], **named["optionalDependencies"]}
    families = shelves.families_for(locale.tag for locale in every())
    wanted = {shelves.font_package(family) for family in families}
    assert wanted == {
        name for name in packaged if name.startswith("@expo-google-fonts/")
    }


# Choosing


@pytest.mark.parametrize(
    ("tags", "families"),
    [
        (["en", "pl", "uk"], ["Noto Sans"]),
        (["ur"], ["Noto Nastaliq Urdu", "Noto Sans"]),
        (["pa", "ar"], ["Noto Naskh Arabic", "Noto Sans", "Noto Sans Gurmukhi"]),
        (["zh-Hant"], ["Noto Sans", "Noto Sans HK"]),
    ],
)
def test_families_follow_the_locales(tags: list[str], families: list[str]) -> None:
    assert shelves.families_for(tags) == families


def test_an_unknown_locale_is_named() -> None:
    with pytest.raises(UnknownLocale, match="xx"):
        shelves.families_for(["en", "xx"])
    told = CliRunner().invoke(assets, ["check", "--locales", "en,xx"])
    assert told.exit_code == 2
    assert "--locales" in told.output
    assert "xx" in told.output


def test_packs_say_which_locales_to_fetch_for(tmp_path: Path) -> None:
    for name, tags in {"one": '["en", "ur"]', "two": '["pl"]'}.items():
        folder = tmp_path / "content" / name
        folder.mkdir(parents=True)
        (folder / "pack.toml").write_text(f"locales = {tags}\n", encoding="utf-8")
    assert Checkout(tmp_path).published_tags() == {"en", "ur", "pl"}


@pytest.mark.parametrize(
    ("families", "flags"),
    [
        (["Noto Sans", "Noto Nastaliq Urdu"], ["--omit=dev", "--omit=optional"]),
        (["Noto Sans", "Noto Sans SC"], ["--omit=dev"]),
    ],
)
def test_only_chinese_packs_fetch_chinese_faces(
    families: list[str], flags: list[str]
) -> None:
    assert packages.omitted(ROOT, families) == flags


@pytest.mark.parametrize(
    ("version", "taken"),
    [("v18.19.1", False), ("v20.18.3", False), ("v20.19.0", True), ("v24.1.0", True)],
)
def test_an_old_node_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, *, taken: bool
) -> None:
    for name in ("node", "npm"):
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert (packages.find_node() is not None) is taken


@pytest.mark.parametrize(
    ("family", "kept", "left"),
    [("Noto Sans HK", "冇嘅的學", "㍿"), ("Noto Sans SC", "的学你。", "冇嘅")],
)
def test_chinese_faces_keep_everyday_characters(
    family: str, kept: str, left: str
) -> None:
    characters = {chr(code) for code in characters_of(family)}
    assert set(kept) <= characters
    assert not set(left) & characters


# Checking


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A checkout of its own with the real assets in place."""
    checkout = Checkout(tmp_path)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    pairs = ((REAL.vendor, checkout.vendor), (REAL.fonts, checkout.fonts))
    for real, mine in pairs:
        shutil.copytree(real.folder, mine.folder)
        shutil.copy(real.manifest, mine.manifest)
    monkeypatch.setattr(commands, "CHECKOUT", checkout)
    return checkout


def test_assets_in_place_need_no_network(
    copy: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    told = CliRunner().invoke(assets, ["fetch", "--locales", "en,ur"])
    assert (told.exit_code, told.output) == (0, "Assets are in place.\n")


def test_check_names_what_is_wrong(copy: Checkout) -> None:
    vendor, fonts = copy.vendor.folder, copy.fonts.folder
    (vendor / "govuk.css").write_bytes(b"body{}")
    (fonts / "NotoSans-Bold.ttf").unlink()
    (fonts / "NotoSans-Extra.ttf").write_bytes(b"a second face of one family")
    told = CliRunner().invoke(assets, ["check", "--locales", "en"])
    assert told.exit_code == 1
    assert "vendor: changed: govuk.css" in told.output
    assert "fonts: missing: NotoSans-Bold.ttf" in told.output
    assert "fonts: not in the manifest: NotoSans-Extra.ttf" in told.output
    assert "welcome assets fetch" in told.output


def test_faces_nobody_asked_for_may_be_missing(copy: Checkout) -> None:
    (copy.fonts.folder / "NotoSansThai-Regular.ttf").unlink()
    invoke = CliRunner().invoke
    assert invoke(assets, ["check", "--locales", "en,ar"]).exit_code == 0
    assert invoke(assets, ["check", "--locales", "th"]).exit_code == 1


def test_a_build_that_differs_is_refused(copy: Checkout, tmp_path: Path) -> None:
    build = tmp_path / "build"
    shutil.copytree(copy.vendor.folder, build / "vendor")
    shutil.copytree(copy.fonts.folder, build / "fonts")
    commands.verify(build, ["Noto Sans"])
    (build / "vendor" / "htmx.min.js").write_text("alert(1)", encoding="utf-8")
    with pytest.raises(ClickException, match=r"changed: htmx\.min\.js") as refused:
        commands.verify(build, ["Noto Sans"])
    assert "welcome assets pin" in str(refused.value)


def test_pinned_digests_read_back(tmp_path: Path) -> None:
    shelf = shelves.Shelf(tmp_path / "shelf", tmp_path / "shelf.sha256")
    (shelf.folder / "a folder").mkdir(parents=True)
    (shelf.folder / "a folder" / "a file.txt").write_text("words", encoding="utf-8")
    found = shelves.digests(shelf.folder)
    shelf.pin(found)
    assert shelf.listed() == found
    assert list(found) == ["a folder/a file.txt"]


def test_swapping_replaces_a_whole_folder(tmp_path: Path) -> None:
    place, made = tmp_path / "place", tmp_path / "build" / "place"
    for folder, name in ((place, "old"), (made, "new")):
        folder.mkdir(parents=True)
        (folder / name).touch()
    commands.swap(made, place)
    assert [path.name for path in place.iterdir()] == ["new"]
