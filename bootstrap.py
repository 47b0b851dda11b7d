#!/usr/bin/env python3
"""Set the checkout up: a virtual environment from the locked lists, and Pango.

`python3 bootstrap.py` is enough to run; `--test` adds what the tests need. Standard
library only, and old syntax where it counts: an old Python must get as far as its advice.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Command = Sequence["str | Path"]

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".welcome-stamp"
OLDEST = (3, 11)
LISTS = {"run": "requirements.txt", "test": "requirements-test.txt"}
# Debian's package for each library WeasyPrint loads. Without the last one it falls back
# to a slower way that warns, and our tests take warnings as errors.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# What Playwright's own Node loads.
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}
# Where Debian's library stands that tells programs another time.
OTHER_TIMES = "lib/*/faketime/libfaketimeMT.so.1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCRIPT = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from welcome.cli.commands import main

sys.exit(main())
"""


class Refusal(Exception):
    """The set-up cannot go on; the text says what to do."""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def run(command: Command, *, quiet: bool = False) -> None:
    """Run a step with no input; refuse when it fails."""
    shown = " ".join(str(part) for part in command[:6])
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if quiet else None,
        check=False,
    )
    if done.returncode:
        raise Refusal(f"`{shown} …` failed; its own words are above.")


def answer(command: Command) -> str:
    """Return what a command prints, or nothing when it fails."""
    try:
        return subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def new_enough(python: str | Path) -> bool:
    """Say whether a Python starts and is of the oldest version or newer."""
    told = answer([python, "-c", "import sys; print(*sys.version_info[:2])"])
    return bool(told) and tuple(map(int, told.split())) >= OLDEST


def find_python() -> str | None:
    """Find a Python to build the environment with; None when there is none."""
    if sys.version_info >= OLDEST:
        return sys.executable
    names = [f"python3.{minor}" for minor in range(14, OLDEST[1] - 1, -1)]
    found = [path for path in map(shutil.which, names) if path]
    return next((path for path in found if new_enough(path)), None)


def has(python: str | Path, module: str) -> bool:
    """Say whether a Python can import a module."""
    return answer([python, "-c", f"import {module}; print(1)"]) == "1"


def loads(library: str) -> bool:
    """Say whether a shared library is there, under Linux's name or the system's own."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return bool(ctypes.util.find_library(library.split(".so")[0][3:]))
    return True


def missing_packages(python: str | None, *, test: bool) -> list[str]:
    """List the Debian packages that are missing, for one command to install."""
    libraries = {**LIBRARIES, **TEST_LIBRARIES} if test else LIBRARIES
    missing = [package for name, package in libraries.items() if not loads(name)]
    alone = not PYTHON.exists() and not shutil.which("uv")
    if alone and python and not has(python, "ensurepip") and not has(python, "pip"):
        missing.append("python3-venv")
    if test and not any(map(shutil.which, BROWSERS)):
        missing.append("chromium")
    if test and not shutil.which("pdftotext"):
        missing.append("poppler-utils")
    if test and not shutil.which("redis-server"):
        missing.append("redis-server")
    if test and not any(Path("/usr").glob(OTHER_TIMES)):
        missing.append("libfaketime")
    return missing


def install_packages(missing: list[str]) -> None:
    """Install Debian packages when we may; otherwise name the one command to run."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        raise Refusal(
            f"Missing, under Debian's names: {', '.join(missing)}. Install them with your "
            "system's package manager (Fedora: pango, macOS: brew install pango)."
        )
    if os.geteuid() != 0:
        raise Refusal(
            "One command needs root; run it, then this again:\n\n    sudo sh -c "
            f"'apt-get update && {' '.join(command)}'\n"
        )
    say(f"Installing {', '.join(missing)} with apt-get …")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run(["apt-get", "update", "--quiet=2"])
    run([*command, "--quiet=2"], quiet=True)


def make_environment(python: str | None) -> None:
    """Create `.venv`, by uv or by venv; without pip inside where Debian cut it out."""
    if PYTHON.exists() and new_enough(PYTHON):
        return
    uv = shutil.which("uv")
    if uv:
        wanted = python or f">={OLDEST[0]}.{OLDEST[1]}"
        run([uv, "venv", "--quiet", "--clear", "--python", wanted, VENV])
    elif not python:
        raise Refusal(
            "Python 3.11 or newer is needed and none was found. Debian 12, Ubuntu 24.04 "
            "and later have it (python3); elsewhere uv brings one."
        )
    elif has(python, "ensurepip"):
        run([python, "-m", "venv", "--clear", VENV])
    else:
        run([python, "-m", "venv", "--clear", "--without-pip", VENV])


def installer(python: str | None) -> list[str | Path]:
    """Choose what installs into `.venv`: uv, its own pip, or the outer Python's."""
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", PYTHON]
    # Compiled on first use: what is never imported need not take a sixth more disk.
    install = ["install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    if has(PYTHON, "pip"):
        return [PYTHON, "-m", "pip", *install]
    return [python or sys.executable, "-m", "pip", "--python", PYTHON, *install]


def link_project() -> None:
    """Put the checkout on the environment's path, and the `welcome` command in it.

    What an editable install does, without the build backend and the network it needs.
    """
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(answer([PYTHON, "-c", where]))
    (packages / "welcome_checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    script = VENV / "bin" / "welcome"
    script.write_text(SCRIPT.format(python=PYTHON), encoding="utf-8")
    script.chmod(0o755)


def print_of(purpose: str) -> str:
    """Take the fingerprint of everything an environment for a purpose is made from."""
    parts = [Path(__file__).read_bytes(), (ROOT / LISTS[purpose]).read_bytes()]
    whole = hashlib.sha256(str(ROOT).encode())
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return f"{purpose} {whole.hexdigest()}"


def stamps() -> list[str]:
    """Read which purposes the environment was last made for."""
    if not STAMP.exists() or not PYTHON.exists():
        return []
    return STAMP.read_text(encoding="utf-8").splitlines()


def set_up(purpose: str) -> None:
    """Bring the environment up to date; do nothing, fast, when it is."""
    current = [print_of(name) for name in LISTS]
    wanted = print_of(purpose)
    ready = wanted in stamps() or (purpose == "run" and current[1] in stamps())
    python = None if ready else find_python()
    missing = missing_packages(python, test=purpose == "test")
    if missing:
        install_packages(missing)
    if ready:
        return
    make_environment(python)
    say(f"Installing {LISTS[purpose]} into .venv (about a minute the first time) …")
    locked = ROOT / LISTS[purpose]
    run([*installer(python), "--require-hashes", "--no-deps", "-r", locked])
    link_project()
    kept = [stamp for stamp in stamps() if stamp in current and stamp != wanted]
    STAMP.write_text("\n".join([*kept, wanted]) + "\n", encoding="utf-8")


def main() -> int:
    """Set up for running, or with --test for the tests."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--test", action="store_true", help="add what the tests need")
    purpose = "test" if parser.parse_args().test else "run"
    try:
        set_up(purpose)
    except Refusal as refusal:
        say(f"\n{refusal}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
