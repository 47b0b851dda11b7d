"""`welcome buddies …`: pairs from two spreadsheets, and what may stand in these."""

import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn, TypedDict

import click
from typing_extensions import Unpack

from welcome import clock
from welcome.buddies.spreadsheets.columns import (
    AREA_COLUMNS,
    NEWCOMER_COLUMNS,
    PAIR_COLUMNS,
    VOLUNTEER_COLUMNS,
    Column,
)
from welcome.buddies.spreadsheets.writing import write_table
from welcome.cli.answers import AS_JSON, say
from welcome.cli.buddies.answers import (
    CANDIDATE_HEADER,
    PAIR_HEADER,
    REASON_HEADER,
    Run,
)
from welcome.cli.buddies.inputs import Files, read_files
from welcome.cli.buddies.problems import FilesRefused, tell, tell_json
from welcome.cli.buddies.verifying import verify
from welcome.cli.buddies.writing import write_all
from welcome.errors import WelcomeError

GIVEN = click.Path(path_type=Path, exists=True, dir_okay=False)
MADE = click.Path(path_type=Path, dir_okay=False)


class Asked(TypedDict):
    """What somebody asks for."""

    newcomers: Path
    volunteers: Path
    weights: Path | None
    pin: Path | None
    forbid: Path | None
    areas: Path | None
    today: datetime | None
    out: Path
    explain: Path | None
    candidates: Path | None
    as_json: bool


@click.group()
def buddies() -> None:
    """Find each newcomer a volunteer they can talk to."""


buddies.add_command(verify)


@buddies.command()
@click.option("--newcomers", type=GIVEN, required=True, help="Who asks (CSV).")
@click.option("--volunteers", type=GIVEN, required=True, help="Who helps (CSV).")
@click.option("--weights", type=GIVEN, help="What counts how much (TOML).")
@click.option("--pin", type=GIVEN, help="Pairs that stay: newcomer, volunteer (CSV).")
@click.option("--forbid", type=GIVEN, help="Pairs that must not be (CSV).")
@click.option("--areas", type=GIVEN, help="Where sectors lie (CSV).")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day waiting counts to."
)
@click.option("--out", type=MADE, required=True, help="Where the pairs go (CSV).")
@click.option("--explain", type=MADE, help="Why the others have nobody (CSV).")
@click.option("--candidates", type=MADE, help="Every possible pair (CSV).")
@AS_JSON
def match(**asked: Unpack[Asked]) -> None:
    """Find the best pairs of two spreadsheets, with reasons; needs no installation.

    First the most newcomers with a buddy, then the highest priorities and the longest
    waits, then the best scores. Nothing is written where a file has a problem.
    """
    files = Files(
        newcomers=asked["newcomers"],
        volunteers=asked["volunteers"],
        weights=asked["weights"],
        pin=asked["pin"],
        forbid=asked["forbid"],
        areas=asked["areas"],
        today=_today(asked["today"]),
    )
    _refuse_same_file(asked)
    try:
        run = Run(read_files(files))
    except WelcomeError as refused:
        _refuse(refused, as_json=asked["as_json"])
    write_all(_contents(run, asked))
    if asked["as_json"]:
        click.echo(json.dumps(run.to_json(), ensure_ascii=False))
        return
    tell(run.inputs.notes)
    waiting, asking = len(run.result.unmatched), len(run.inputs.everybody.newcomers)
    click.echo(
        f"{run.result.matched} of {asking} newcomers have a buddy, {waiting} wait;"
        f" the scores sum to {run.result.total_score}."
    )


@buddies.command()
@AS_JSON
def columns(*, as_json: bool) -> None:
    """Say what may stand in the spreadsheets."""
    sheets = {"newcomers": NEWCOMER_COLUMNS, "volunteers": VOLUNTEER_COLUMNS}
    known: dict[str, object] = {
        name: [_to_json(each) for each in those] for name, those in sheets.items()
    }
    known["areas"], known["pairs"] = list(AREA_COLUMNS), list(PAIR_COLUMNS)
    told = [
        sentence
        for name, those in sheets.items()
        for sentence in (f"{name}:", *(_describe(each) for each in those), "")
    ]
    told.append(f"areas (--areas): {', '.join(AREA_COLUMNS)}")
    told.append(f"pairs (--pin, --forbid): {', '.join(PAIR_COLUMNS)}")
    say(known, told, as_json=as_json)


def _refuse(refused: WelcomeError, *, as_json: bool) -> NoReturn:
    if as_json:
        tell_json(refused)
    elif isinstance(refused, FilesRefused):
        tell(refused.problems)
    else:
        raise refused
    sys.exit(1)


def _refuse_same_file(asked: Asked) -> None:
    """Refuse to write over a file that is read, or twice to the same one."""
    given = (asked["newcomers"], asked["volunteers"], asked["weights"])
    read = (*given, asked["pin"], asked["forbid"], asked["areas"])
    made = (asked["out"], asked["explain"], asked["candidates"])
    taken = {each.resolve() for each in read if each}
    for path in (each for each in made if each):
        if path.resolve() in taken:
            raise click.UsageError(f"{path} is named twice; it would be written over.")
        taken.add(path.resolve())


def _today(given: datetime | None) -> date:
    return (given or clock.now()).date()


def _contents(run: Run, asked: Asked) -> dict[Path, bytes]:
    """Fill every file that is asked for."""
    tables: list[tuple[Path | None, tuple[str, ...], Iterable[tuple[object, ...]]]] = [
        (asked["out"], PAIR_HEADER, run.pair_rows()),
        (asked["explain"], REASON_HEADER, run.reason_rows()),
        (asked["candidates"], CANDIDATE_HEADER, run.candidate_rows()),
    ]
    return {path: write_table(header, rows) for path, header, rows in tables if path}


def _to_json(column: Column) -> dict[str, str]:
    return {
        "name": column.name,
        "says": column.says,
        "values": column.values,
        "otherwise": column.otherwise,
        "example": column.example,
    }


def _describe(column: Column) -> str:
    return (
        f"  {column.name}\n"
        f"      {column.says}\n"
        f"      values:    {column.values}\n"
        f"      otherwise: {column.otherwise}\n"
        f"      example:   {column.example}"
    )
