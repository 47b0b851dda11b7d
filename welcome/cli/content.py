"""`welcome content …`: packs as files."""

import json
from dataclasses import replace
from pathlib import Path

import click

from welcome import clock
from welcome.cli.installation import installation
from welcome.database import reading
from welcome.packs import access
from welcome.packs import content as files
from welcome.packs.errors import ContentRefused
from welcome.translation.exchange import folder as translations


@click.group()
def content() -> None:
    """Check, import or export packs as files."""


@content.command("check")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def check_folder(folder: Path) -> None:
    """Read a pack's FOLDER, or a folder of packs, and name every problem by file and line."""
    sources, problems = [], []
    for each in files.list_folders(folder):
        try:
            source = files.read(each)
            translations.refuse_unlike(source)
            sources.append(source)
        except ContentRefused as refused:
            inner = each.relative_to(folder)
            problems += [
                replace(found, file=(inner / found.file).as_posix())
                for found in refused.problems
            ]
    problems += files.find_second_claims(sources)
    if problems:
        raise ContentRefused(problems)
    for source in sources:
        pages, others = len(source.pages), len(source.translations)
        click.echo(
            f"{source.folder}: {pages} pages, {others} translations, no problems."
        )


@content.command("import")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--overwrite", is_flag=True, help="Also what people changed or retired here."
)
@click.option("--json", "as_json", is_flag=True)
def import_folder(folder: Path, *, overwrite: bool, as_json: bool) -> None:
    """Bring a pack's FOLDER in: whole or not at all; equal things stay untouched."""
    source = files.read(folder)
    translations.refuse_unlike(source)
    now = clock.now()
    with installation().sessions.begin() as session:
        loaded = files.load(session, source, overwrite=overwrite, actor=None, now=now)
        outcome = translations.load(
            session, loaded, source, overwrite=overwrite, actor=None, now=now
        )
    told = {
        "pack": loaded.changed_settings,
        "pages": loaded.changed_pages,
        "facts": loaded.changed_facts,
        "only_in_database": loaded.only_here,
        "kept_pages_and_facts": loaded.kept,
        "targets": outcome.saved,
        "kept": outcome.kept,
        "stale": outcome.stale,
    }
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(
        f"{len(loaded.changed_pages)} pages, {len(loaded.changed_facts)} facts and"
        f" {outcome.saved} targets changed."
    )
    if loaded.changed_settings:
        click.echo(f"Settings changed: {', '.join(loaded.changed_settings)}.")
    if loaded.kept:
        click.echo(
            f"Changed by people here, kept: {', '.join(loaded.kept)};"
            " --overwrite takes the files’."
        )
    if outcome.kept:
        click.echo(
            f"{outcome.kept} targets that people changed here were kept;"
            " --overwrite takes the files' text."
        )
    if outcome.stale:
        click.echo(
            f"{outcome.stale} targets stay stale: their files still say what was said"
            " before the source changed."
        )
    if loaded.only_here:
        click.echo(f"Only in the database, kept: {', '.join(loaded.only_here)}")


@content.command("export")
@click.argument("pack")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_folder(pack: str, folder: Path) -> None:
    """Write a PACK out as files that import without changing anything."""
    with reading(), installation().sessions() as session:
        found = access.get_pack(session, pack)
        written = files.write(session, found, folder)
        written += translations.write(session, found, folder)
    click.echo(f"{len(written)} files written to {folder}.")
