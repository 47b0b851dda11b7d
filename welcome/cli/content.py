"""`welcome content …`: packs as files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from welcome import clock
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation
from welcome.database import reading
from welcome.packs import access
from welcome.packs import content as files
from welcome.packs.content import PackSource
from welcome.packs.content.loading import Loaded
from welcome.packs.content.source import ContentProblem
from welcome.packs.errors import ContentRefused
from welcome.phrases import codes
from welcome.translation.exchange import folder as translations
from welcome.translation.exchange.folder import Outcome


@click.group()
def content() -> None:
    """Check, import or export packs as files."""


@content.command("check")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@AS_JSON
def check_folder(folder: Path, *, as_json: bool) -> None:
    """Read a pack's FOLDER, or a folder of packs, and name every problem by file and line."""
    sources, problems = _read_all(folder)
    if problems and not as_json:
        raise ContentRefused(problems)
    told = {
        "packs": [source.slug for source in sources],
        "problems": [_as_told(problem) for problem in problems],
    }
    counted = (
        f"{source.folder}: {len(source.pages)} pages,"
        f" {len(source.translations)} translations, no problems."
        for source in sources
    )
    say(told, counted, as_json=as_json)
    raise SystemExit(1 if problems else 0)


def _read_all(folder: Path) -> tuple[list[PackSource], list[ContentProblem]]:
    """Read every pack there, with the problems of all."""
    sources: list[PackSource] = []
    problems: list[ContentProblem] = []
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
    return sources, [*problems, *files.find_second_claims(sources)]


def _as_told(problem: ContentProblem) -> dict[str, object]:
    sentence = codes.word("en", problem.code, **problem.params)
    place: dict[str, object] = {"file": problem.file, "line": problem.line}
    return place | {"code": problem.code, "sentence": sentence}


@content.command("import")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--overwrite", is_flag=True, help="Also what people changed or retired here."
)
@AS_JSON
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
        "kept_pages": loaded.kept_pages,
        "kept_facts": loaded.kept_facts,
        "targets": outcome.saved,
        "kept": outcome.kept,
        "stale": outcome.stale,
    }
    say(told, _sentences(loaded, outcome), as_json=as_json)


def _sentences(loaded: Loaded, outcome: Outcome) -> Iterator[str]:
    """Tell what an import changed, and what it left alone and why."""
    pages, changed = len(loaded.changed_pages), len(loaded.changed_facts)
    yield f"{pages} pages, {changed} facts and {outcome.saved} targets changed."
    if loaded.changed_settings:
        yield f"Settings changed: {', '.join(loaded.changed_settings)}."
    if kept := [*loaded.kept_pages, *loaded.kept_facts]:
        yield (
            f"Changed by people here, kept: {', '.join(kept)};"
            " --overwrite takes the files’."
        )
    if outcome.kept:
        yield (
            f"{outcome.kept} targets that people changed here were kept;"
            " --overwrite takes the files’ text."
        )
    if outcome.stale:
        yield (
            f"{outcome.stale} targets stay stale: their files still say what was said"
            " before the source changed."
        )
    if loaded.only_here:
        yield f"Only in the database, kept: {', '.join(loaded.only_here)}"


@content.command("export")
@click.argument("pack")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@AS_JSON
def export_folder(pack: str, folder: Path, *, as_json: bool) -> None:
    """Write a PACK out as files that import without changing anything."""
    with reading(), installation().sessions() as session:
        found = access.get_pack(session, pack)
        written = files.write(session, found, folder)
        written += translations.write(session, found, folder)
    names = [file.relative_to(folder).as_posix() for file in written]
    told = {"folder": str(folder), "files": names}
    say(told, [f"{len(written)} files written to {folder}."], as_json=as_json)
