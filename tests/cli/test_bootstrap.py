"""Setting up: what is missing is found, installed by root, or asked for in one command."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bootstrap() -> ModuleType:
    """The set-up script, loaded and not run."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it but apt-get, which writes down what it is told."""
    tool = tmp_path / "apt-get"
    tool.write_text('#!/bin/sh\necho "$@" >> "$0.told"\n', encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "apt-get.told"


def test_libraries_are_found_or_not(bootstrap: ModuleType) -> None:
    assert bootstrap.loads("libc.so.6")
    assert not bootstrap.loads("libno-such-thing.so.9")


def test_what_this_machine_has_is_not_asked_for(bootstrap: ModuleType) -> None:
    assert bootstrap.missing_packages(None, test=True) == []


def test_tests_need_a_browser_poppler_and_redis(
    bootstrap: ModuleType, bare: Path
) -> None:
    assert bootstrap.missing_packages(None, test=False) == []
    needed = ["chromium", "poppler-utils", "redis-server"]
    assert bootstrap.missing_packages(None, test=True) == needed
    assert not bare.exists()


def test_without_root_one_command_is_printed(
    bootstrap: ModuleType, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.Refusal) as refused:
        bootstrap.install_packages(["chromium", "poppler-utils"])
    told = [line.strip() for line in str(refused.value).splitlines() if "sudo" in line]
    assert told == [
        "sudo sh -c 'apt-get update && apt-get install --yes --no-install-recommends "
        "chromium poppler-utils'"
    ]
    assert not bare.exists()


def test_root_installs_after_an_update(
    bootstrap: ModuleType, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    bootstrap.install_packages(["chromium"])
    steps = bare.read_text(encoding="utf-8").splitlines()
    assert [step.split()[0] for step in steps] == ["update", "install"]
    assert "chromium" in steps[1].split()


def test_elsewhere_the_packages_are_named(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(bootstrap.Refusal, match="libpango-1"):
        bootstrap.install_packages(["libpango-1.0-0"])


def test_a_changed_list_asks_for_a_new_environment(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").write_text("one==1\n", encoding="utf-8")
    first = bootstrap.print_of("run")
    assert bootstrap.print_of("run") == first
    (tmp_path / "requirements.txt").write_text("one==2\n", encoding="utf-8")
    assert bootstrap.print_of("run") != first


def test_an_old_python_is_not_new_enough(bootstrap: ModuleType, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho 3 10\n", encoding="utf-8")
    old.chmod(0o755)
    assert not bootstrap.new_enough(old)
    assert not bootstrap.new_enough(tmp_path / "nothing")
