"""`welcome publish`, `print`, `rollback`, `site export`."""

import shutil
from pathlib import Path

import click

from welcome import clock
from welcome.cli.installation import installation
from welcome.database import reading
from welcome.editions import current, moves
from welcome.editions import publish as publishing
from welcome.editions import site as static_site
from welcome.editions.print import pdf
from welcome.errors import NotFound
from welcome.packs import access


def _tags(given: str | None, locales: list[str]) -> list[str]:
    return given.split(",") if given else list(locales)


@click.command()
@click.argument("pack")
@click.option("--locales", "tags", help="Tags with commas between; all by default.")
def publish(pack: str, tags: str | None) -> None:
    """Freeze a PACK's editions and make them current."""
    opened = installation()
    with reading(), opened.sessions() as session:
        wanted = _tags(tags, access.get_pack(session, pack).locales)
    published = publishing.publish(
        opened.sessions,
        publishing.Order(pack, wanted),
        settings=opened.settings,
        now=clock.now(),
    )
    for tag, number in published.numbers.items():
        click.echo(f"{tag}: edition {number} is current.")
    for tag in published.unchanged:
        click.echo(f"{tag}: nothing new.")


@click.command("rollback")
@click.argument("pack")
@click.option("--locale", "tag", required=True)
def roll_back(pack: str, tag: str) -> None:
    """Make the edition before the current one current again."""
    with installation().sessions.begin() as session:
        found = access.get_pack(session, pack)
        editions = moves.roll_back(session, found, tag, actor=None, now=clock.now())
        for edition in editions:
            click.echo(f"{edition.tag}: edition {edition.number} is current again.")


@click.command("print")
@click.argument("pack")
@click.option("--locale", "tag", required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def print_pack(pack: str, tag: str, out: Path) -> None:
    """Make the PDF of a PACK's current edition in a locale."""
    opened = installation()
    with reading(), opened.sessions() as session:
        edition = current.find_current(session, access.get_pack(session, pack), tag)
    if edition is None:
        raise NotFound
    printed = pdf.make(
        opened.sessions, edition.id, settings=opened.settings, now=clock.now()
    )
    shutil.copyfile(opened.settings.editions / printed.path, out)
    click.echo(f"{out}: {printed.size} bytes.")


@click.group()
def site() -> None:
    """Write the site as files, for a plain web server."""


@site.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_site(folder: Path) -> None:
    """Write every current edition, the assets and a language chooser to FOLDER."""
    opened = installation()
    with reading(), opened.sessions() as session:
        count = static_site.export(session, opened.settings.editions, folder)
    click.echo(f"{count} files written to {folder}.")
