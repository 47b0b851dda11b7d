"""`welcome mt`: the packages that translate on this machine; only from the shell."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from welcome import clock, locales
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation
from welcome.config import Settings
from welcome.phrases import codes
from welcome.translation.errors import NoSuchPackage, PackageRefused
from welcome.translation.machine.argos import index, installing, packages
from welcome.translation.machine.argos.engine import ArgosEngine
from welcome.translation.machine.argos.packages import Package
from welcome.translation.machine.drafts import Task
from welcome.translation.machine.working import work


@click.group()
def mt() -> None:
    """Keep the packages that draft on this machine; no text is sent anywhere."""


@mt.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--sha256", help="What the file's sha256 must be; for one file only.")
@AS_JSON
def install(files: Sequence[Path], sha256: str | None, *, as_json: bool) -> None:
    """Install packages from FILES (*.argosmodel), each whole or not at all."""
    if sha256 and len(files) > 1:
        raise click.UsageError("--sha256 is for one file: install them one by one.")
    settings, done, refused = installation().settings, [], []
    for file in files:
        try:
            done.append(
                installing.install(file, settings, now=clock.now(), sha256=sha256)
            )
        except PackageRefused as problem:
            refused.append(codes.word("en", problem.code, **problem.params))
    told = [line for each in done for line in _tell_installed(each)]
    known = {"installed": [_known(each.package) for each in done], "refused": refused}
    say(known, told, as_json=as_json)
    if refused:
        raise click.ClickException("\n".join(refused))


@mt.command("list")
@AS_JSON
def list_packages(*, as_json: bool) -> None:
    """List the packages that are installed, and folders that hold none."""
    shelf = packages.look(installation().settings.models)
    found = sorted(shelf.packages.values(), key=lambda each: each.pair)
    told = [_line(each) for each in found] or ["No package is installed."]
    told += [
        f"DAMAGED {folder}: {problem}" for folder, problem in shelf.problems.items()
    ]
    known = {"packages": [_known(e) for e in found], "damaged": dict(shelf.problems)}
    say(known, told, as_json=as_json)


@mt.command()
@click.argument("way", metavar="FROM:TO")
@AS_JSON
def show(way: str, *, as_json: bool) -> None:
    """Show all that is known of the package from one language to another."""
    source, target = _read_way(way)
    found = _get(installation().settings, source, target)
    known = _known(found)
    say(known, [f"{name:12} {value}" for name, value in known.items()], as_json=as_json)


@mt.command()
@click.argument("way", metavar="[FROM:]TO")
@click.argument("text")
@AS_JSON
def test(way: str, text: str, *, as_json: bool) -> None:
    """Translate a TEXT, and say what a reviewer would be told of it."""
    settings = installation().settings
    source, target = _read_way(way)
    engine = ArgosEngine(settings)
    (made,) = (
        each for chunk in work(engine, Task([text], source, target)) for each in chunk
    )
    notes = [codes.word("en", note.code, **note.params) for note in made.notes]
    route = engine.find_route(source, target)
    known: dict[str, Any] = {"text": made.text, "notes": notes, "route": route}
    known |= {"confidence": made.confidence}
    say(known, [made.text, *(f"  {each}" for each in notes)], as_json=as_json)


@mt.command()
@click.argument("way", metavar="FROM:TO")
@AS_JSON
def remove(way: str, *, as_json: bool) -> None:
    """Remove the package from one language to another; drafts stay."""
    source, target = _read_way(way)
    gone = installing.remove(source, target, installation().settings)
    say({"removed": _known(gone)}, [f"Removed {_line(gone)}"], as_json=as_json)


@mt.command()
@click.option(
    "--index",
    "place",
    default=index.ADDRESS,
    show_default=True,
    help="A file, or an https address: the one thing that is fetched, and only now.",
)
@AS_JSON
def available(place: str, *, as_json: bool) -> None:
    """List which of our languages have a package in the public list, from English."""
    offers = index.read(place)
    known: dict[str, Any] = {}
    told = []
    for locale in locales.every():
        offer = offers.get(("en", packages.code_of(locale.tag)))
        if locale.tag == "en":
            continue
        named = f"{locale.english} ({locale.tag})"
        known[locale.tag] = offer and {"version": offer.version, "links": offer.links}
        told.append(
            f"{named}: version {offer.version}  {' '.join(offer.links[:1])}"
            if offer
            else f"{named}: no package exists in the public index: drafts come from"
            " memory and people."
        )
    told.append("Download what you need, then run: welcome mt install FILE")
    say({"available": known}, told, as_json=as_json)


def _read_way(way: str) -> tuple[str, str]:
    source, colon, target = way.partition(":")
    return (source, target) if colon else ("en", source)


def _get(settings: Settings, source: str, target: str) -> Package:
    pair = packages.code_of(source), packages.code_of(target)
    found = packages.look(settings.models).packages.get(pair)
    if found is None:
        raise NoSuchPackage(source=source, target=target)
    return found


def _known(package: Package) -> dict[str, Any]:
    return {
        "from": packages.tag_of(package.pair[0]),
        "to": packages.tag_of(package.pair[1]),
        "name": package.name,
        "version": package.version,
        "size": package.size,
        "sha256": package.sha256,
        "file": package.file,
        "sentinels": [each.value for each in package.marks],
        "installed_at": package.installed_at.isoformat(),
        "folder": package.folder.name,
    }


def _line(package: Package) -> str:
    known = _known(package)
    return (
        f"{known['from']}:{known['to']}  {package.name}  version {package.version}"
        f"  {package.size / 1e6:.1f} MB  sha256 {package.sha256}"
    )


def _tell_installed(done: installing.Installed) -> list[str]:
    kept = ", ".join(each.value for each in done.package.marks)
    told = [
        f"Installed {_line(done.package)}",
        f"  says “{done.greeting}” for “Welcome.”",
        f"  keeps sentinels: {kept}"
        if kept
        else "  keeps no sentinels: texts with links or facts are translated in pieces",
    ]
    return told + [
        f"  in place of version {each.version} ({each.sha256[:12]}…)"
        for each in done.replaced
    ]
