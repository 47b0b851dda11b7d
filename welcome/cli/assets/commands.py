"""`welcome assets fetch|check|pin`."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from welcome.cli.assets import packages
from welcome.cli.assets.shelves import (
    Checkout,
    digests,
    families_for,
    faults,
    faults_of,
    print_files,
)
from welcome.locales import UnknownLocale, every

CHECKOUT = Checkout(Path(__file__).resolve().parents[3])
MISMATCH = """\
What was built is not what the manifests list:
{faults}
Nothing was changed. If package-lock.json or the styles were changed on purpose, run
`welcome assets pin` and commit the manifests; otherwise do not use these files."""


@click.group()
def assets() -> None:
    """Third-party files of pages and print, kept out of the repository."""
    if not (CHECKOUT.root / "package-lock.json").exists():
        raise click.ClickException(
            "An installed copy brings its assets; nothing to do."
        )


@assets.command()
@click.option(
    "--locales",
    default="",
    metavar="T,T|all",
    help="Locales to fetch print fonts for; those of content/ unless given.",
)
@click.option("--keep", is_flag=True, help="Keep node_modules: the tests read it.")
def fetch(locales: str, *, keep: bool) -> None:
    """Fetch, build and check the files, unless they are in place already."""
    families = families_of(locales)
    stale = faults_of(CHECKOUT, families)
    if not stale and (not keep or packages.are_kept(CHECKOUT)):
        click.echo("Assets are in place.")
        return
    started = time.monotonic()
    with build_folder() as build:
        node = packages.fetch(CHECKOUT, families, build, whole=keep)
        if stale:
            make(node, families, build)
            verify(build, families)
            swap(build / "vendor", CHECKOUT.vendor.folder)
            swap(build / "fonts", CHECKOUT.fonts.folder)
        if keep:
            packages.mark_kept(CHECKOUT, build / "node_modules")
            swap(build / "node_modules", CHECKOUT.modules)
    taken = time.monotonic() - started
    click.echo(f"Assets are in place: {len(families)} font families, {taken:.0f} s.")


@assets.command()
@click.option("--locales", default="", metavar="T,T|all", help="As for fetch.")
def check(locales: str) -> None:
    """Compare the files on disk with the manifests."""
    found = faults_of(CHECKOUT, families_of(locales))
    if found:
        raise click.ClickException(
            "\n".join([*found, "Run `welcome assets fetch` to mend this."])
        )
    click.echo("Assets agree with the manifests.")


@assets.command()
def pin() -> None:
    """Build the files of every locale and write the manifests anew."""
    families = families_of("all")
    with build_folder() as build:
        node = packages.fetch(CHECKOUT, families, build, whole=True)
        make(node, families, build)
        for shelf in (CHECKOUT.vendor, CHECKOUT.fonts):
            shelf.pin(digests(build / shelf.folder.name))
            swap(build / shelf.folder.name, shelf.folder)
    click.echo("Manifests written; look at their diff before committing it.")


def families_of(locales: str) -> list[str]:
    """List the font families of the locales asked for on the command line."""
    if locales == "all":
        return families_for(locale.tag for locale in every())
    tags = [tag.strip() for tag in locales.split(",") if tag.strip()]
    try:
        return families_for(tags or CHECKOUT.published_tags())
    except UnknownLocale as unknown:
        raise click.BadParameter(str(unknown), param_hint="--locales") from unknown


@contextmanager
def build_folder() -> Iterator[Path]:
    """Lend a folder on the same disk, so that finished work moves in one step."""
    parent = CHECKOUT.root / "build"
    parent.mkdir(exist_ok=True)
    build = Path(tempfile.mkdtemp(prefix="assets-", dir=parent))
    try:
        yield build
    finally:
        shutil.rmtree(build, ignore_errors=True)
        with suppress(OSError):
            parent.rmdir()


def make(node: packages.Node, families: list[str], build: Path) -> None:
    """Build the web files with Node and the fonts with fontTools."""
    vendor, fonts = build / "vendor", build / "fonts"
    packages.run([*node.node, CHECKOUT.styles / "build.mjs", build, vendor], build)
    faces = [sys.executable, "-m", "welcome.cli.assets.faces"]
    packages.run([*faces, build, fonts, vendor, *families], CHECKOUT.root)


def verify(build: Path, families: list[str]) -> None:
    """Refuse a build that differs from the manifests by a byte."""
    vendor, fonts = CHECKOUT.vendor.listed(), CHECKOUT.fonts.listed()
    found = [
        *faults(digests(build / "vendor"), vendor, vendor),
        *faults(digests(build / "fonts"), fonts, print_files(families)),
    ]
    if found:
        raise click.ClickException(MISMATCH.format(faults="\n".join(found)))


def swap(made: Path, place: Path) -> None:
    """Put a finished folder where the old one was."""
    old = made.with_name(f"{made.name}-old")
    if place.exists():
        place.rename(old)
    made.rename(place)
