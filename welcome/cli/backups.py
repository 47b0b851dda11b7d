"""`welcome backup`, `restore`, `erasures apply`: the database in one file, and back."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from welcome import clock, config
from welcome.backups import restoring, taking
from welcome.backups.manifest import Manifest
from welcome.backups.restoring import Restored, Wish
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation, let_go
from welcome.config import Settings
from welcome.jobs import catching_up
from welcome.jobs.catching_up import Done
from welcome.since import lines, restorations
from welcome.since.errors import NotApplied

FILE = click.Path(path_type=Path, dir_okay=False)
HERE = click.Path(path_type=Path, dir_okay=False, exists=True)
SINCE = click.option(
    "--since", multiple=True, type=HERE, help="The since.jsonl of another machine."
)
LOST = click.option(
    "--lost", is_flag=True, help="What is missing is lost for good; go on without."
)


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--without-copy",
    is_flag=True,
    help="Leave out the database's own copy; restoring reads the rows.",
)
@AS_JSON
def backup(file: Path, *, without_copy: bool, as_json: bool) -> None:
    """Write the whole database to FILE, while everything runs."""
    if not file.absolute().parent.is_dir():
        raise click.BadParameter(f"{file.parent} is not a folder.", param_hint="FILE")
    opened = installation()
    told = taking.take(
        opened.engine,
        file.absolute(),
        opened.settings,
        now=clock.now(),
        with_copy=not without_copy,
    )
    size = file.stat().st_size
    known = {"file": str(file), "size": size, **_known(told)}
    say(known, _tell_taken(file, size, told), as_json=as_json)


@click.command()
@click.argument("file", type=HERE)
@click.option("--into", help="Another database than the one that is set.")
@click.option("--replace", is_flag=True, help="Put it in the place of what is there.")
@click.option("--other-keys", is_flag=True, help="Go on with other keys.")
@SINCE
@LOST
@AS_JSON
def restore(file: Path, into: str | None, since: Sequence[Path], **more: bool) -> None:
    """Put the backup in FILE in the place of an empty database, of either kind."""
    # Nobody may hold the database, not even this process.
    let_go()
    settings = config.load()
    wish = Wish(
        file,
        into or settings.database,
        replace=more["replace"],
        since=since,
        is_lost=more["lost"],
        other_keys=more["other_keys"],
    )
    done = restoring.restore(wish, settings, now=clock.now())
    known = {
        **_known(done.manifest),
        "kept": done.kept,
        "missing": done.missing,
        "applied": _known_done(done.done),
    }
    say(known, _tell_restored(done, wish, settings), as_json=more["as_json"])


@click.group()
def erasures() -> None:
    """Do again what happened after a backup that was restored."""


@erasures.command()
@SINCE
@LOST
@AS_JSON
def apply(since: Sequence[Path], *, lost: bool, as_json: bool) -> None:
    """Let people go again, and settle letters, as the files beside the data tell."""
    opened, now = installation(), clock.now()
    own = opened.settings.instance / lines.NAME
    files = [*([own] if own.exists() else []), *since]
    with opened.sessions.begin() as session:
        pending = restorations.find_pending(session)
        known = {lines.machine_of(file) for file in files}
        missing = sorted(set(pending.missing if pending else ()) - known)
        if pending and missing and not lost:
            taken_at = pending.taken_at.isoformat(timespec="minutes")
            raise NotApplied(taken_at=taken_at, missing=", ".join(missing))
        done = catching_up.do_again(
            session,
            files,
            now=now,
            is_restored=pending is not None,
            is_lost=bool(missing),
        )
        restorations.close_all(session, now)
    say({"applied": _known_done(done)}, _tell_done(done), as_json=as_json)


def _known(told: Manifest) -> dict[str, object]:
    return {
        "taken_at": told.taken_at.isoformat(),
        "engine": told.engine,
        "step": told.step,
        "rows": {table.name: table.rows for table in told.tables},
        "sha256": {table.name: table.sha256 for table in told.tables},
        "models": told.models,
        "left_out": told.left_out,
    }


def _known_done(done: Done | None) -> dict[str, int] | None:
    if done is None:
        return None
    return {
        "let_go": done.let_go,
        "erased": done.erased,
        "letters_sent": done.letters.sent,
        "letters_discarded": done.letters.discarded,
        "letters_held": done.letters.held,
        "harmed_lines": done.harmed,
    }


def _tell_taken(file: Path, size: int, told: Manifest) -> Iterator[str]:
    yield (
        f"{file}: {told.rows} rows of {len(told.tables)} tables, {size} bytes,"
        f" schema step {told.step}, from {told.engine}."
    )
    yield "Whoever has this file can read everything in it: keep it as you keep keys."
    for each in told.left_out:
        yield f"Not in it: {each}"


def _tell_restored(done: Restored, wish: Wish, settings: Settings) -> Iterator[str]:
    told = done.manifest
    taken = told.taken_at.isoformat(timespec="minutes")
    yield (
        f"Restored {told.rows} rows of {len(told.tables)} tables as they stood at"
        f" {taken}; every table has the sum it had."
    )
    if done.kept:
        yield f"What was there before is kept: {done.kept}"
    if done.done is None:
        yield (
            "What happened after the backup is not known yet, and nothing is served"
            f" before it is (files of: {', '.join(done.missing)}). Run: welcome erasures"
            " apply --since FILE, or, where they are lost, welcome erasures apply --lost"
        )
    else:
        yield from _tell_done(done.done)
    yield "Roles, passwords and texts are as they were then: welcome accounts list"
    yield "Make editions whole again: welcome editions check --mend"
    for each in told.models:
        yield f"Drafted with: {each['file']} (sha256 {each['sha256']})"
    if settings.secrets is None:
        yield f"Put the keys in place: {settings.instance / 'secrets.toml'}"
    if wish.url != settings.database:
        yield "Set database_url in instance/config.toml to the new database."


def _tell_done(done: Done) -> Iterator[str]:
    yield (
        f"Done again: {done.let_go} people let go, {done.erased} people of the buddy"
        f" scheme erased, {done.letters.sent} letters known to"
        f" be sent, {done.letters.discarded} discarded."
    )
    if done.letters.held:
        yield (
            f"{done.letters.held} letters are held back, since they may have been sent"
            " already. Look at them: welcome letters held"
        )
    if done.harmed:
        yield f"{done.harmed} lines could not be read."
