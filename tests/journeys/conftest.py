"""A browser for the whole run; each story has a site of its own."""

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, sync_playwright

from welcome.editions.print import fonts

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


# Readers' phones have faces for their scripts; a bare machine has those of print.
FACES = """<?xml version="1.0"?>
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{folder}</dir>
<cachedir>{cache}</cachedir>
</fontconfig>
"""


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The system's Chromium; its absence fails with the command that installs it."""
    found = next((path for name in NAMES if (path := which(name))), None)
    assert found, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        faces = tmp_path_factory.mktemp("faces")
        told = FACES.format(folder=fonts.FOLDER, cache=faces / "cache")
        (faces / "fonts.conf").write_text(told, "utf-8")
        opened = playwright.chromium.launch(
            executable_path=found,
            args=FLAGS,
            env={**os.environ, "FONTCONFIG_FILE": str(faces / "fonts.conf")},
        )
        yield opened
        opened.close()


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path:
    """Where a story keeps its pictures."""
    return Path(request.config.rootpath) / "instance" / "pictures"
