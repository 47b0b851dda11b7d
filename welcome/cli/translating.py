"""`welcome translate`: machine drafts for what has no text yet."""

import json

import click

from welcome import clock
from welcome.cli.installation import installation
from welcome.editions.planning import widen
from welcome.jobs import queue
from welcome.packs import access
from welcome.translation.machine.engine import engines, get_engine


@click.command()
@click.argument("pack")
@click.option("--to", "tags", required=True, help="Tags with commas between.")
@click.option("--engine", required=True, help=f"One of: {', '.join(engines())}.")
@click.option("--json", "as_json", is_flag=True)
def translate(pack: str, tags: str, engine: str, *, as_json: bool) -> None:
    """Have a worker draft what a PACK lacks in some locales; people read it then."""
    get_engine(engine)
    with installation().sessions.begin() as session:
        found = access.get_pack(session, pack)
        wanted = [tag.strip() for tag in tags.split(",")]
        widen(found, wanted)
        jobs = {
            tag: queue.enqueue(
                session,
                "draft",
                unique_key=f"draft:{engine}:{pack}:{tag}",
                now=clock.now(),
                pack=pack,
                tag=tag,
                engine=engine,
            ).id
            for tag in wanted
        }
    if as_json:
        click.echo(json.dumps({"jobs": jobs}))
        return
    for tag, job_id in jobs.items():
        click.echo(f"{tag}: a worker drafts it (job {job_id}).")
