"""`welcome publish`, `print`, `rollback`, `site export`, `editions check`."""

import shutil
from contextlib import suppress
from pathlib import Path

import click

from welcome import clock
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import Installation, installation
from welcome.database import reading
from welcome.editions import artifacts, current, moves, sharing, store, verifying
from welcome.editions import publish as publishing
from welcome.editions import site as static_site
from welcome.editions.errors import (
    EditionNotHere,
    NothingNew,
    NotPublished,
    StoreHarmed,
)
from welcome.editions.models import ArtifactKind, Edition, EditionState
from welcome.editions.print import pdf
from welcome.editions.publish import Published
from welcome.editions.verifying import Harm
from welcome.errors import RuleBroken
from welcome.packs import access
from welcome.phrases import codes


@click.command()
@click.argument("pack")
@click.option("--locales", "tags", help="Tags with commas between; all by default.")
@AS_JSON
def publish(pack: str, tags: str | None, *, as_json: bool) -> None:
    """Freeze a PACK's editions and make them current."""
    opened = installation()
    with reading(), opened.sessions() as session:
        offered = access.get_pack(session, pack).locales
    wanted = [tag.strip() for tag in tags.split(",")] if tags else list(offered)
    order = publishing.Order(pack, wanted)
    try:
        published = publishing.publish(
            opened.sessions, order, settings=opened.settings, now=clock.now()
        )
    except NothingNew:
        published = Published({}, tuple(wanted))
    say(
        {"published": published.numbers, "unchanged": published.unchanged},
        [
            *(
                f"{tag}: edition {n} is current."
                for tag, n in published.numbers.items()
            ),
            *(f"{tag}: nothing new." for tag in published.unchanged),
        ],
        as_json=as_json,
    )


@click.command("rollback")
@click.argument("pack")
@click.option("--locale", "tag", required=True)
@AS_JSON
def roll_back(pack: str, tag: str, *, as_json: bool) -> None:
    """Make the edition before the current one current again."""
    with installation().sessions.begin() as session:
        found = access.get_pack(session, pack)
        editions = moves.roll_back(session, found, tag, actor=None, now=clock.now())
        numbers = {edition.tag: edition.number for edition in editions}
    told = (f"{each}: edition {n} is current again." for each, n in numbers.items())
    say({"current": numbers}, told, as_json=as_json)


@click.command("print")
@click.argument("pack")
@click.option("--locale", "tag", required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@AS_JSON
def print_pack(pack: str, tag: str, out: Path, *, as_json: bool) -> None:
    """Make the PDF of a PACK's current edition in a locale."""
    if not out.absolute().parent.is_dir():
        raise click.BadParameter(f"{out.parent} is not a folder.", param_hint="--out")
    opened = installation()
    with reading(), opened.sessions() as session:
        edition = current.find_current(session, access.get_pack(session, pack), tag)
    if edition is None:
        raise NotPublished(pack=pack, tag=tag)
    _bring_print(opened, edition)
    printed = pdf.make(
        opened.sessions, edition.id, settings=opened.settings, now=clock.now()
    )
    shutil.copyfile(opened.settings.editions / printed.path, out)
    told = {"file": str(out), "size": printed.size, "sha256": printed.sha256}
    say(told, [f"{out}: {printed.size} bytes."], as_json=as_json)


@click.group()
def site() -> None:
    """Write the site as files, for a plain web server."""


@site.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@AS_JSON
def export_site(folder: Path, *, as_json: bool) -> None:
    """Write every current edition, the assets and a language chooser to FOLDER."""
    opened = installation()
    # Some may never have been on this machine.
    _fetch(opened, EditionState.CURRENT)
    with reading(), opened.sessions() as session:
        count = static_site.export(session, opened.settings.editions, folder)
    told = {"folder": str(folder), "files": count}
    say(told, [f"{count} files written to {folder}."], as_json=as_json)


@click.group()
def editions() -> None:
    """Look after what was published."""


@editions.command("fetch")
@AS_JSON
def fetch_editions(*, as_json: bool) -> None:
    """Bring every kept edition and print that only the store has to this machine."""
    count = _fetch(installation(), *verifying.KEPT)
    told = [f"{count} editions and prints were brought."]
    say({"brought": count}, told, as_json=as_json)


def _fetch(opened: Installation, *states: EditionState) -> int:
    """Bring what was made from editions in some states; count what was not here."""
    root, shared = opened.settings.editions, store.of(opened.settings)
    with reading(), opened.sessions() as session:
        listed = artifacts.list_of(session, *states)
    missing = [each for each in listed if not sharing.is_here(root, each)]
    for artifact in missing:
        sharing.have(shared, root, artifact)
    return len(missing)


@editions.command("check")
@click.option("--mend", is_flag=True, help="Make harmed pages and prints whole again.")
@AS_JSON
def check_editions(*, mend: bool, as_json: bool) -> None:
    """Compare every kept edition, here and in the store, with the sums of its making."""
    opened = installation()
    for harm in _harm(opened) if mend else ():
        _mend(opened, harm)
    found = _harm(opened)
    here = [file for harm in found for file in harm.files]
    there = [file.path for harm in found for file in harm.in_store]
    told = [
        *(f"{file}: missing or changed" for file in here),
        *(f"{file}: missing or changed in the store" for file in there),
    ]
    say(
        {"harmed": here, "harmed_in_store": there},
        told or ["Every edition is as it was."],
        as_json=as_json,
    )
    raise SystemExit(1 if told else 0)


def _harm(opened: Installation) -> list[Harm]:
    settings = opened.settings
    with reading(), opened.sessions() as session:
        return list(verifying.find_harm(session, settings.editions, store.of(settings)))


def _mend(opened: Installation, harm: Harm) -> None:
    """Make whole what was harmed, here first; say why where that cannot be."""
    root, shared = opened.settings.editions, store.of(opened.settings)
    try:
        if not verifying.is_whole(root, harm.artifact):
            _mend_here(opened, harm)
        # A print that was made anew may be another, and was sent as that.
        if verifying.is_whole(root, harm.artifact):
            verifying.mend_store(root, shared, harm)
    except RuleBroken as problem:
        click.echo(codes.word("en", problem.code, **problem.params), err=True)


def _mend_here(opened: Installation, harm: Harm) -> None:
    """Bring what was harmed from the store, or make it anew."""
    settings = opened.settings
    shared = store.of(settings)
    if harm.artifact.kind is ArtifactKind.WEB:
        with reading(), opened.sessions() as session:
            verifying.mend_pages(session, harm.edition, settings.editions, shared)
        return
    with suppress(StoreHarmed):
        sharing.bring(shared, settings.editions, harm.artifact)
        return
    pdf.make(
        opened.sessions,
        harm.edition.id,
        settings=settings,
        now=clock.now(),
        anew=True,
    )


def _bring_print(opened: Installation, edition: Edition) -> None:
    """Bring a print that another machine made; without it, it is made once more."""
    settings = opened.settings
    with reading(), opened.sessions() as session:
        artifact = artifacts.find(session, edition, ArtifactKind.PRINT)
    if artifact:
        with suppress(EditionNotHere, StoreHarmed):
            sharing.have(store.of(settings), settings.editions, artifact)
