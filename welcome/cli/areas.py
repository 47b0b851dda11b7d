"""`welcome areas …`: where people of the buddy scheme may live."""

from pathlib import Path

import click

from welcome import clock
from welcome.buddies.people import code_point
from welcome.buddies.people.areas import import_areas
from welcome.buddies.people.errors import BadAreas
from welcome.cli.answers import AS_JSON, say
from welcome.cli.installation import installation

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def areas() -> None:
    """Say where people of the buddy scheme may live."""


@areas.command("import")
@click.argument("file", type=FILE)
@click.option("--neighbourhoods", type=FILE, help="CSV: name,easting,northing.")
@click.option("--skip-bad-rows", is_flag=True, help="Take in the rows that are good.")
@AS_JSON
def import_(
    file: Path, neighbourhoods: Path | None, *, skip_bad_rows: bool, as_json: bool
) -> None:
    """Take in FILE, a zip of OS Code-Point Open, as postcode sectors."""
    read = code_point.read_zip(file)
    picked = code_point.read_neighbourhoods(neighbourhoods) if neighbourhoods else {}
    if read.bad and not skip_bad_rows:
        raise BadAreas(f"{read.bad} rows cannot be read", tuple(read.named))
    with installation().sessions.begin() as session:
        done = import_areas(
            session, read.middles(), picked, actor=None, now=clock.now()
        )
    told = {
        "added": done.added,
        "moved": done.moved,
        "unchanged": done.unchanged,
        "postcodes_without_point": read.without_point,
        "bad_rows": read.bad,
        "bad_rows_named": read.named,
    }
    sentences = [
        f"{done.added} areas added, {done.moved} moved, {done.unchanged} as before.",
        f"{read.without_point} postcodes have no point and were passed over.",
    ]
    if read.bad:
        sentences.append(f"{read.bad} bad rows were passed over: {_named(read.named)}")
    say(told, sentences, as_json=as_json)


def _named(rows: list[str]) -> str:
    more = " …" if len(rows) == code_point.MOST_NAMED else ""
    return ", ".join(rows) + more
