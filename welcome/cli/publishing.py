"""`welcome publish`, `print`, `rollback`, `site export`, `editions check`."""

import shutil
from pathlib import Path

import click

from welcome import clock
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import Installation, installation
from welcome.database import reading
from welcome.editions import current, moves, verifying
from welcome.editions import publish as publishing
from welcome.editions import site as static_site
from welcome.editions.errors import NothingNew, NotPublished
from welcome.editions.models import ArtifactKind
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
    with reading(), opened.sessions() as session:
        count = static_site.export(session, opened.settings.editions, folder)
    told = {"folder": str(folder), "files": count}
    say(told, [f"{count} files written to {folder}."], as_json=as_json)


@click.group()
def editions() -> None:
    """Look after what was published."""


@editions.command("check")
@click.option("--mend", is_flag=True, help="Make harmed pages and prints anew.")
@AS_JSON
def check_editions(*, mend: bool, as_json: bool) -> None:
    """Compare every kept edition with the sums taken when it was published."""
    opened = installation()
    for harm in _harm(opened) if mend else ():
        _mend(opened, harm)
    left = [file for harm in _harm(opened) for file in harm.files]
    told = [f"{file}: missing or changed" for file in left]
    say({"harmed": left}, told or ["Every edition is as it was."], as_json=as_json)
    raise SystemExit(1 if left else 0)


def _harm(opened: Installation) -> list[Harm]:
    with reading(), opened.sessions() as session:
        return list(verifying.find_harm(session, opened.settings.editions))


def _mend(opened: Installation, harm: Harm) -> None:
    """Make harmed pages or a harmed print anew; say why where that cannot be."""
    settings = opened.settings
    try:
        if harm.kind is ArtifactKind.PRINT:
            pdf.make(
                opened.sessions,
                harm.edition.id,
                settings=settings,
                now=clock.now(),
                anew=True,
            )
            return
        with reading(), opened.sessions() as session:
            verifying.mend_pages(session, harm.edition, settings.editions)
    except RuleBroken as problem:
        click.echo(codes.word("en", problem.code, **problem.params), err=True)
